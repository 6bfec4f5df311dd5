package org.vzj.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.linux.proc.MountInfo;

/** The mount points of the host at one moment, in the order of mounting. */
final class HostMounts {
  private final List<Path> points;

  private HostMounts(List<Path> points) {
    this.points = points;
  }

  /** Reads /proc/self/mountinfo. */
  public static HostMounts read() {
    List<Path> points = new ArrayList<>();
    try {
      for (MountInfo mount : MountInfo.read(Path.of("/proc/self/mountinfo"))) {
        points.add(Path.of(mount.mountPoint()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("without /proc nothing can be told of this host", e);
    }
    return new HostMounts(points);
  }

  /** Tells whether something is mounted exactly there. */
  public boolean contains(Path point) {
    return points.contains(real(point));
  }

  /**
   * Returns the mount points at and below a directory, oldest first; one mounted twice is there
   * twice.
   */
  public List<Path> below(Path directory) {
    Path top = real(directory);
    List<Path> found = new ArrayList<>();
    for (Path point : points) {
      if (point.startsWith(top)) {
        found.add(point);
      }
    }
    return found;
  }

  /**
   * The kernel lists mount points with symbolic links resolved, and /vz is often a link to a larger
   * disk. The last component is looked at as well: mount(2) follows it too.
   */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
