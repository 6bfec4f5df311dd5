package org.vzj.cli.top;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptModel;
import org.vzj.cli.getopt.GetoptOccurrence;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.getopt.GetoptResult;
import org.vzj.cli.getopt.OptionHelp;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.config.GlobalConfig;
import org.vzj.config.Settings;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;
import org.vzj.lifecycle.Host;
import org.vzj.usage.Blame;
import org.vzj.usage.HostUse;
import org.vzj.usage.UsageWatch;

/** {@code vzctl blame}: which container presses the host most. */
public final class Vzblame {
  private static final String ROW = "%10s %-15s %6s %6s %6s %6s %6s  %s%n";
  private static final int SHOWN = 10;

  private static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.value('d', "delay").helped("SECONDS", "how long to watch, 2 by default"),
          GetoptOption.flag('j', "json").helped("print JSON, of all containers"),
          GetoptOption.flag('h', "help").helped("print how it is used"));

  private static final String USAGE =
      """
      Usage: vzctl blame [--delay SECONDS] [--json]
      Ranks the running containers by how much of what the host waits for is theirs.
      """;

  private Vzblame() {}

  /** Returns its options. */
  public static List<GetoptOption> options() {
    return OPTIONS;
  }

  /**
   * Runs the command.
   *
   * @return 0, 20 for a bad command line, 5 for a host without cgroups
   */
  public static int run(Session session) {
    GetoptResult line = new GetoptModel("vzctl", OPTIONS).parse(session.arguments());
    boolean json = false;
    String delay = "2";
    for (GetoptOccurrence option : line.options()) {
      switch (option.key()) {
        case "json" -> json = true;
        case "delay" -> delay = option.value();
        default -> {
          usage(session.out());
          return 0;
        }
      }
    }
    try {
      if (line.error() != null) {
        throw new IllegalArgumentException(line.error());
      }
      if (!line.operands().isEmpty()) {
        throw new IllegalArgumentException(
            "Invalid extra arguments: " + String.join(" ", line.operands()));
      }
      long millis = TopOptions.parse(List.of("-d", delay)).delayMillis();
      return blame(session, millis, json);
    } catch (IllegalArgumentException e) {
      session.err().println(TerminalText.of(String.valueOf(e.getMessage())));
      usage(session.err());
      return ExitCode.INVALID_SYNTAX.number();
    } catch (VzException e) {
      session.err().println(TerminalText.of(e.text()));
      return e.status();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.SYSTEM.number();
    }
  }

  private static void usage(PrintStream stream) {
    stream.print(USAGE);
    stream.print(OptionHelp.text(OPTIONS));
  }

  private static int blame(Session session, long millis, boolean json)
      throws VzException, InterruptedException {
    VzPaths paths = VzPaths.of(session.environment());
    UsageWatch watch = new UsageWatch(paths, new Host(paths, new GlobalConfig(Settings.NONE)));
    watch.look();
    Thread.sleep(millis);
    HostUse host = HostUse.read(Path.of("/proc"));
    List<Blame> ranked = Blame.rank(watch.look(), host);
    if (json) {
      TopJson.printBlame(session.out(), host, ranked);
    } else {
      print(session.out(), host, ranked);
    }
    return 0;
  }

  private static void print(PrintStream out, HostUse host, List<Blame> ranked) {
    out.println(
        "Pressure of the host in the last 10 s: CPU "
            + Amounts.percent(host.cpuPressure())
            + " %, memory "
            + Amounts.percent(host.memoryPressure())
            + " %, I/O "
            + Amounts.percent(host.ioPressure())
            + " %");
    if (ranked.isEmpty()) {
      out.println("No container runs");
      return;
    }
    out.println(
        ranked.getFirst().total() < 0.1
            ? "No container presses it; by what they use:"
            : "Most to blame first:");
    out.printf(Locale.ROOT, ROW, "CTID", "NAME", "BLAME", "CPU%", "MEM", "READ/s", "WRIT/s", "FOR");
    for (int i = 0; i < Math.min(SHOWN, ranked.size()); i++) {
      Blame blame = ranked.get(i);
      String name = TerminalText.of(blame.usage().name());
      out.printf(
          Locale.ROOT,
          ROW,
          blame.usage().id(),
          name.isEmpty() ? "-" : name.substring(0, Math.min(15, name.length())),
          Amounts.percent(blame.total()),
          Amounts.percent(blame.usage().cpu()),
          Amounts.bytes(blame.usage().ownMemory()),
          Amounts.bytes(Math.round(blame.usage().readRate())),
          Amounts.bytes(Math.round(blame.usage().writeRate())),
          blame.reason());
    }
  }
}
