package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.CpuApplier;
import org.vzj.lifecycle.apply.IoApplier;
import org.vzj.lifecycle.apply.LimitsApplier;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.rootfs.GuestSystemd;

/** What a container needs on the host before its first process: state directory and cgroups. */
final class Environment {
  private Environment() {}

  /**
   * Makes the state directory.
   *
   * @throws FileAlreadyExistsException if an earlier run has left one
   * @throws VzException SYSTEM
   */
  static void makeRunDirectory(Target target) throws VzException, FileAlreadyExistsException {
    Path directory = target.container().runDirectory();
    FileAttribute<Set<PosixFilePermission>> ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    try {
      try {
        Files.createDirectory(directory, ownerOnly);
      } catch (NoSuchFileException e) {
        Files.createDirectories(target.host().paths().run());
        Files.createDirectory(directory, ownerOnly);
      }
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to create " + directory + ": " + e, e);
    }
  }

  /**
   * Returns the container's group, not made yet; the one above it is.
   *
   * @throws VzException ENVIRONMENT, or BAD_KERNEL if the host has no cgroup hierarchy
   */
  static Cgroup group(Target target) throws VzException {
    target.host().prepareCgroups();
    try {
      // Elsewhere systemd's own hierarchy is there for all.
      if (target.host().hasOnlyCgroupV2() && GuestSystemd.needsOldCgroups(target.files())) {
        Cgroup group = target.host().cgroupOfOldGuest(target.id());
        group.createAbove();
        return group;
      }
      return target.host().cgroup(target.id());
    } catch (IOException e) {
      throw new VzException(
          ExitCode.ENVIRONMENT, "Unable to set up the cgroup: " + e.getMessage(), e);
    }
  }

  /**
   * Adds the steps that make the cgroup, and that note down in the state directory which it is.
   *
   * @param group the container's group, which is not there; the one above it should be
   * @throws VzException ENVIRONMENT
   */
  static void addSteps(LaunchPlan.Builder plan, Target target, Cgroup group) throws VzException {
    Cgroup planned = group.by(new CgroupSteps(plan));
    try {
      planned.createBelow();
      LimitsApplier.prepare(plan, target, planned);
      CpuApplier.start(target, planned);
      IoApplier.start(target, planned);
      DeviceRules.addSteps(plan, target, planned);
      planned.delegate(target.config().localUid(), target.config().localGid());
    } catch (IOException e) {
      throw new VzException(
          ExitCode.ENVIRONMENT, "Unable to set up the cgroup: " + e.getMessage(), e);
    }
    plan.file(target.container().cgroupFile().toString(), 0644, directories(group));
  }

  /** So that whoever only looks need not find out how this host has its cgroups. */
  private static String directories(Cgroup group) {
    StringBuilder lines = new StringBuilder();
    for (Path directory : group.directories()) {
      lines.append(directory).append('\n');
    }
    return lines.toString();
  }
}
