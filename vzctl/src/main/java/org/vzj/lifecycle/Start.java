package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.layout.GuestFiles;
import org.vzj.lifecycle.apply.CpuApplier;
import org.vzj.lifecycle.apply.DiskApplier;
import org.vzj.lifecycle.apply.IoApplier;
import org.vzj.lifecycle.apply.LimitsApplier;
import org.vzj.lifecycle.apply.NetworkApplier;
import org.vzj.lifecycle.apply.NetworkFailure;
import org.vzj.linux.conf.ConfFile;
import org.vzj.linux.launch.LaunchException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.network.NetworkPlan;
import org.vzj.scripts.DistScripts;

/** Brings a stopped container to life. */
public final class Start {
  private final Target target;
  private final boolean force;
  private final boolean skipRemount;

  /**
   * @param force start even if DISABLED=yes
   * @param skipRemount use VE_ROOT as it is mounted now
   */
  public Start(Target target, boolean force, boolean skipRemount) {
    this.target = target;
    this.force = force;
    this.skipRemount = skipRemount;
  }

  /**
   * Starts it. When this returns, init runs; its boot goes on.
   *
   * @throws VzException for any reason of the reference's list; then everything is as it was
   */
  public void run() throws VzException {
    bringUp();
    target.messages().say("Container start in progress...");
  }

  /**
   * Starts it and waits for the end of its boot.
   *
   * @throws VzException as {@link #run}, or WAIT_FAILED; it may run nevertheless then
   */
  public void runAndWait() throws VzException {
    bringUp();
    BootWait.run(target);
  }

  private void bringUp() throws VzException {
    check();
    DistScripts scripts =
        target.host().distScripts(target.config().osTemplate(), target.messages());
    SnapshotStore.recover(target, target.layout());
    target.messages().say("Starting container...");
    KernelModules.load(target);
    boolean mountByPlan = mount();
    DiskApplier disk = DiskApplier.of(target);
    disk.warn();
    disk.announce();
    try {
      attempt(scripts, mountByPlan, disk);
    } catch (InTheWayException e) {
      mountByPlan = clearTheWay(mountByPlan);
      try {
        attempt(scripts, mountByPlan, disk);
      } catch (InTheWayException again) {
        throw startFailed(ExitCode.ENVIRONMENT.number(), String.valueOf(again.getMessage()));
      }
    }
    if (mountByPlan) {
      target.messages().say("Container is mounted");
    }
    disk.turnedOn();
    CpuApplier.announce(target);
    IoApplier.announce(target);
    saveLayout();
  }

  /**
   * Starts it in the belief that nothing of an earlier run is left, which is seen soon enough.
   *
   * @throws InTheWayException if something is; it is as it was
   */
  private void attempt(DistScripts scripts, boolean mountByPlan, DiskApplier disk)
      throws VzException, InTheWayException {
    try {
      Environment.makeRunDirectory(target);
    } catch (FileAlreadyExistsException e) {
      throw new InTheWayException(e);
    }
    try (Undo undo = new Undo(target.messages())) {
      undo.push("mount", this::umountAgain);
      undo.push("state and cgroup", () -> Remains.clear(target));
      if (!mountByPlan && target.layout().files(target.volume()) == null) {
        Ownership.check(target, GuestFiles.in(target.root()));
      }
      NetworkApplier network = new NetworkApplier(target);
      try {
        launch(scripts, mountByPlan, disk, network.start(scripts.setAddresses()));
        network.announce();
      } catch (InTheWayException e) {
        network.abandon();
        // Whose it is can be told only without a state directory of ours.
        Remains.forget(target);
        undo.keep();
        throw e;
      }
      undo.keep();
    }
  }

  /** Removes what an earlier run has left, and returns whether the plan is to mount. */
  private boolean clearTheWay(boolean mountByPlan) throws VzException {
    Remains.clear(target);
    if (mountByPlan && HostMounts.read().contains(target.root())) {
      if (skipRemount) {
        return false;
      }
      Umount.run(target);
    }
    return mountByPlan;
  }

  /** Later starts do not need to guess. */
  private void saveLayout() throws VzException {
    if (target.config().layout() != null) {
      return;
    }
    String name = target.layout().name();
    Path file = target.container().configFile();
    target.messages().say("Saving VE layout '" + name + "' to the VE config file");
    try {
      ConfFile.read(file).with("VE_LAYOUT", name).save(file);
    } catch (IOException e) {
      target.messages().warn("Unable to save " + file + ": " + e.getMessage());
    }
  }

