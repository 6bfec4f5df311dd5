package org.vzj.cli.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vzj.beancounters.report.ReportGroup;
import org.vzj.beancounters.report.ResourceReader;
import org.vzj.beancounters.report.ResourceReader.UnknownVersionException;
import org.vzj.beancounters.report.SavedValues;
import org.vzj.beancounters.report.UbcReport;
import org.vzj.beancounters.report.UbcReport.UnknownContainerException;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.OptionHelp;
import org.vzj.cli.resources.LiveResources;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.container.ContainerStore;
import org.vzj.container.CtId;
import org.vzj.container.VzPaths;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.Commands;

/** vzubc: shows beancounters to people. */
final class Vzubc {
  private static final String USAGE = "Usage: vzubc [option ...] [<ctid> ...]";
  private static final double HELD_RATIO = 0.5;
  private static final double MAXHELD_RATIO = 0.8;

  private final Session session;
  private final UbcWords words;
  private final VzPaths paths;
  private final Path proc;

  private Vzubc(Session session, UbcWords words, Path proc) {
    this.session = session;
    this.words = words;
    this.paths = VzPaths.of(session.environment());
    this.proc = proc;
  }

  static int run(Session session) {
    return run(session, Path.of("/proc"));
  }

  /** Runs the command with another procfs. */
  static int run(Session session, Path proc) {
    UbcWords words;
    try {
      words = UbcWords.parse(session.arguments());
    } catch (UbcWords.BadWordException e) {
      session.err().println(TerminalText.of(String.valueOf(e.getMessage())));
      usage(session);
      return 1;
    }
    if (words.help) {
      usage(session);
      return 0;
    }
    try {
      return new Vzubc(session, words, proc).run();
    } catch (IOException | UnknownVersionException | UnknownContainerException e) {
      session.err().println(TerminalText.of(String.valueOf(e.getMessage())));
      return 1;
    }
  }

  private static void usage(Session session) {
    session.out().println(USAGE);
    session.out().print(OptionHelp.text(UbcWords.OPTIONS));
  }

  private int run() throws IOException, UnknownVersionException, UnknownContainerException {
    if (words.forgetFailcnt != null) {
      UbcStore.forget(session.directory().resolve(words.forgetFailcnt), SavedValues.Kind.FAILCNT);
    }
    if (words.forgetHeld != null) {
      UbcStore.forget(session.directory().resolve(words.forgetHeld), SavedValues.Kind.HELD);
    }
    if (words.watch) {
      return watch();
    }
    if (words.refresh) {
      new LiveResources(paths, proc).all();
      return 0;
    }
    Set<Long> chosen = chosen();
    List<ReportGroup> groups = groups(chosen);
    if (words.json) {
      UbcJson.print(session.out(), groups, chosen);
      return 0;
    }
    UbcReport.Options options =
        new UbcReport.Options(
            chosen,
            words.quiet,
            words.verbose,
            words.relative,
            words.incremental,
            words.color,
            ratio(words.heldRatio, HELD_RATIO),
            ratio(words.maxheldRatio, MAXHELD_RATIO));
    session.out().print(UbcReport.draw(groups, options, saved()));
    return 0;
  }

  /** Values are kept only where they are asked for. */
  private SavedValues saved() throws IOException {
    if (words.relative || words.incremental) {
      return UbcStore.open(session.directory().resolve(words.store));
    }
    return new SavedValues() {
      @Override
      public long last(long container, String parameter, Kind kind) {
        return -1;
      }

      @Override
      public void keep(long container, String parameter, Kind kind, long value) {}
    };
  }

  /** The containers that are named; a word that means none is a number that no container has. */
  private Set<Long> chosen() {
    ContainerStore store = new ContainerStore(paths);
    Set<Long> chosen = new LinkedHashSet<>();
    for (String word : words.containers) {
      CtId id = CtId.parse(word);
      id = id == null ? store.named(word) : id;
      chosen.add(id == null ? Long.MIN_VALUE : id.value());
    }
    return chosen;
  }

  private List<ReportGroup> groups(Set<Long> chosen) throws IOException, UnknownVersionException {
    String file = words.file;
    if (file != null) {
      return ResourceReader.parse(new String(content(file), StandardCharsets.UTF_8));
    }
    LiveResources live = new LiveResources(paths, proc);
    if (chosen.isEmpty()) {
      return live.all();
    }
    List<CtId> ids = new ArrayList<>();
    for (long number : chosen) {
      if (number >= 0) {
        ids.add(new CtId((int) number));
      }
    }
    return live.these(ids);
  }

  private byte[] content(String file) throws IOException {
    if (file.equals("-")) {
      return session.in().readAllBytes();
    }
    return ToolFiles.read(session.directory().resolve(file));
  }

  private static double ratio(@org.jspecify.annotations.Nullable String text, double otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      return Math.max(0, Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return 0; // as awk has it
    }
  }

  /** The same command again and again, by watch(1). */
  private int watch() {
    List<String> argv = new ArrayList<>();
    argv.add("watch");
    argv.addAll(words.watchOptions);
    argv.add("--");
    argv.add(paths.lib().resolve("bin/vzubc").toString());
    argv.addAll(session.arguments());
    argv.add("-W");
    session.out().flush();
    try {
      return Commands.system().run(Command.of(argv).inheritStreams()).status();
    } catch (IOException e) {
      session.err().println("Error: watch binary not found");
      return 1;
    }
  }
}
