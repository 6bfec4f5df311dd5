package org.vzj.cli;

import java.util.ArrayList;
import java.util.List;
import org.vzj.cli.check.Vzcheck;
import org.vzj.cli.commands.Command;
import org.vzj.cli.commands.CommandTable;
import org.vzj.cli.commands.Invocation;
import org.vzj.cli.commands.Work;
import org.vzj.cli.getopt.GetoptModel;
import org.vzj.cli.getopt.GetoptOccurrence;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.getopt.GetoptResult;
import org.vzj.cli.top.Vzblame;
import org.vzj.config.GlobalConfig;
import org.vzj.container.ContainerStore;
import org.vzj.container.CtId;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;
import org.vzj.lifecycle.Host;

/**
 * vzctl: understands the command line in the reference's order of checks and hands the containers
 * to a {@link Runner}.
 */
final class Vzctl {
  private Vzctl() {}

  /** Runs one command line and returns vzctl's exit status. */
  static int run(Session session) {
    GlobalFlags flags;
    try {
      flags = GlobalFlags.parse(session.arguments());
    } catch (VzException e) {
      session.err().println(e.text());
      return e.status();
    }
    if (flags.version()) {
      session.out().println("vzctl version " + Version.TEXT);
      return 0;
    }
    if (flags.command().isEmpty()) {
      Usage.print(session.err());
      return ExitCode.INVALID_SYNTAX.number();
    }
    String name = flags.command().getFirst();
    if (name.equals("--help")) {
      session.out().println("vzctl version " + Version.TEXT);
      Usage.print(session.out());
      return 0;
    }
    List<String> words = flags.command().subList(1, flags.command().size());
    if (name.equals("check")) {
      return Vzcheck.run(session.with(flags.asOptions(words)));
    }
    if (name.equals("blame")) {
      return Vzblame.run(session.with(flags.withJson(words)));
    }
    if (name.equals("service")) {
      return Vzservice.run(session, flags, words);
    }
    try {
      Command command = CommandTable.find(name);
      if (command == null) {
        throw new VzException(ExitCode.INVALID_SYNTAX, "Bad command: " + name);
      }
      return run(session, flags, name, command, words);
    } catch (VzException e) {
      if (!flags.quiet() || isUsageError(e)) {
        session.err().println(e.text());
      }
      return e.status();
    }
  }

  private static boolean isUsageError(VzException e) {
    return e.status() == ExitCode.INVALID_SYNTAX.number()
        || e.status() == ExitCode.INVALID_VALUE.number();
  }

  private static int run(
      Session session, GlobalFlags flags, String name, Command command, List<String> words)
      throws VzException {
    VzPaths paths = VzPaths.of(session.environment());
    GlobalConfig global = readGlobal(paths, session, flags);
    CommandLine line = command.takesWords() ? withWords(words, flags) : parse(command, words);
    if (line.help()) {
      session.out().println("Usage: vzctl " + name + " " + command.usage());
      Usage.printOptions(session.out(), command);
      return 0;
    }
    GlobalFlags all = line.flags(flags);
    ContainerStore store = new ContainerStore(paths);
    List<CtId> ids = targets(command, name, line, all, store);
    boolean several = ids.size() > 1 || all.all();
    Invocation invocation =
        new Invocation(session, line.options, line.words, several || all.json());
    Work work = command.bind(invocation);
    if (ids.contains(CtId.HOST) && !command.acceptsHost()) {
      throw new VzException(ExitCode.INVALID_VALUE, "Only set actions are allowed for CT0");
    }
    Host host = new Host(paths, global);
    return new Runner(session, all, command, name, work, host).run(ids, several);
  }

  private static GlobalConfig readGlobal(VzPaths paths, Session session, GlobalFlags flags)
      throws VzException {
    return GlobalConfigFile.read(paths, flags.quiet() ? null : session.err());
  }

  private static List<CtId> targets(
      Command command, String name, CommandLine line, GlobalFlags flags, ContainerStore store)
      throws VzException {
    if (flags.all()) {
      if (!command.takesMany() || command.takesSource()) {
        throw new VzException(ExitCode.INVALID_SYNTAX, "--all makes no sense for " + name);
      }
      if (!line.containers.isEmpty()) {
        throw new VzException(
            ExitCode.INVALID_SYNTAX,
            "--all and " + line.containers.getFirst() + ": give either all containers or some");
      }
      return store.all();
    }
    if (line.containers.isEmpty()) {
      throw new VzException(ExitCode.INVALID_VALUE, "CT ID missing");
    }
    List<CtId> ids = TargetWords.expand(line.containers, store);
    if (ids.size() > 1 && !command.takesMany()) {
      throw new VzException(
          ExitCode.INVALID_SYNTAX, "Command " + name + " works on one container at a time");
    }
    return ids;
  }

  /** A command line taken apart. */
  private record CommandLine(
      List<GetoptOccurrence> options, List<String> containers, List<String> words) {
    boolean help() {
      for (GetoptOccurrence option : options) {
        if (option.key().equals("help")) {
          return true;
        }
      }
      return containers.contains("--help");
    }

    GlobalFlags flags(GlobalFlags before) throws VzException {
      boolean json = false;
      boolean dryRun = false;
      boolean all = false;
      int parallel = 0;
      for (GetoptOccurrence option : options) {
        switch (option.key()) {
          case "json" -> json = true;
          case "dry-run" -> dryRun = true;
          case "all" -> all = true;
          case "parallel" -> parallel = GlobalFlags.parallel(option.value());
          default -> {}
        }
      }
      return before.with(json, dryRun, all, parallel);
    }
  }

  /** The first word is the container unless {@code --all} stands in its place. */
  private static CommandLine withWords(List<String> words, GlobalFlags flags) {
    if (flags.all() || words.isEmpty()) {
      return new CommandLine(List.of(), List.of(), words);
    }
    return new CommandLine(List.of(), words.subList(0, 1), words.subList(1, words.size()));
  }

  private static CommandLine parse(Command command, List<String> words) throws VzException {
    List<GetoptOption> table = new ArrayList<>(command.options());
    table.addAll(GlobalOptions.AFTER);
    GetoptResult result = new GetoptModel("vzctl", table).parse(words);
    String error = result.error();
    if (error != null) {
      throw new VzException(
          command.optionError() == 21 ? ExitCode.INVALID_VALUE : ExitCode.INVALID_SYNTAX, error);
    }
    List<String> operands = result.operands();
    if (command.takesSource() && !operands.isEmpty()) {
      return new CommandLine(
          result.options(), operands.subList(1, operands.size()), operands.subList(0, 1));
    }
    return new CommandLine(result.options(), operands, List.of());
  }
}
