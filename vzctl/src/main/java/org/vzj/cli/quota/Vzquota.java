package org.vzj.cli.quota;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptModel;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.getopt.GetoptResult;
import org.vzj.cli.getopt.OptionHelp;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.quota.QuotaChange;
import org.vzj.quota.QuotaControl;
import org.vzj.quota.QuotaException;
import org.vzj.quota.QuotaStatus;

/** vzquota: disk quota of a container, without the container. */
public final class Vzquota {
  /** The options before the command. */
  public static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.flag('h', "help").helped("print how it is used"),
          GetoptOption.flag('V', "version").helped("print the version"),
          GetoptOption.flag('v').helped("say more"),
          GetoptOption.flag('q').helped("say errors only"),
          GetoptOption.flag('b').helped("print numbers alone"));

  /** The commands, in the order of the usage text. */
  public static final List<String> COMMANDS =
      List.of("init", "on", "off", "drop", "setlimit", "setlimit2", "reload2", "stat", "show");

  private static final String VERSION = "Vzquota version 2.5.0";

  private final Session session;
  private final GetoptResult global;
  private final boolean batch;
  private final QuotaTool tool;

  private Vzquota(Session session) {
    this.session = session;
    this.global = new GetoptModel("vzquota", OPTIONS, true).parse(session.arguments());
    this.batch = global.has("b");
    this.tool = new QuotaTool("vzquota", session, global.has("q"));
  }

  /** Runs it. */
  public static int run(Session session) {
    return new Vzquota(session).run();
  }

  /** Returns the options of a command, for manual and completion. */
  public static List<GetoptOption> options(String command) {
    return QuotaWords.options(command);
  }

  private int run() {
    List<String> words = global.operands();
    if (global.error() != null) {
      session.err().println(global.error());
      return usage();
    }
    if (global.has("version")) {
      session.out().println(VERSION);
      return 0;
    }
    if (words.isEmpty()) {
      return usage();
    }
    String command = words.getFirst();
    if (!COMMANDS.contains(command)) {
      if (!global.has("help")) {
        session.err().println("Unknown command: '" + TerminalText.of(command) + "'");
      }
      return usage();
    }
    long id = words.size() < 2 ? -1 : QuotaTool.id(words.get(1));
    if (global.has("help") || id < 0) {
      return usage(command);
    }
    try {
      return run(command, id, new QuotaWords(command, words.subList(2, words.size())));
    } catch (QuotaException e) {
      int status = tool.fail(e);
      return e.text().isEmpty() && e.status() == QuotaStatus.USAGE ? usage(command) : status;
    }
  }

  private static QuotaException badUsage() {
    return new QuotaException(QuotaStatus.USAGE, "");
  }

  private int run(String command, long id, QuotaWords words) throws QuotaException {
    if (words.isBad()) {
      session.err().println(words.error());
      throw badUsage();
    }
    Path directory = session.directory();
    Path file = QuotaTool.file(words, directory);
    boolean second = command.equals("setlimit2");
    if (!second && !words.operands().isEmpty()) {
      throw badUsage();
    }
    QuotaControl control = tool.control(id, file);
    switch (command) {
      case "init", "on", "setlimit" -> limits(command, id, control, words);
      case "off" -> control.off(words.has("force"));
      case "drop" -> control.drop(words.has("force"));
      case "setlimit2" -> new SecondLevel(tool, control, id).setLimit(words);
      case "reload2" -> new SecondLevel(tool, control, id).reload();
      default -> {
        QuotaView view = new QuotaView(tool, control, id, batch);
        return command.equals("stat") ? view.stat(words) : view.show(words);
      }
    }
    return 0;
  }

  private void limits(String command, long id, QuotaControl control, QuotaWords words)
      throws QuotaException {
    QuotaChange change = words.change(session.directory());
    if (words.isBad()) {
      throw badUsage();
    }
    switch (command) {
      case "init" -> {
        if (!change.isWhole()) {
          throw badUsage();
        }
        control.init(change);
      }
      case "on" -> {
        control.on(change, words.has("force"), !words.has("nocheck"));
        LoadedUsers.apply(tool, control, id, control.record().path());
      }
      default -> {
        if (change.isEmpty()) {
          throw badUsage();
        }
        control.setLimits(change, words.has("force"));
      }
    }
  }

  private int usage() {
    PrintStream err = session.err();
    err.println("Usage: vzquota [options] <command> <quotaid> [command options]");
    err.print(OptionHelp.text(OPTIONS));
    err.println("Commands: " + String.join(" ", COMMANDS));
    return QuotaStatus.USAGE.number();
  }

  private int usage(String command) {
    PrintStream err = session.err();
    String operands =
        command.equals("setlimit2")
            ? " {-u|-g} <ugid> <bsoft> <bhard> <isoft> <ihard> | -t [-u|-g] <bgrace> <igrace>"
            : "";
    err.println("Usage: vzquota " + command + " <quotaid> [options]" + operands);
    err.print(OptionHelp.text(QuotaWords.options(command)));
    return QuotaStatus.USAGE.number();
  }
}
