package org.vzj.cli.check;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.vzj.check.CheckResult;
import org.vzj.check.Checkup;
import org.vzj.check.HostView;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptModel;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.getopt.GetoptResult;
import org.vzj.cli.getopt.OptionHelp;
import org.vzj.linux.process.Commands;

/** {@code vzctl check}, also {@code vzcheck}. */
public final class Vzcheck {
  /** Everything that containers need is there. */
  static final int FIT = 0;

  /** Something that containers need is missing. */
  static final int UNFIT = 1;

  private static final int BAD_SYNTAX = 20;

  private static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.flag("json").helped("the same for programs"),
          GetoptOption.flag("verbose")
              .helped("how each thing was found out, and what it is needed for"),
          GetoptOption.flag("help").helped("print how it is used"));

  private static final String USAGE =
      """
      Usage: vzctl check [--json] [--verbose]
      Tells what this host offers to containers, what is missing, and how to get it.
      """;

  private Vzcheck() {}

  /** Returns its options. */
  public static List<GetoptOption> options() {
    return OPTIONS;
  }

  /**
   * Runs the command.
   *
   * @param session the caller; its arguments are the options
   * @return 0, 1 if containers cannot run on this host, 20 for a bad command line
   */
  public static int run(Session session) {
    HostView host = new HostView(Path.of("/"), session.environment(), Commands.system());
    return run(session, host);
  }

  /** Runs the command on a host that need not be the real one. */
  static int run(Session session, HostView host) {
    GetoptResult parsed = new GetoptModel("vzcheck", OPTIONS).parse(session.arguments());
    String error = parsed.error();
    if (error == null && !parsed.operands().isEmpty()) {
      error = "Invalid extra arguments: " + String.join(" ", parsed.operands());
    }
    boolean json = parsed.has("json");
    if (parsed.has("help")) {
      usage(session.out());
      return FIT;
    }
    if (error != null) {
      session.err().println(error);
      usage(session.err());
      return BAD_SYNTAX;
    }
    List<CheckResult> results = Checkup.run(host);
    if (json) {
      CheckJson.print(session.out(), results);
    } else {
      CheckText.print(session.out(), results, parsed.has("verbose"));
    }
    for (CheckResult result : results) {
      if (result.prevents()) {
        return UNFIT;
      }
    }
    return FIT;
  }

  private static void usage(PrintStream stream) {
    stream.print(USAGE);
    stream.print(OptionHelp.text(OPTIONS));
    stream.print("Exit status: 0 if everything needed to run containers is there, 1 if not\n");
  }
}
