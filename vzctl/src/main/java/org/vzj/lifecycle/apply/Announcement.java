package org.vzj.lifecycle.apply;

import java.util.List;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Target;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.process.Command;

/**
 * Tells neighbours where addresses are now, on several devices at once and by the launcher: the
 * JVM's own way to start a process takes longer than the telling.
 */
final class Announcement {
  /** Programs that the launcher can wait for together. */
  private static final int MOST_AT_ONCE = 4;

  private Announcement() {}

  /** Runs these commands; a failure is only told. */
  static void run(Target target, List<Command> commands) throws VzException {
    for (int start = 0; start < commands.size(); start += MOST_AT_ONCE) {
      LaunchPlan.Builder plan = LaunchPlan.builder();
      for (Command command :
          commands.subList(start, Math.min(start + MOST_AT_ONCE, commands.size()))) {
        plan.begin(false, "", command.argv().toArray(new String[0]));
      }
      if (target.host().run(plan.await().build()) instanceof LaunchReport.Failed failed) {
        target.messages().warn(failed.message().replace("|", "\n"));
        target.messages().warn("vps-net_add WARNING: " + commandOf(commands, failed) + " FAILED");
      }
    }
  }

  private static String commandOf(List<Command> commands, LaunchReport.Failed failed) {
    for (Command command : commands) {
      List<String> argv = command.argv();
      if (failed.what().endsWith(" " + argv.getLast())) {
        return command.toString();
      }
    }
    return commands.getFirst().toString();
  }
}
