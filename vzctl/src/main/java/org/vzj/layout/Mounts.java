package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** The mount points at and below a directory, oldest first. */
  static List<Path> below(Path directory) throws VzException {
    List<Path> found = new ArrayList<>();
    try {
      Path real = directory.toRealPath();
      for (MountInfo mount : MountInfo.read(Path.of("/proc/self/mountinfo"))) {
        Path point = Path.of(mount.mountPoint());
        if (point.startsWith(real)) {
          found.add(point);
        }
      }
    } catch (java.nio.file.NoSuchFileException e) {
      return found;
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to look for mounts: " + e, e);
    }
    return found;
  }
}
