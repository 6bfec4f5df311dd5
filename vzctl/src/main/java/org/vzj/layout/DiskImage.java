package org.vzj.layout;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.FileSystemSpace;
import org.vzj.linux.file.OpenFlag;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.process.CommandResult;

/**
 * A raw image with an ext4 file system in a file.
 *
 * @param file where it is
 * @param runner executes plans on this host
 */
record DiskImage(Path file, PlanRunner runner) {
  /** ext4's largest and most usual block, which a size is a multiple of. */
  private static final long BLOCK = 4096;

  /** No file system of use is smaller. */
  private static final long SMALLEST = 16L << 20;

  private static final String UNFINISHED = ".tmp";

  /** What another is being made of in its place. */
  static final String RESIZING = ".resizing";

  /** Mount options that are flags of the mount, not of ext4. */
  private static final String[] FLAGS = {"ro", "nosuid", "nodev", "noexec", "noatime", "relatime"};

  /** What is done while it is mounted. */
  interface Work {
    void at(Path point) throws IOException, VzException;
  }

  /** Returns the bytes of a disk that is to have so many KB. */
  static long rounded(long kb) {
    if (kb <= 0 || kb > Long.MAX_VALUE / 2048) {
      return 0;
    }
    return Math.max(SMALLEST, (kb * 1024 + BLOCK - 1) / BLOCK * BLOCK);
  }

