package org.vzj.cli.top;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.getopt.OptionHelp;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.config.GlobalConfig;
import org.vzj.config.Settings;
import org.vzj.container.ContainerStore;
import org.vzj.container.CtId;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;
import org.vzj.lifecycle.Host;
import org.vzj.linux.process.Commands;
import org.vzj.usage.HostUse;
import org.vzj.usage.Usage;
import org.vzj.usage.UsageWatch;

/** The command vztop. */
public final class Vztop {
  private static final Path PROC = Path.of("/proc");

  /** A first table soon, for it needs two looks. */
  private static final long FIRST_MILLIS = 500;

  private final Session session;
  private final TopOptions options;
  private final UsageWatch watch;
  private final Set<CtId> wanted = new HashSet<>();
  private String order;

  private Vztop(Session session, TopOptions options) {
    this.session = session;
    this.options = options;
    this.order = options.order();
    VzPaths paths = VzPaths.of(session.environment());
    this.watch = new UsageWatch(paths, new Host(paths, new GlobalConfig(Settings.NONE)));
  }

  /** Returns its options. */
  public static List<GetoptOption> options() {
    return TopOptions.TABLE;
  }

  /**
   * Runs the command.
   *
   * @return 0; 1 for a wrong argument, a container that is not there, or a host without cgroups
   */
  public static int run(Session session) {
    TopOptions options;
    try {
      options = TopOptions.parse(session.arguments());
    } catch (IllegalArgumentException e) {
      session.err().println(TerminalText.of(String.valueOf(e.getMessage())));
      usage(session.err());
      return 1;
    }
    if (options.help()) {
      usage(session.out());
      return 0;
    }
    try {
      return new Vztop(session, options).run();
    } catch (VzException e) {
      session.err().println(TerminalText.of(e.text()));
      return 1;
    } catch (IOException e) {
      session.err().println(TerminalText.of(String.valueOf(e.getMessage())));
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static void usage(PrintStream stream) {
    stream.print(TopOptions.USAGE);
    stream.print(OptionHelp.text(TopOptions.TABLE));
  }

  private int run() throws VzException, IOException, InterruptedException {
    ContainerStore store = new ContainerStore(VzPaths.of(session.environment()));
    for (String word : options.containers()) {
      CtId id = CtId.parse(word);
      id = id == null ? store.named(word) : id;
      if (id == null) {
        session.err().println("CT ID " + TerminalText.of(word) + " is invalid.");
        return 1;
      }
      wanted.add(id);
    }
    watch.look();
    if (options.json() || options.batch() || !isTerminal(0) || !isTerminal(1)) {
      batch();
      return 0;
    }
    Screen screen = Screen.open(session.in(), session.out(), Commands.system());
    if (screen == null) {
      batch();
      return 0;
    }
    try (screen) {
      draw(screen);
    }
    return 0;
  }

  private static boolean isTerminal(int descriptor) {
    Path link = PROC.resolve("self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  private void batch() throws VzException, InterruptedException {
    long pause = Math.min(FIRST_MILLIS, options.delayMillis());
    for (int table = 0; options.count() == 0 || table < options.count(); table++) {
      Thread.sleep(pause);
      pause = options.delayMillis();
      HostUse host = HostUse.read(PROC);
      List<Usage> rows = rows();
      if (options.json()) {
        TopJson.print(session.out(), host, rows);
      } else {
        for (String line : TopText.lines(host, rows)) {
          session.out().println(line);
        }
        session.out().println();
      }
      session.out().flush();
      if (session.out().checkError()) {
        return; // Nobody reads any more.
      }
    }
  }

  private void draw(Screen screen) throws VzException, IOException, InterruptedException {
    long pause = Math.min(FIRST_MILLIS, options.delayMillis());
    List<Usage> all = List.of();
    int tables = 0;
    while (true) {
      int key = screen.key(pause);
      String chosen = key < 0 ? null : TopOptions.orderOfKey(key);
      if (key == 'q' || key == 'Q') {
        return;
      }
      if (key < 0 && options.count() > 0 && tables == options.count()) {
        return;
      }
      if (key < 0) {
        all = look();
        tables++;
        pause = options.delayMillis();
      }
      order = chosen == null ? order : chosen;
      screen.draw(TopText.lines(HostUse.read(PROC), TopOptions.sorted(all, order)));
    }
  }

  private List<Usage> rows() throws VzException {
    return TopOptions.sorted(look(), order);
  }

  private List<Usage> look() throws VzException {
    List<Usage> all = watch.look();
    if (wanted.isEmpty()) {
      return all;
    }
    List<Usage> some = new ArrayList<>();
    for (Usage usage : all) {
      if (wanted.contains(usage.id())) {
        some.add(usage);
      }
    }
    return some;
  }
}
