package org.vzj.linux.launch;

import java.util.ArrayList;
import java.util.List;

/** Steps that make file systems appear, and take them away. */
abstract sealed class MountSteps<B extends MountSteps<B>> permits DiskSteps {
  final List<Step> steps = new ArrayList<>();

  abstract B self();

  final B add(String verb, String... words) {
    steps.add(new Step(verb, List.of(words)));
    return self();
  }

  static String octal(int mode) {
    return Integer.toOctalString(mode);
  }

  /**
   * Mounts, on the host or inside. Inside, and before {@code pivot}, a target or source below the
   * new root is looked up as if the root were already changed.
   *
   * @param source device or path, {@code -} for none
   * @param target path of the mount point
   * @param fstype file system type, {@code -} for none
   * @param flags comma list of bind rbind ro nosuid nodev noexec noatime relatime remount private
   *     rprivate slave rslave, or {@code -}; with {@code bind}, {@code ro} and the others after it
   *     are applied by a second mount(2)
   * @param data options of the file system, {@code -} for none
   */
  public final B mount(String source, String target, String fstype, String flags, String data) {
    return add("mount", source, target, fstype, flags, data);
  }

  /**
   * Unmounts; never follows a symbolic link.
   *
   * @param lazy MNT_DETACH: also if busy
   */
  public final B umount(String target, boolean lazy) {
    return add("umount", target, lazy ? "detach" : "-");
  }

  /** Fails with EBUSY if something is mounted on a path. */
  public final B unmounted(String path) {
    return add("unmounted", path);
  }

  /**
   * Mounts an overlay file system whose lower layer is seen with shifted ids, on the host. Linux
   * 5.19, or 4.18 if the ids are not shifted.
   *
   * @param lower the directory that is read; it may be the lower layer of many
   * @param place an empty directory that stands for it while this is done; {@code data} names it as
   *     the lowerdir
   * @param uid what user id 0 of the lower layer's files is seen as; 0: none is shifted
   * @param gid the same of group ids
   * @param count ids that are shifted
   * @param data options of overlayfs
   */
  public final B overlay(
      String lower, String place, String target, long uid, long gid, int count, String data) {
    return add(
        "overlay",
        lower,
        place,
        target,
        Long.toString(uid),
        Long.toString(gid),
        Integer.toString(count),
        data);
  }

  /**
   * Mounts the file system in an image file, on the host. The loop device goes with the mount.
   * Fails with EBUSY if the image is mounted already, unless that and this are read-only. Linux
   * 5.8.
   *
   * @param flags as for {@link #mount}
   * @param data options of the file system, {@code -} for none
   */
  public final B image(String file, String target, String fstype, String flags, String data) {
    return add("image", file, target, fstype, flags, data);
  }

  /**
   * Shows a directory elsewhere with shifted ids, on the host; not what is mounted below it. Linux
   * 5.12, on btrfs 5.15. The host's root makes files there as user {@code count} of the disk.
   *
   * @param source the directory
   * @param target a mount point; if it is the source, what is shown takes the place of the mount
   *     there
   * @param uid what user id 0 of the files is seen as, not 0
   * @param gid the same of group ids
   * @param count ids that are shifted
   * @param flags comma list of ro nosuid nodev noexec, or {@code -}
   */
  public final B idmap(String source, String target, long uid, long gid, int count, String flags) {
    return add(
        "idmap",
        source,
        target,
        Long.toString(uid),
        Long.toString(gid),
        Integer.toString(count),
        flags);
  }
}
