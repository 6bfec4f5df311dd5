package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.DiskApplier;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.scripts.HostScript;

/** Makes a container's files appear at VE_ROOT. */
public final class Mount {
  private Mount() {}

  /**
   * Mounts the private area, with the premount and mount scripts around it. A container that is
   * mounted already is left as it is, which is no error.
   *
   * @throws VzException NO_PRIVATE_AREA, ROOT_CREATE_FAILED, MOUNT_FAILED or ACTION_SCRIPT; nothing
   *     is mounted then
   */
  public static void run(Target target) throws VzException {
    if (HostMounts.read().contains(target.root())) {
      target.messages().warn("Container is already mounted");
      return;
    }
    HostScript.runAll(target.container(), "premount", target.messages());
    requirePrivateArea(target);
    bind(target);
    try (Undo undo = new Undo(target.messages())) {
      undo.push("mount", () -> Umount.unbind(target));
      HostScript.runAll(target.container(), "mount", target.messages());
      undo.keep();
    }
    target.messages().say("Container is mounted");
  }

  /** Mounts without any script, as {@code runscript} on a stopped container does. */
  static void bind(Target target) throws VzException {
    SnapshotStore.recover(target, target.layout());
    DiskApplier disk = DiskApplier.of(target);
    disk.announce();
    LaunchPlan.Builder plan = LaunchPlan.builder();
    disk.addSteps(plan, false);
    addSteps(plan, target);
    try (Undo undo = new Undo(target.messages())) {
      // A step may have mounted what the next one was to change.
      undo.push("mount", () -> Umount.unbind(target));
      if (target.host().run(plan.build()) instanceof LaunchReport.Failed failed) {
        throw DiskApplier.isAbout(failed)
            ? DiskApplier.failure(failed)
            : new VzException(
                target.layout().mountError(),
                "Unable to mount " + target.root() + ": " + failed.text());
      }
      undo.keep();
    }
    disk.turnedOn();
  }

  /** Adds the steps that mount, and makes the mount point they need. */
  static void addSteps(LaunchPlan.Builder plan, Target target) throws VzException {
    Path root = target.root();
    try {
      PrivateDirectory.above(root);
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.ROOT_CREATE_FAILED, "Unable to create mount point " + root + ": " + e, e);
    }
    target.layout().addMount(plan, target.volume());
  }

  /** Tells whether the administrator wants something done before or after mounting. */
  static boolean hasScripts(Target target) {
    return !HostScript.of(target.container(), "premount").isEmpty()
        || !HostScript.of(target.container(), "mount").isEmpty();
  }

  static void requirePrivateArea(Target target) throws VzException {
    Path area = target.privateArea();
    if (!Files.isDirectory(area)) {
      throw new VzException(
          ExitCode.NO_PRIVATE_AREA, "Container private area " + area + " does not exist");
    }
  }
}
