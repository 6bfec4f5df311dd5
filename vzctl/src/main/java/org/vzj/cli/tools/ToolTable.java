package org.vzj.cli.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.ploop.Ploop;
import org.vzj.cli.quota.Vzdqcheck;
import org.vzj.cli.quota.Vzdqdump;
import org.vzj.cli.quota.Vzquota;
import org.vzj.cli.top.Vztop;

/** The tools by their names. */
public final class ToolTable {
  /** All of them, by the alphabet. */
  public static final List<String> NAMES =
      List.of(
          "ploop",
          "vzcalc",
          "vzcfgscale",
          "vzcfgvalidate",
          "vzcptcheck",
          "vzcpucheck",
          "vzdqcheck",
          "vzdqdump",
          "vzdqload",
          "vzmemcheck",
          "vzoversell",
          "vzpid",
          "vzquota",
          "vzsplit",
          "vztop",
          "vzubc");

  private ToolTable() {}

  /** A tool: a function of its caller to an exit status. */
  public interface Tool {
    /** Runs it. */
    int run(Session session);
  }

  /** Returns the tool of this name, or null. */
  public static @Nullable Tool find(String name) {
    return switch (name) {
      case "ploop" -> Ploop::run;
      case "vzcalc" -> Vzcalc::run;
      case "vzcfgscale" -> Vzcfgscale::run;
      case "vzcfgvalidate" -> Vzcfgvalidate::run;
      case "vzcptcheck" -> Vzcptcheck::run;
      case "vzcpucheck" -> Vzcpucheck::run;
      case "vzdqcheck" -> Vzdqcheck::run;
      case "vzdqdump" -> Vzdqdump::dump;
      case "vzdqload" -> Vzdqdump::load;
      case "vzmemcheck" -> Vzmemcheck::run;
      case "vzoversell" -> Vzoversell::run;
      case "vzpid" -> Vzpid::run;
      case "vzquota" -> Vzquota::run;
      case "vzsplit" -> Vzsplit::run;
      case "vztop" -> Vztop::run;
      case "vzubc" -> Vzubc::run;
      default -> null;
    };
  }

  /** Returns the options of a tool; none for one that there is not. */
  public static List<GetoptOption> options(String name) {
    return switch (name) {
      case "ploop" -> Ploop.options();
      case "vzcalc" -> Vzcalc.OPTIONS;
      case "vzcfgscale" -> Vzcfgscale.OPTIONS;
      case "vzcfgvalidate" -> Vzcfgvalidate.OPTIONS;
      case "vzcpucheck" -> Vzcpucheck.OPTIONS;
      case "vzdqcheck" -> Vzdqcheck.OPTIONS;
      case "vzdqdump", "vzdqload" -> Vzdqdump.OPTIONS;
      case "vzmemcheck" -> Vzmemcheck.OPTIONS;
      case "vzpid" -> Vzpid.OPTIONS;
      case "vzquota" -> Vzquota.OPTIONS;
      case "vzsplit" -> Vzsplit.OPTIONS;
      case "vztop" -> Vztop.options();
      case "vzubc" -> UbcWords.OPTIONS;
      default -> List.of();
    };
  }

  /** Tells whether a tool works on containers; the others work on files, or on nothing. */
  public static boolean takesContainers(String name) {
    return switch (name) {
      case "vzcalc", "vzcptcheck", "vztop", "vzubc" -> true;
      default -> false;
    };
  }
}
