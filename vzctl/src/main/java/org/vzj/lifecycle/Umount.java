package org.vzj.lifecycle;

import java.nio.file.Path;
import java.util.List;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.scripts.HostScript;

/** Takes a container's files away from VE_ROOT. */
public final class Umount {
  private Umount() {}

  /**
   * Unmounts a stopped container, with the umount and postumount scripts around it.
   *
   * @throws VzException RUNNING, NOT_MOUNTED, ACTION_SCRIPT or UMOUNT_FAILED
   */
  public static void run(Target target) throws VzException {
    if (InitProcess.running(target.container()) != null) {
      throw new VzException(ExitCode.RUNNING, "Container is running -- stop it first");
    }
    if (!HostMounts.read().contains(target.root())) {
      throw new VzException(ExitCode.NOT_MOUNTED, "CT is not mounted");
    }
    HostScript.runAll(target.container(), "umount", target.messages());
    unbind(target);
    HostScript.runAll(target.container(), "postumount", target.messages());
    target.messages().say("Container is unmounted");
  }

  /** Unmounts without scripts: first what is mounted below, in reverse order of mounting. */
  static void unbind(Target target) throws VzException {
    Path root = target.root();
    List<Path> mounts = HostMounts.read().below(root);
    if (mounts.isEmpty()) {
      return;
    }
    LaunchPlan.Builder plan = LaunchPlan.builder();
    for (Path mount : mounts.reversed()) {
      plan.umount(mount.toString(), false);
    }
    target
        .host()
        .runPlan(
            plan.build(),
            ExitCode.UMOUNT_FAILED,
            "Unable to umount " + root + " (a process of the host may use it: try fuser -vm)");
    target.layout().unmounted(target.volume());
  }
}
