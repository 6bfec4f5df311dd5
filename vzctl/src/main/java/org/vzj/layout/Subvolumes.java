package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.file.TreeRemoval;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.proc.MountInfo;

/**
 * Subvolumes of btrfs.
 *
 * @param runner executes plans on this host
 */
record Subvolumes(PlanRunner runner) {
  private static final String BTRFS = "btrfs";

  /** The inode number of every subvolume's root. */
  private static final long ROOT = 256;

  void create(Path path, ExitCode code) throws VzException {
    run(LaunchPlan.builder().subvolumeCreate(path.toString()), code, "create", path);
  }

  void makeReadonly(Path path, ExitCode code) throws VzException {
    run(LaunchPlan.builder().subvolumeReadonly(path.toString()), code, "protect", path);
  }

  void snapshot(Path from, Path to, boolean readonly, ExitCode code) throws VzException {
    run(
        LaunchPlan.builder().snapshot(from.toString(), to.toString(), readonly),
        code,
        "make a snapshot of",
        from);
  }

  /**
   * Takes the limit of space away that a snapshot has from what it was made of, which may be full.
   * Where quota is off there is none.
   */
  void unlimit(Path path) throws VzException {
    runner.run(LaunchPlan.builder().qgroup(path.toString(), 0).build());
  }

  private void run(LaunchPlan.Builder plan, ExitCode code, String verb, Path path)
      throws VzException {
    if (runner.run(plan.build()) instanceof LaunchReport.Failed failed) {
      throw new VzException(
          code, "Unable to " + verb + " subvolume " + path + ": " + failed.text());
    }
  }

  /**
   * Removes one with all that are in it; nothing is done if there is none. What the kernel does not
   * want to delete whole is removed file by file.
   */
  void remove(Path path) throws IOException, VzException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        || ((Number) Files.getAttribute(path, "unix:ino")).longValue() != ROOT) {
      return;
    }
    LaunchPlan.Builder plan = LaunchPlan.builder();
    plan.subvolumeDelete(path.toString());
    if (runner.run(plan.build()) instanceof LaunchReport.Failed) {
      TreeRemoval.remove(path);
    }
  }

  /** Tells whether two directories are on the same btrfs. */
  static boolean together(Path one, Path other) throws IOException {
    List<MountInfo> mounts = mounts();
    MountInfo here = holding(mounts, one);
    MountInfo there = holding(mounts, other);
    return here != null
        && there != null
        && here.fsType().equals(BTRFS)
        && there.fsType().equals(BTRFS)
        && here.source().equals(there.source());
  }

  /**
   * Refuses a directory that is not on btrfs.
   *
   * @throws VzException PRIVATE_AREA_FAILED
   */
  static void requireBtrfs(Path area) throws IOException, VzException {
    MountInfo mount = holding(mounts(), area);
    String type = mount == null ? "an unknown file system" : mount.fsType();
    if (!type.equals(BTRFS)) {
      throw new VzException(
          ExitCode.PRIVATE_AREA_FAILED,
          "The btrfs layout needs VE_PRIVATE on btrfs, and " + area + " is on " + type);
    }
  }

  private static List<MountInfo> mounts() throws IOException {
    return MountInfo.read(Path.of("/proc/self/mountinfo"));
  }

  private static @Nullable MountInfo holding(List<MountInfo> mounts, Path directory)
      throws IOException {
    return MountInfo.holding(mounts, directory.toRealPath().toString());
  }
}
