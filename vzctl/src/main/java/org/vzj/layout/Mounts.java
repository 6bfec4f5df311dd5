package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.proc.MountInfo;

/** What is mounted where a layout works for a moment, and may have been left by one that died. */
final class Mounts {
  private Mounts() {}

  /** Unmounts all at and below a directory, also if it is busy. */
  static void clear(PlanRunner runner, Path directory) throws VzException {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    List<Path> found = below(directory);
    for (Path point : found.reversed()) {
      plan.umount(point.toString(), true);
    }
    if (!found.isEmpty() && runner.run(plan.build()) instanceof LaunchReport.Failed failed) {
      throw new VzException(
          ExitCode.UMOUNT_FAILED, "Unable to umount " + directory + ": " + failed.text());
    }
  }

  /** Executes a plan; its failure is this error. */
  static void run(PlanRunner runner, LaunchPlan.Builder plan, ExitCode code, String message)
      throws VzException {
    if (runner.run(plan.build()) instanceof LaunchReport.Failed failed) {
      throw new VzException(code, message + ": " + failed.text());
    }
  }

  /**
   * Unmounts a snapshot wherever it is mounted.
   *
   * @throws VzException UMOUNT_SNAPSHOT, also if there are no points
   */
  static void umountAll(PlanRunner runner, List<Path> points, String what) throws VzException {
    if (points.isEmpty()) {
      throw new VzException(ExitCode.UMOUNT_SNAPSHOT, what + " is not mounted");
    }
    LaunchPlan.Builder plan = LaunchPlan.builder();
    for (Path point : points) {
      plan.umount(point.toString(), false);
    }
    run(runner, plan, ExitCode.UMOUNT_SNAPSHOT, "Unable to umount " + what);
  }

  /** Where a directory is mounted, known by the end of its path on its file system. */
  static List<Path> ofTree(String end) throws VzException {
    List<Path> found = new ArrayList<>();
    for (MountInfo mount : all()) {
      if (mount.root().endsWith("/" + end)) {
        found.add(Path.of(mount.mountPoint()));
      }
    }
    return found;
  }

  /** Where an overlay is mounted of which a directory is a layer. */
  static List<Path> ofLayer(Path layer) throws VzException {
    List<Path> found = new ArrayList<>();
    for (MountInfo mount : all()) {
      if (mount.fsType().equals("overlay")
          && (mount.superOptions() + ",").contains("lowerdir=" + layer + ":")) {
        found.add(Path.of(mount.mountPoint()));
      }
    }
    return found;
  }

  /** Tells whether something is mounted on a directory. */
  static boolean isMounted(Path directory) throws VzException {
    try {
      Path real = directory.toRealPath();
      for (Path point : below(directory)) {
        if (point.equals(real)) {
          return true;
        }
      }
    } catch (IOException e) {
      return false;
    }
    return false;
  }

  /** The device that is mounted on a directory. */
  static String source(Path directory) throws VzException {
    String found = null;
    try {
      Path real = directory.toRealPath();
      for (MountInfo mount : all()) {
        if (Path.of(mount.mountPoint()).equals(real)) {
          found = mount.source();
        }
      }
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to look at " + directory + ": " + e, e);
    }
    if (found == null) {
      throw new VzException(ExitCode.SYSTEM, "Nothing is mounted on " + directory);
    }
    return found;
  }

  /** The loop devices that are mounted, and their files, in the order of mounting. */
  static Map<String, Path> images() throws VzException {
    Map<String, Path> found = new LinkedHashMap<>();
    for (MountInfo mount : all()) {
      String file = mount.source().startsWith("/dev/loop") ? backing(mount) : "";
      if (!file.isEmpty()) {
        found.put(mount.source(), Path.of(file));
      }
    }
    return found;
  }

  /** Where an image is mounted that only the step {@code image} attaches. */
  static List<Path> ofImage(Path image) throws VzException {
    List<Path> found = new ArrayList<>();
    for (MountInfo mount : all()) {
      if (mount.source().startsWith("/dev/loop") && image.toString().equals(backing(mount))) {
        found.add(Path.of(mount.mountPoint()));
      }
    }
    return found;
  }

  private static String backing(MountInfo mount) {
    try {
      return Files.readString(
              Path.of(
                  "/sys/dev/block/" + mount.major() + ":" + mount.minor() + "/loop/backing_file"))
          .strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static List<MountInfo> all() throws VzException {
    try {
      return MountInfo.read(Path.of("/proc/self/mountinfo"));
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to look for mounts: " + e, e);
    }
  }

  /** The mount points at and below a directory, oldest first. */
  static List<Path> below(Path directory) throws VzException {
    List<Path> found = new ArrayList<>();
    try {
      Path real = directory.toRealPath();
      for (MountInfo mount : all()) {
        Path point = Path.of(mount.mountPoint());
        if (point.startsWith(real)) {
          found.add(point);
        }
      }
    } catch (NoSuchFileException e) {
      return found;
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to look for mounts: " + e, e);
    }
    return found;
  }
}
