package org.vzj.linux.sysfs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.proc.MountInfo;

/**
 * Finds the block devices that hold a file: those that its file system lies on, and through loop
 * devices, partitions, device mapper (LVM, encryption) and md the disks below them, see the
 * kernel's ABI/testing/sysfs-block and sysfs-dev.
 */
public final class BackingDisks {
  /** A loop device in a file on a loop device … ends somewhere. */
  private static final int DEEPEST = 16;

  private final Path sys;
  private final Path mountinfo;

  /**
   * @param sys where sysfs is mounted
   * @param mountinfo the mounts, /proc/self/mountinfo
   */
  public BackingDisks(Path sys, Path mountinfo) {
    this.sys = sys;
    this.mountinfo = mountinfo;
  }

  /** The disks of this machine. */
  public static BackingDisks here() {
    return new BackingDisks(Path.of("/sys"), Path.of("/proc/self/mountinfo"));
  }

  /**
   * The devices that the file system of a file lies on: one, or several of btrfs. A partition
   * stands for its disk.
   *
   * @param file a file that exists
   * @return none if it is on no disk: on tmpfs, NFS and the like
   * @throws IOException if the file is not there or the kernel does not tell
   */
  public List<Disk> under(Path file) throws IOException {
    return under(file, 0);
  }

  /**
   * The disks right at the bottom, through everything that lies in between.
   *
   * @param disk one of {@link #under}
   * @return itself if there is nothing below it
   * @throws IOException if the kernel does not tell
   */
  public List<Disk> below(Disk disk) throws IOException {
    List<Disk> found = new ArrayList<>();
    descend(disk, found, 0);
    return found;
  }

  /**
   * Tells whether a device passes what it gets on to others, as LVM volumes and arrays do.
   *
   * @param numbers major and minor, as {@code 253:0}
   * @return false also for one that is not there
   */
  public boolean isStacked(String numbers) {
    String[] slaves = device(numbers).resolve("slaves").toFile().list();
    return slaves != null && slaves.length > 0;
  }

  private List<Disk> under(Path file, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException(file + ": file systems in files too deep");
    }
    Path device = device(numbers((Long) Files.getAttribute(file, "unix:dev")));
    if (Files.exists(device)) {
      return List.of(whole(device));
    }
    // File systems without a device number of their own: btrfs, overlay, network.
    MountInfo mount = mount(file.toRealPath());
    return switch (mount.fsType()) {
      case "btrfs" -> btrfs(mount.source());
      case "overlay" -> {
        String upper = option(mount.superOptions(), "upperdir=");
        yield upper == null || !Files.exists(Path.of(upper))
            ? List.of()
            : under(Path.of(upper), depth + 1);
      }
      default -> List.of();
    };
  }

  /** Numbers as the kernel packs them for stat(2): 12 bits of major, 20 of minor. */
  static String numbers(long device) {
    long major = ((device >> 8) & 0xfff) | ((device >> 32) & ~0xfffL);
    long minor = (device & 0xff) | ((device >> 12) & ~0xffL);
    return major + ":" + (minor & 0xfffffL);
  }

  private Path device(String numbers) {
    return sys.resolve("dev/block").resolve(numbers);
  }

  private Disk whole(Path device) throws IOException {
    Path real = device.toRealPath();
    if (Files.exists(real.resolve("partition"))) {
      real = real.resolveSibling(".").normalize();
    }
    return new Disk(read(real.resolve("dev")), real.getFileName().toString(), scheduler(real));
  }

  /** {@code none [mq-deadline] bfq}; devices that only pass on have {@code none} or no file. */
  private static @Nullable String scheduler(Path device) throws IOException {
    Path file = device.resolve("queue/scheduler");
    String text = Files.exists(file) ? read(file) : "";
    int open = text.indexOf('[');
    int close = text.indexOf(']');
    return open < 0 || close < open ? null : text.substring(open + 1, close);
  }

  private MountInfo mount(Path file) throws IOException {
    MountInfo found = MountInfo.holding(MountInfo.read(mountinfo), file.toString());
    if (found == null) {
      throw new NoSuchFileException(file + ": no mount holds it");
    }
    return found;
  }

  /** One of the devices of a btrfs is the source of its mounts; sysfs lists the others with it. */
  private List<Disk> btrfs(String source) throws IOException {
    Path first = Path.of(source);
    String name = Files.exists(first) ? first.toRealPath().getFileName().toString() : "";
    Path all = sys.resolve("fs/btrfs");
    if (!Files.isDirectory(all) || name.isEmpty()) {
      return List.of();
    }
    try (DirectoryStream<Path> systems = Files.newDirectoryStream(all)) {
      for (Path system : systems) {
        Path devices = system.resolve("devices");
        if (Files.exists(devices.resolve(name))) {
          return wholes(devices);
        }
      }
    }
    return List.of();
  }

  /** The devices that a directory has links to. */
  private List<Disk> wholes(Path directory) throws IOException {
    List<Disk> disks = new ArrayList<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(directory)) {
      for (Path link : links) {
        Disk disk = whole(link);
        if (!disks.contains(disk)) {
          disks.add(disk);
        }
      }
    }
    return disks;
  }

  private void descend(Disk disk, List<Disk> found, int depth) throws IOException {
    List<Disk> next = next(device(disk.numbers()), depth);
    if (next.isEmpty() && !found.contains(disk)) {
      found.add(disk);
    }
    for (Disk one : next) {
      descend(one, found, depth + 1);
    }
  }

  private List<Disk> next(Path device, int depth) throws IOException {
    if (depth > DEEPEST) {
      return List.of();
    }
    Path image = device.resolve("loop/backing_file");
    if (Files.exists(image)) {
      Path file = Path.of(read(image));
      return Files.exists(file) ? under(file, depth + 1) : List.of(); // It may be deleted by now.
    }
    Path slaves = device.resolve("slaves");
    return Files.isDirectory(slaves) ? wholes(slaves) : List.of();
  }

  private static @Nullable String option(String options, String name) {
    for (String option : options.split(",", -1)) {
      if (option.startsWith(name)) {
        return option.substring(name.length());
      }
    }
    return null;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).strip();
  }
}
