package org.vzj.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.proc.Filesystems;
import org.vzj.linux.proc.MountInfo;
import org.vzj.linux.process.CommandResult;

/** Where containers lie. */
final class PlaceProbes {
  private static final String SOURCE = "vz.conf and /proc/self/mountinfo";
  private static final long GIGABYTE = 1L << 30;

  /** What a Debian with some services has. */
  private static final long FILES_OF_ONE = 30_000;

  /** Known to keep owners, device nodes, file capabilities and hard links, and to stay. */
  private static final Set<String> GOOD =
      Set.of("ext4", "ext3", "xfs", "btrfs", "zfs", "f2fs", "bcachefs");

  private PlaceProbes() {}

  static List<Probe> all() {
    return List.of(
        new Probe(
            Area.STORAGE,
            "private areas",
            Need.FEATURE,
            "the files of containers",
            SOURCE,
            host -> type(Place.of(host, "VE_PRIVATE"))),
        new Probe(
            Area.STORAGE,
            "mount options",
            Need.ESSENTIAL,
            "programs and device nodes of containers",
            SOURCE,
            host -> options(Place.of(host, "VE_PRIVATE"))),
        new Probe(
            Area.STORAGE,
            "free space",
            Need.FEATURE,
            "creating containers",
            "statvfs of VE_PRIVATE",
            PlaceProbes::space),
        new Probe(
            Area.STORAGE,
            "free inodes",
            Need.FEATURE,
            "creating containers",
            "stat -f of VE_PRIVATE",
            PlaceProbes::inodes),
        new Probe(
            Area.STORAGE,
            "way to the roots",
            Need.FEATURE,
            "a container's root is an ordinary user on the way to its own tree",
            "modes of the directories above VE_ROOT",
            PlaceProbes::way),
        new Probe(
            Area.STORAGE,
            "overlayfs",
            Need.FEATURE,
            "containers that share a template's files: --layout overlay",
            "/proc/filesystems, then CONFIG_OVERLAY_FS",
            PlaceProbes::overlay),
        new Probe(
            Area.STORAGE,
            "loop devices",
            Need.HINT,
            "containers in images: --layout ploop",
            "/dev/loop-control",
            host ->
                host.exists("/dev/loop-control")
                    ? Finding.ok("there")
                    : Finding.missing("/dev/loop-control is not there", "modprobe loop")),
        new Probe(
            Area.STORAGE,
            "FUSE",
            Need.FEATURE,
            "lxcfs",
            "/proc/filesystems, then CONFIG_FUSE_FS",
            host -> fileSystem(host, "fuse", "CONFIG_FUSE_FS")));
  }

  static Finding type(@Nullable Place place) {
    if (place == null) {
      return unset();
    }
    MountInfo mount = place.mount();
    if (mount == null) {
      return Finding.limited("the mount of " + place.existing() + " is not seen", "");
    }
    String where = mount.fsType() + " at " + mount.mountPoint();
    if (GOOD.contains(mount.fsType())) {
      return Finding.ok(where);
    }
    return mount.fsType().equals("tmpfs")
        ? Finding.limited(where + ": gone at the next boot", "put VE_PRIVATE on a disk")
        : Finding.limited(
            where + ": may not keep owners, device nodes or file capabilities",
            "put VE_PRIVATE on ext4, xfs or btrfs");
  }

  static Finding options(@Nullable Place place) {
    MountInfo mount = place == null ? null : place.mount();
    if (mount == null) {
      return unset();
    }
    List<String> options = Lines.items(mount.options());
    List<String> fatal = new ArrayList<>();
    for (String option : new String[] {"ro", "nodev", "noexec"}) {
      if (options.contains(option)) {
        fatal.add(option);
      }
    }
    String point = mount.mountPoint();
    if (!fatal.isEmpty()) {
      String undo = String.join(",", fatal).replace("no", "").replace("ro", "rw");
      return Finding.missing(
          point + " is mounted " + String.join(",", fatal),
          "mount -o remount," + undo + " " + point);
    }
    return options.contains("nosuid")
        ? Finding.limited(
            point + " is mounted nosuid: su, sudo and ping fail inside",
            "mount -o remount,suid " + point)
        : Finding.ok(mount.options());
  }

  private static Finding unset() {
    return Finding.limited("VE_PRIVATE is not known", "set VE_PRIVATE in vz.conf");
  }

  private static Finding space(HostView host) throws IOException {
    Place place = Place.of(host, "VE_PRIVATE");
    if (place == null) {
      return unset();
    }
    var file = place.existing().toFile();
    return space(file.getUsableSpace(), file.getTotalSpace());
  }

  static Finding space(long free, long total) {
    String some = free >= 10 * GIGABYTE ? free / GIGABYTE + " GB" : (free >> 20) + " MB";
    String fact = some + " of " + total / GIGABYTE + " GB";
    return free < GIGABYTE
        ? Finding.limited(fact + " free", "make room, or put VE_PRIVATE elsewhere")
        : Finding.ok(fact + " free");
  }

  private static Finding inodes(HostView host) throws IOException {
    Place place = Place.of(host, "VE_PRIVATE");
    return place == null
        ? unset()
        : inodes(host.run(List.of("stat", "-f", "-c", "%c %d", "--", place.existing().toString())));
  }

  /** {@code total free}; file systems that make inodes as needed say 0. */
  static Finding inodes(CommandResult result) throws IOException {
    List<String> words = Lines.words(result.out());
    long total = words.size() == 2 ? Lines.number(words.get(0)) : -1;
    long free = words.size() == 2 ? Lines.number(words.get(1)) : -1;
    if (!result.ok() || total < 0 || free < 0) {
      throw new IOException("stat: " + result.err().strip());
    }
    if (total == 0) {
      return Finding.ok("made as needed");
    }
    return free < FILES_OF_ONE
        ? Finding.limited(free + " of " + total + " free", "put VE_PRIVATE elsewhere")
        : Finding.ok(free + " of " + total + " free");
  }

  private static Finding way(HostView host) throws IOException {
    Place place = Place.of(host, "VE_ROOT");
    if (place == null) {
      return Finding.limited("VE_ROOT is not known", "set VE_ROOT in vz.conf");
    }
    for (Path at = place.existing(); at != null; at = at.getParent()) {
      if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return Finding.limited(
            "others may not pass " + at, "chmod o+x " + Lines.quoted(List.of(at.toString())));
      }
    }
    return Finding.ok("others may pass to " + place.existing());
  }

  private static Finding overlay(HostView host) throws IOException {
    DottedVersion kernel = host.kernel();
    return kernel != null && !kernel.atLeast(5, 19)
        ? Finding.missing("it takes layers with shifted ids from Linux 5.19 on", "")
        : fileSystem(host, "overlay", "CONFIG_OVERLAY_FS");
  }

  private static Finding fileSystem(HostView host, String type, String option) throws IOException {
    String text = host.text("/proc/filesystems");
    return text != null && Filesystems.parse(text).contains(type)
        ? Finding.ok("there")
        : KernelProbes.part(host, option, type);
  }
}
