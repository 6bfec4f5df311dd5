package org.vzj.lifecycle;

import java.util.List;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Stdio;
import org.vzj.linux.launch.StdioMode;

/** Gives the user a login shell on a terminal of the container. */
public final class Enter {
  private Enter() {}

  /**
   * Checks before anything is said.
   *
   * @throws VzException NOT_RUNNING
   */
  public static void requireRunning(Target target) throws VzException {
    Exec.requireRunning(target);
  }

  /**
   * Runs the shell until it ends.
   *
   * @param terminal the caller's TERM
   * @param typed words to type into the terminal first, empty for none
   * @return how the shell ended
   */
  public static LaunchReport run(Target target, String terminal, List<String> typed)
      throws VzException {
    InitProcess init = Exec.requireRunning(target);
    LaunchPlan.Builder plan = EnterPlan.begin(target, init, StdioMode.PTY);
    EnterPlan.environment(
        plan,
        List.of(
            "HISTFILE=/dev/null", "USER=root", "HOME=/root", "LOGNAME=root", "TERM=" + terminal));
    if (!typed.isEmpty()) {
      plan.type(String.join(" ", typed) + "\n");
    }
    return Exec.run(target, EnterPlan.shell(plan, "-bash", "-sh"), Stdio.inherit());
  }
}
