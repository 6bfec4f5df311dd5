package org.vzj.linux.launch;

/**
 * The steps of a plan's host section that count and limit disk use, see kernel-notes/quota.md.
 * Their numbers are KB of 1024 bytes, inodes and seconds.
 */
abstract sealed class DiskSteps<B extends DiskSteps<B>> extends MountSteps<B> permits HostSteps {
  /**
   * Makes an empty directory a project: the file system counts by this id what will be made there.
   * Fails with EEXIST if the directory is another project's.
   */
  public final B project(String directory, long id) {
    return add("project", directory, Long.toString(id));
  }

  /**
   * Makes a tree a project with all that is in it, mounts excepted. Where the kernel is older than
   * 6.17, or the file system does not offer it, symbolic links and devices stay outside.
   *
   * @param all true to look at everything; false to do nothing if the directory has the id
   */
  public final B projectTree(String directory, long id, boolean all) {
    return add("project-tree", directory, Long.toString(id), all ? "all" : "needed");
  }

  /** Ends that a directory hands the project's id on; one of another project is left as it is. */
  public final B projectDrop(String directory, long id) {
    return add("project-drop", directory, Long.toString(id));
  }

  /**
   * Sets limits by the file system's quota, 0 for none. A grace time that runs goes on.
   *
   * @param path any file of the file system
   * @param kind {@code user}, {@code group} or {@code project}
   */
  public final B quota(
      String path, String kind, long id, long soft, long hard, long inodesSoft, long inodesHard) {
    return add("quota", words(path, kind, id, soft, hard, inodesSoft, inodesHard));
  }

  /**
   * As {@link #quota}, in the inside section of a plan with a gate: done on the host when the gate
   * has been passed.
   */
  public final B quotaAfterGate(
      String path, String kind, long id, long soft, long hard, long inodesSoft, long inodesHard) {
    return add("quota-after-gate", words(path, kind, id, soft, hard, inodesSoft, inodesHard));
  }

  /**
   * Sets when the grace time of an id ends.
   *
   * @param end of space, in seconds since 1970; 0 leaves it to the kernel
   * @param inodesEnd of inodes
   */
  public final B quotaClock(String path, String kind, long id, long end, long inodesEnd) {
    return add(
        "quota-clock", path, kind, Long.toString(id), Long.toString(end), Long.toString(inodesEnd));
  }

  /** Sets how many seconds soft limits may be exceeded: one number for all of a file system. */
  public final B quotaGrace(String path, String kind, long space, long inodes) {
    return add("quota-grace", path, kind, Long.toString(space), Long.toString(inodes));
  }

  /**
   * Prints what a range of ids uses and may use. The plan must be run with its output captured.
   *
   * @param first the least id
   * @param last the greatest
   */
  public final B quotaList(String path, String kind, long first, long last) {
    return add("quota-list", path, kind, Long.toString(first), Long.toString(last));
  }

  /** Limits what a subvolume of btrfs may hold, 0 for none. */
  public final B qgroup(String subvolume, long hard) {
    return add("qgroup", subvolume, Long.toString(hard));
  }

  /**
   * Prints the number of the btrfs subvolume whose root a directory is. The plan must be run with
   * its output captured.
   */
  public final B subvolume(String directory) {
    return add("subvolume", directory);
  }

  /** Makes a subvolume of btrfs. */
  public final B subvolumeCreate(String path) {
    return add("subvolume-create", path);
  }

  /** Deletes a subvolume of btrfs with all that have been made in it. */
  public final B subvolumeDelete(String path) {
    return add("subvolume-delete", path);
  }

  /** Makes a subvolume of btrfs read-only. */
  public final B subvolumeReadonly(String path) {
    return add("subvolume-readonly", path);
  }

  /**
   * Makes a snapshot of a subvolume of btrfs, and of those in it. Linux 4.18.
   *
   * @param to its path, where nothing is yet, on the same file system
   */
  public final B snapshot(String from, String to, boolean readonly) {
    return add("snapshot", from, to, readonly ? "ro" : "-");
  }

  /**
   * Prints what a tree takes, in KB and inodes, by looking at all of its files. The plan must be
   * run with its output captured. A mount inside is an error, EXDEV.
   */
  public final B treeUsage(String directory) {
    return add("tree-usage", directory);
  }

  private static String[] words(
      String path, String kind, long id, long soft, long hard, long inodesSoft, long inodesHard) {
    return new String[] {
      path,
      kind,
      Long.toString(id),
      Long.toString(soft),
      Long.toString(hard),
      Long.toString(inodesSoft),
      Long.toString(inodesHard)
    };
  }
}
