package org.vzj.lifecycle.apply;

import java.util.List;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.Limits;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.lifecycle.EnterPlan;
import org.vzj.lifecycle.Target;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Namespace;
import org.vzj.linux.launch.Stdio;
import org.vzj.linux.launch.StdioMode;
import org.vzj.rootfs.MountLimits;

/** Limits that a container's namespaces and mounts have; somebody must go in to change them. */
final class InsideLimits {
  /** Pages, the kernel's own default of kernel.shmall: ULONG_MAX less 2^24. */
  private static final String ANY = "18446744073692774399";

  private InsideLimits() {}

  /**
   * Leaves what a running container cannot have changed as it is, and says so. The kernel fixes a
   * user namespace's limits when it is made, and processes have theirs from their parents.
   */
  static Limits withoutFixed(Target target, Limits before, Limits wanted) {
    Limits result = wanted;
    for (Beancounter fixed : new Beancounter[] {Beancounter.LOCKEDPAGES, Beancounter.NUMSIGINFO}) {
      if (!before.get(fixed).equals(wanted.get(fixed))) {
        target
            .messages()
            .say("Note: " + fixed.parameterName() + " changes when the container is started again");
        result = result.with(fixed, before.has(fixed) ? before.get(fixed) : null);
      }
    }
    return result;
  }

  /** Changes what has changed; one process for the mounts, one for the IPC namespace. */
  static void change(Target target, InitProcess init, Limits before, Limits after)
      throws VzException {
    MountLimits old = LimitsApplier.mounts(before);
    MountLimits mounts = LimitsApplier.mounts(after);
    if (!old.equals(mounts)) {
      remount(target, init, old, mounts);
    }
    long pages = after.get(Beancounter.SHMPAGES).limit();
    if (pages != before.get(Beancounter.SHMPAGES).limit()) {
      sharedMemory(target, init, pages);
    }
  }

  /**
   * By a process that is confined as those inside are: the mount points are the container's, and so
   * is the program by which it ends.
   */
  private static void remount(Target target, InitProcess init, MountLimits old, MountLimits mounts)
      throws VzException {
    LaunchPlan.Builder plan = EnterPlan.begin(target, init, StdioMode.NULL);
    if (old.terminals() != mounts.terminals()) {
      plan.mount("-", "/dev/pts", "-", "remount,nosuid,noexec", mounts.devptsOptions());
    }
    if (old.sharedBytes() != mounts.sharedBytes()) {
      plan.mount("-", "/dev/shm", "-", "remount,nosuid,nodev", mounts.sharedMemoryRemount());
    }
    run(
        target,
        plan.tryExec("/bin/true", List.of("true"))
            .exec("/bin/sh", List.of("sh", "-c", ":"))
            .build());
  }

  /**
   * Sets how many pages all System V segments together may have. The file belongs to the host's
   * root up to Linux 6.8, so only the IPC namespace is to be entered, and to the root of the user
   * namespace from 6.9 on.
   */
  static void sharedMemory(Target target, InitProcess init, long pages) throws VzException {
    String value = BarrierLimit.isUnlimited(pages) ? ANY : Long.toString(pages);
    LaunchReport report =
        target.host().run(ipcPlan(init, value, Namespace.USER, Namespace.IPC), nothing());
    if (!ended(report)) {
      run(target, ipcPlan(init, value, Namespace.IPC));
    }
  }

  /** The host's shell, as the container's programs are not to be trusted with it. */
  private static LaunchPlan ipcPlan(InitProcess init, String value, Namespace... namespaces) {
    return LaunchPlan.builder()
        .setns(init.pid(), init.startTime(), namespaces)
        .stdio(StdioMode.NULL)
        .fork()
        .inside()
        .exec("/bin/sh", List.of("sh", "-c", "echo " + value + " > /proc/sys/kernel/shmall"))
        .build();
  }

  private static void run(Target target, LaunchPlan plan) throws VzException {
    LaunchReport report = target.host().run(plan, nothing());
    if (!ended(report)) {
      throw new VzException(
          ExitCode.SET_UBC,
          "Unable to set UB limits inside: "
              + (report instanceof LaunchReport.Failed failed ? failed.text() : report.toString()));
    }
  }

  private static Stdio nothing() {
    return Stdio.captured(new byte[0]);
  }

  private static boolean ended(LaunchReport report) {
    return report instanceof LaunchReport.Exited exited && exited.status() == 0;
  }
}
