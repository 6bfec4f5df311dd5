package org.vzj.cli.quota;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptModel;
import org.vzj.cli.getopt.GetoptOccurrence;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.getopt.GetoptResult;
import org.vzj.cli.getopt.OptionHelp;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Stdio;
import org.vzj.quota.QuotaException;
import org.vzj.quota.QuotaStatus;

/** vzdqcheck: what a tree takes of its disk, found by looking at all of its files. */
public final class Vzdqcheck {
  /** Its options. */
  public static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.flag('h', "help").helped("print how it is used"),
          GetoptOption.flag('V', "version").helped("print the version"),
          GetoptOption.flag('q').helped("say errors only"),
          GetoptOption.flag('v').helped("say more"));

  private Vzdqcheck() {}

  /** Runs it. */
  public static int run(Session session) {
    GetoptResult words = new GetoptModel("vzdqcheck", OPTIONS).parse(session.arguments());
    boolean help = false;
    for (GetoptOccurrence option : words.options()) {
      if (option.key().equals("version")) {
        session.out().println("Vzquota version 2.5.0");
        return 0;
      }
      help |= option.key().equals("help");
    }
    if (words.error() != null) {
      session.err().println(words.error());
    }
    if (help || words.error() != null || words.operands().size() != 1) {
      session.err().println("Usage: vzdqcheck [options] <path>");
      session.err().print(OptionHelp.text(OPTIONS));
      return QuotaStatus.USAGE.number();
    }
    String word = words.operands().getFirst();
    QuotaTool tool = new QuotaTool("vzdqcheck", session, false);
    Path tree = session.directory().resolve(word).toAbsolutePath();
    Stdio stdio = Stdio.captured(new byte[0]);
    try {
      LaunchPlan plan = LaunchPlan.builder().treeUsage(tree.toString()).build();
      if (tool.launcher().run(plan, stdio) instanceof LaunchReport.Failed failed) {
        boolean mount = failed.errno().equals("EXDEV");
        return tool.fail(
            new QuotaException(
                mount ? QuotaStatus.MOUNT_INSIDE : QuotaStatus.SYSTEM,
                (mount ? "something is mounted inside " : "cannot look at ")
                    + word
                    + ": "
                    + failed.message()));
      }
    } catch (IOException e) {
      return tool.fail(new QuotaException(QuotaStatus.SYSTEM, String.valueOf(e.getMessage())));
    }
    String[] numbers = stdio.outText().strip().split(" ");
    session.out().println("quota usage for " + word);
    session.out().println(columns("blocks", "inodes"));
    session.out().println(columns(numbers[0], numbers[1]));
    return 0;
  }

  private static String columns(String first, String second) {
    return " ".repeat(Math.max(0, 11 - first.length()))
        + first
        + " ".repeat(Math.max(0, 11 - second.length()))
        + second;
  }
}
