package org.vzj.quota;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Launcher;
import org.vzj.linux.launch.Stdio;
import org.vzj.linux.proc.MountInfo;

/**
 * The quota group of a btrfs subvolume: a hard limit of space, no soft one, no inodes.
 *
 * @param groups the directory of the file system's groups in /sys/fs/btrfs
 */
public record BtrfsQgroup(Path groups) implements DiskQuota {
  private static final Path SYS = Path.of("/sys/fs/btrfs");

  /** The inode number of every subvolume's root. */
  private static final long SUBVOLUME = 256;

  /** Finds the groups of the file system that a tree lies on. */
  static DiskQuota of(MountInfo mount, Path tree) throws IOException {
    if (Files.exists(tree)
        && !Long.valueOf(SUBVOLUME).equals(Files.getAttribute(tree, "unix:ino"))) {
      return new NoQuota(tree + " is no subvolume of btrfs: use --layout btrfs");
    }
    Path groups = groups(SYS, mount.source());
    return groups == null
        ? new NoQuota("quota of btrfs is off at " + mount.mountPoint())
        : new BtrfsQgroup(groups);
  }

  /**
   * Finds the directory of a file system's groups, which exists if its quota is on.
   *
   * @param sys where the kernel tells of btrfs: /sys/fs/btrfs
   * @param device one of the file system's devices, by whose names it is known there
   */
  public static @Nullable Path groups(Path sys, String device) throws IOException {
    if (!Files.isDirectory(sys)) {
      return null;
    }
    Path real = Files.exists(Path.of(device)) ? Path.of(device).toRealPath() : Path.of(device);
    String name = String.valueOf(real.getFileName());
    try (DirectoryStream<Path> systems = Files.newDirectoryStream(sys)) {
      for (Path system : systems) {
        if (Files.exists(system.resolve("devices").resolve(name))) {
          Path groups = system.resolve("qgroups");
          return Files.isDirectory(groups) ? groups : null;
        }
      }
    }
    return null;
  }

  @Override
  public String missing() {
    return "";
  }

  @Override
  public void begin(LaunchPlan.Builder plan, Path tree, long id, QuotaLimits limits) {}

  @Override
  public void filled(LaunchPlan.Builder plan, Path tree, QuotaLimits limits) {
    plan.qgroup(tree.toString(), limits.kernel(false).hard());
  }

  @Override
  public void resume(LaunchPlan.Builder plan, Path tree, QuotaUse last) {}

  @Override
  public void claimTree(LaunchPlan.Builder plan, Path tree, long id, boolean all) {}

  @Override
  public void limit(
      LaunchPlan.Builder plan, Path tree, long id, QuotaLimits limits, boolean raised) {
    plan.qgroup(tree.toString(), limits.kernel(false).hard());
  }

  @Override
  public void limitAfterGate(LaunchPlan.Builder plan, Path tree, long id, QuotaLimits limits) {}

  @Override
  public void release(LaunchPlan.Builder plan, Path tree, long id) {
    if (Files.isDirectory(tree)) {
      plan.qgroup(tree.toString(), 0);
    }
  }

  @Override
  public QuotaUse use(Launcher launcher, Path tree, long id) throws IOException {
    Stdio stdio = Stdio.captured(new byte[0]);
    LaunchPlan plan = LaunchPlan.builder().subvolume(tree.toString()).build();
    if (launcher.run(plan, stdio) instanceof LaunchReport.Failed failed) {
      throw new IOException(failed.message());
    }
    return read(groups.resolve("0_" + stdio.outText().strip()), id);
  }

  /** Reads what the kernel counts of one group. */
  static QuotaUse read(Path group, long id) throws IOException {
    boolean limited = (number(group, "limit_flags") & 1) != 0;
    long hard = limited ? number(group, "max_referenced") >> 10 : 0;
    return new QuotaUse(
        id, number(group, "referenced"), 0, new DiskLimit(0, hard), new DiskLimit(0, 0), 0, 0);
  }

  private static long number(Path group, String name) throws IOException {
    String text = Files.readString(group.resolve(name), StandardCharsets.US_ASCII).strip();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException(group.resolve(name) + ": " + text, e);
    }
  }
}
