package org.vzj.lifecycle;

import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Stdio;

/** The console of a running container, which its monitor holds. */
public final class Console {
  private Console() {}

  /**
   * Checks before anything is said.
   *
   * @throws VzException NOT_RUNNING, or SYSTEM if it has no console
   */
  public static void require(Target target) throws VzException {
    Exec.requireRunning(target);
    if (!Files.exists(target.container().consoleSocket())) {
      throw new VzException(ExitCode.SYSTEM, "Container " + target.id() + " has no console");
    }
  }

  /**
   * Shows what the console printed since the start, as far as the ring buffer has it, and connects
   * the caller's terminal until it detaches.
   *
   * @throws VzException SYSTEM if the monitor does not answer
   */
  public static void attach(Target target) throws VzException {
    Path socket = target.container().consoleSocket();
    LaunchPlan plan = LaunchPlan.builder().attach(socket.toString()).build();
    if (target.host().run(plan, Stdio.inherit()) instanceof LaunchReport.Failed failed) {
      throw new VzException(ExitCode.SYSTEM, "Unable to attach to the console: " + failed.text());
    }
  }
}