  /** Everything that can be refused before anything is done. */
  void check() throws VzException {
    if (target.config().disabled() && !force) {
      throw new VzException(ExitCode.START_DISABLED, "Container start disabled");
    }
    Mount.requirePrivateArea(target);
    if (InitProcess.running(target.container()) != null) {
      throw new VzException(ExitCode.RUNNING, "Container is already running");
    }
    target.layout().checkFiles(target.volume());
    Ownership.checkIds(target);
    GuestFiles files = target.layout().files(target.volume());
    if (files != null) {
      Ownership.check(target, files);
    }
    LimitsApplier.check(target);
  }

  /**
   * Mounts, if scripts of the administrator's want to see it done or if only that shows what the
   * plan must know of; otherwise it is left to the plan, which saves a process.
   *
   * @return whether the plan is to mount
   */
  private boolean mount() throws VzException {
    if (!Mount.hasScripts(target) && target.layout().files(target.volume()) != null) {
      return true;
    }
    if (HostMounts.read().contains(target.root())) {
      if (skipRemount) {
        return false;
      }
      Umount.run(target);
    }
    Mount.run(target);
    return false;
  }

  private void umountAgain() throws VzException {
    if (HostMounts.read().contains(target.root())) {
      Umount.run(target);
    }
  }

  private void launch(
      DistScripts scripts, boolean mountByPlan, DiskApplier disk, NetworkPlan network)
      throws VzException, InTheWayException {
    Cgroup group = Environment.group(target);
    UgidQuota quota = UgidQuota.atStart(target);
    Confinement confinement = UgidQuota.confinement(target, quota);
    DistActions actions = DistActions.atStart(target, scripts);
    boolean gate =
        InsideScript.hasWorkBeforeInit(target, scripts, actions)
            || LimitsApplier.hasWorkAtGate(target.config());
    LaunchPlan plan =
        StartPlan.of(target, group, confinement, quota, mountByPlan, gate, disk, network);
    try {
      if (gate || target.config().localUid() == 0) {
        target.host().launcher().start(plan, pid -> atGate(scripts, actions));
      } else {
        target.host().launcher().start(plan);
      }
    } catch (LaunchException e) {
      LaunchReport.Failed failed = e.failed();
      if (InTheWayException.isOne(failed)) {
        throw new InTheWayException(e);
      }
      if (NetworkPlan.isAbout(failed)) {
        VzException reason = NetworkFailure.of(network, failed);
        throw startFailed(reason.status(), reason.text());
      }
      if (DiskApplier.isAbout(failed)) {
        VzException reason = DiskApplier.failure(failed);
        throw startFailed(reason.status(), reason.text());
      }
      if (mountByPlan && target.layout().isAbout(failed, target.volume())) {
        throw new VzException(
            target.layout().mountError(),
            "Unable to mount " + target.root() + ": " + failed.text(),
            e);
      }
      if (failed.what().startsWith("exec ") || failed.what().startsWith("try-exec ")) {
        throw new VzException(
            ExitCode.BAD_TEMPLATE,
            "Unable to start init, probably incorrect template\nContainer start failed: "
                + failed.text(),
            e);
      }
      throw startFailed(ExitCode.ENVIRONMENT.number(), failed.text());
    } catch (GateRefusal e) {
      throw startFailed(e.reason.status(), e.reason.text());
    } catch (IOException e) {
      throw startFailed(ExitCode.ENVIRONMENT.number(), String.valueOf(e.getMessage()));
    }
  }

  private static VzException startFailed(int status, String reason) {
    return VzException.ofStatus(
        status,
        reason + "\nContainer start failed (try to check kernel messages, e.g. \"dmesg | tail\")");
  }

  /** What runs inside after the environment stands and before init does. */
  private boolean atGate(DistScripts scripts, DistActions actions) throws GateRefusal {
    try {
      InitProcess init = Exec.requireRunning(target);
      LimitsApplier.atGate(target, init);
      InsideScript.beforeInit(target, init, scripts, actions);
      InsideScript.action(target, init, "start");
      return true;
    } catch (VzException e) {
      throw new GateRefusal(e);
    }
  }

  /** An earlier run, or another installation, has left what a start makes. */
  private static final class InTheWayException extends Exception {
    private static final long serialVersionUID = 1L;

    InTheWayException(Exception cause) {
      super(cause.getMessage(), cause);
    }

    static boolean isOne(LaunchReport.Failed failed) {
      return (failed.what().startsWith("cgroup-make ") && failed.errno().equals("EEXIST"))
          || (failed.what().startsWith("unmounted ") && failed.errno().equals("EBUSY"));
    }
  }

  /** Carries our error through the launcher. */
  private static final class GateRefusal extends IOException {
    private static final long serialVersionUID = 1L;
    private final VzException reason;

    GateRefusal(VzException reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
