package org.vzj.lifecycle;

import java.nio.file.Path;
import org.vzj.config.ContainerConfig;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.LiveSettings;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Stdio;
import org.vzj.rootfs.InsideView;

/** Gives a running container the files of the lxcfs that runs now, after another one has ended. */
public final class Rewire {
  /** A container's root can put a file system of its own in the way, whose server never answers. */
  private static final int SECONDS = 20;

  private Rewire() {}

  /**
   * Does it.
   *
   * @throws VzException NOT_RUNNING, EXEC_TIMEOUT, or SYSTEM if a mount fails
   */
  public static void run(Target target) throws VzException {
    InitProcess init = InitProcess.running(target.container());
    if (init == null) {
      throw new VzException(ExitCode.NOT_RUNNING, "Container is not running");
    }
    Path lxcfs = target.host().lxcfs().mountPoint();
    LaunchPlan.Builder plan = LaunchPlan.builder();
    ContainerConfig config = LiveSettings.inForce(target.container(), target.config());
    InsideView.addAgain(plan, init.pid(), init.startTime(), lxcfs, !MemoryView.isOfHost(config));
    LaunchReport report = target.host().run(plan.build(), Stdio.captured(new byte[0]), SECONDS);
    if (report instanceof LaunchReport.Failed failed) {
      throw new VzException(ExitCode.SYSTEM, "Unable to bind lxcfs: " + failed.text());
    }
    target
        .messages()
        .say(lxcfs == null ? "No lxcfs runs: the host is seen again" : "Bound lxcfs " + lxcfs);
  }
}
