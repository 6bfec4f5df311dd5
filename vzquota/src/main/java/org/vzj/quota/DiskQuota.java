package org.vzj.quota;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.Launcher;
import org.vzj.linux.proc.MountInfo;

/**
 * Limits of what a directory tree takes of its file system. What is changed is added to a plan as
 * steps, so that it costs no process of its own where there is a plan anyway. The kernel keeps the
 * account: nothing here is ever out of date, also not after a crash.
 */
public sealed interface DiskQuota permits ProjectQuota, BtrfsQgroup, NoQuota {
  /**
   * Finds out what can limit a tree.
   *
   * @param mounts the mounts of the machine, in the kernel's order
   * @param tree a directory; if it does not exist, one above it counts
   * @throws IOException if it cannot be looked at
   */
  static DiskQuota of(List<MountInfo> mounts, Path tree) throws IOException {
    Path existing = QuotaPlace.existing(tree);
    MountInfo mount = MountInfo.holding(mounts, existing.toString());
    if (mount == null) {
      return new NoQuota("no mount is known for " + tree);
    }
    return switch (mount.fsType()) {
      case "ext4", "xfs", "f2fs" ->
          QuotaPlace.hasProjectQuota(mount)
              ? new ProjectQuota(existing, mount.mountPoint())
              : new NoQuota("project quota is off at " + mount.mountPoint());
      case "btrfs" -> BtrfsQgroup.of(mount, tree);
      default ->
          new NoQuota(
              mount.mountPoint() + " is " + mount.fsType() + ", which has no project quota");
    };
  }

  /** Why nothing can be limited; empty if it can. */
  String missing();

  /** Adds the steps that make an empty tree the container's, and limit it while it is filled. */
  void begin(LaunchPlan.Builder plan, Path tree, long id, QuotaLimits limits);

  /** Adds the steps that limit a new tree that could not be limited before there were files. */
  void filled(LaunchPlan.Builder plan, Path tree, QuotaLimits limits);

  /**
   * Adds the steps that make a tree with files in it the container's.
   *
   * @param all look at everything, also if the tree's root is the container's already
   */
  void claimTree(LaunchPlan.Builder plan, Path tree, long id, boolean all);

  /**
   * Adds the steps that set limits.
   *
   * @param raised with the little more that a start's scripts are given
   */
  void limit(LaunchPlan.Builder plan, Path tree, long id, QuotaLimits limits, boolean raised);

  /** Adds the step that ends the raise of {@link #limit} when a gate has been passed. */
  void limitAfterGate(LaunchPlan.Builder plan, Path tree, long id, QuotaLimits limits);

  /** Adds the step that lets grace times end when they would have, had the quota not been off. */
  void resume(LaunchPlan.Builder plan, Path tree, QuotaUse last);

  /**
   * Adds the steps that end all limits. What is used is counted further on.
   *
   * @param tree the tree; it may be gone
   */
  void release(LaunchPlan.Builder plan, Path tree, long id);

  /**
   * Reads what the kernel counts.
   *
   * @throws IOException with the kernel's reason if it does not tell
   */
  QuotaUse use(Launcher launcher, Path tree, long id) throws IOException;
}