  /**
   * Makes it, sparse, with a file system that gives root no reserve: its root is a guest, too.
   *
   * @param full whether all of its space is taken now
   */
  void create(long bytes, boolean full) throws IOException, VzException {
    createEmpty(bytes, full);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("mkfs.ext4", "-q", "-F", "-b", Long.toString(BLOCK), "-m", "0"));
    // Project ids have no room in the small inodes that a small file system would get.
    command.addAll(List.of("-e", "remount-ro", "-I", "256", "-O", "quota,project"));
    command.addAll(
        List.of(
            "-E", "lazy_itable_init=1,lazy_journal_init=1,quotatype=usrquota:grpquota:prjquota"));
    if (full) {
      command.addAll(List.of("-E", "nodiscard"));
    }
    command.add(file.toString());
    Programs.run(ExitCode.CREATE_IMAGE, command.toArray(String[]::new));
  }

  /** Makes it without anything in it. */
  void createEmpty(long bytes, boolean full) throws IOException, VzException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    setSize(bytes);
    if (full) {
      Programs.run(ExitCode.CREATE_IMAGE, "fallocate", "-l", Long.toString(bytes), file.toString());
    }
  }

  /**
   * Changes the length of the file, on the disk as well: what is new is a hole. A file system that
   * is longer than its file could not be mounted after a power cut.
   */
  void setSize(long bytes) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(bytes);
      open.getFD().sync();
    }
  }

  /**
   * Returns the options with which it is mounted: what quota it was made for, and others.
   *
   * @param wanted the administrator's, empty for none
   */
  String options(String wanted) throws IOException {
    ExtSuperblock superblock = ExtSuperblock.read(file);
    if (superblock == null || !superblock.quota()) {
      return wanted;
    }
    return "usrquota,grpquota"
        + (superblock.projects() ? ",prjquota" : "")
        + (wanted.isEmpty() ? "" : ",")
        + wanted;
  }

  /** How many bytes of the host's disk it takes. */
  long allocated() throws VzException {
    String blocks = Programs.run(ExitCode.SYSTEM, "stat", "-c", "%b %B", file.toString()).strip();
    int space = blocks.indexOf(' ');
    return Long.parseLong(blocks.substring(0, space)) * Long.parseLong(blocks.substring(space + 1));
  }

  /**
   * Adds the step that mounts it.
   *
   * @param flags of the step
   * @param options comma list, flags of the mount among them; empty for none
   */
  void addMount(LaunchPlan.Builder plan, Path point, String flags, String options) {
    StringBuilder own = new StringBuilder(flags.equals("-") ? "" : flags);
    StringBuilder data = new StringBuilder();
    int from = 0;
    while (from < options.length()) {
      int comma = options.indexOf(',', from);
      int end = comma < 0 ? options.length() : comma;
      String option = options.substring(from, end);
      StringBuilder list = isFlag(option) ? own : data;
      if (!option.isEmpty() && !option.equals("defaults")) {
        list.append(list.isEmpty() ? "" : ",").append(option);
      }
      from = end + 1;
    }
    plan.image(
        file.toString(),
        point.toString(),
        "ext4",
        own.isEmpty() ? "-" : own.toString(),
        data.isEmpty() ? "-" : data.toString());
  }

  private static boolean isFlag(String option) {
    for (String flag : FLAGS) {
      if (flag.equals(option)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Mounts it. A new file system of which the kernel cannot keep quota loses that feature.
   *
   * @throws VzException MOUNT_IMAGE
   */
  void mount(Path point, String flags, String options) throws VzException {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    addMount(plan, point, flags, options);
    plan.mount("-", point.toString(), "-", "private", "-");
    LaunchReport report = runner.run(plan.build());
    if (report instanceof LaunchReport.Failed && options.startsWith("usrquota")) {
      CommandResult changed =
          Programs.result(
              ExitCode.MOUNT_IMAGE, "tune2fs", "-O", "^quota,^project", file.toString());
      if (changed.ok()) {
        mount(point, flags, "");
        return;
      }
    }
    if (report instanceof LaunchReport.Failed failed) {
      throw new VzException(
          ExitCode.MOUNT_IMAGE, "Unable to mount image " + file + ": " + failed.text());
    }
  }

  /** Mounts it on a directory that is made for that, and takes all away again. */
  void whileMounted(Path point, Work work) throws IOException, VzException {
    Mounts.clear(runner, point);
    Files.createDirectories(point);
    mount(point, "-", options(""));
    try {
      work.at(point);
    } finally {
      Mounts.clear(runner, point);
      Files.deleteIfExists(point);
    }
  }

  /**
   * Copies it to another file, of which there is the old one or all of the new one at any time. The
   * holes stay holes; on a file system that can share blocks nothing is copied.
   *
   * @param frozen where it is mounted: it is not written to meanwhile; null if it is not
   */
  void copyTo(Path other, @Nullable Path frozen) throws IOException, VzException {
    Path unfinished = other.resolveSibling(other.getFileName() + UNFINISHED);
    Files.deleteIfExists(unfinished);
    String copy = "cp --reflink=auto --sparse=always \"$1\" \"$2\" && sync \"$2\"";
    // A shell does it all: if we are killed it still thaws what it has frozen.
    String script =
        frozen == null
            ? copy
            : "fsfreeze -f \"$3\" || exit; " + copy + "; s=$?; fsfreeze -u \"$3\"; exit $s";
    try {
      Programs.run(
          ExitCode.CREATE_SNAPSHOT,
          "sh",
          "-c",
          script,
          "sh",
          file.toString(),
          unfinished.toString(),
          String.valueOf(frozen));
      Files.move(unfinished, other, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Removes what a killed command was copying. */
  void removeUnfinished() throws IOException {
    String prefix = file.getFileName() + ".";
    try (DirectoryStream<Path> files = Files.newDirectoryStream(file.resolveSibling("."))) {
      for (Path entry : files) {
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(prefix) && (name.endsWith(UNFINISHED) || name.endsWith(RESIZING))) {
          Files.delete(entry);
        }
      }
    } catch (NoSuchFileException e) {
      // No images at all: that is for others to say.
    }
  }

  /** How full a mounted one is. */
  static DiskUsage mountedUsage(Path root) throws IOException {
    try (FileCalls calls = new FileCalls()) {
      int fd =
          calls.open(FileCalls.AT_FDCWD, root.toString(), OpenFlag.RDONLY | OpenFlag.DIRECTORY, 0);
      try {
        FileSystemSpace space = calls.space(fd);
        return new DiskUsage(
            (space.totalBytes() - space.availableBytes()) / 1024,
            space.totalBytes() / 1024,
            space.inodes() - space.freeInodes(),
            space.inodes());
      } finally {
        calls.close(fd);
      }
    }
  }

  /** The guids of the snapshots beside it, in the order of their names. */
  List<String> snapshots() throws IOException {
    List<String> guids = new ArrayList<>();
    String prefix = file.getFileName() + ".";
    try (DirectoryStream<Path> files = Files.newDirectoryStream(file.resolveSibling("."))) {
      for (Path entry : files) {
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(prefix + "{") && name.endsWith("}")) {
          guids.add(name.substring(prefix.length()));
        }
      }
    }
    guids.sort(null);
    return guids;
  }
}
