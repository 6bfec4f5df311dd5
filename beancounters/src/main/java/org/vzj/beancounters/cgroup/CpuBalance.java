package org.vzj.beancounters.cgroup;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.CpuSettings;

/**
 * Weighs all containers together against the host. They are below one group, and among each other
 * get their parts of what that gets; so it must weigh what all that are in it weigh together.
 */
final class CpuBalance {
  private static final int TRIES = 10;

  private final CgroupFiles files;
  private final Path parent;
  private final String weight;
  private final long least;
  private final long most;

  private CpuBalance(CgroupFiles files, Path parent, String weight, long least, long most) {
    this.files = files;
    this.parent = parent;
    this.weight = weight;
    this.least = least;
    this.most = most;
  }

  /**
   * The balance in a hierarchy with the cpu controller.
   *
   * @param hierarchy that hierarchy
   * @param parent name of the group above those of the containers
   */
  static CpuBalance in(CgroupFiles files, Hierarchy hierarchy, String parent) {
    Path directory = hierarchy.mountPoint().resolve(parent);
    return hierarchy.unified()
        ? new CpuBalance(files, directory, "cpu.weight", 1, 10_000)
        : new CpuBalance(files, directory, "cpu.shares", 2, 262_144);
  }

  /**
   * Sets the weight.
   *
   * @param hostUnits what the host weighs, in the units of containers: a container of as many gets
   *     as much as one ordinary group or, in v1, one task of the root group
   * @throws IOException if it cannot be set
   */
  void set(int hostUnits) throws IOException {
    Path file = parent.resolve(weight);
    // Somebody else may start or stop a container meanwhile: whoever writes last must have seen
    // all.
    for (int tries = 0; tries < TRIES; tries++) {
      long sum = sum();
      if (sum == 0) {
        return;
      }
      long wanted = Math.clamp(sum * CpuSettings.NORMAL_UNITS / hostUnits, least, most);
      if (Long.parseLong(files.read(file)) == wanted) {
        return;
      }
      files.write(file, Long.toString(wanted));
    }
  }

  private long sum() throws IOException {
    List<Path> groups;
    try {
      groups = files.children(parent);
    } catch (NoSuchFileException e) {
      return 0;
    }
    long sum = 0;
    for (Path group : groups) {
      if (Character.isDigit(group.getFileName().toString().charAt(0))) {
        sum += weight(group);
      }
    }
    return sum;
  }

  /** An idle group of v2 says 0, one of v1 the 3 that it has in truth. */
  private long weight(Path group) throws IOException {
    try {
      return Long.parseLong(files.read(group.resolve(weight)));
    } catch (NoSuchFileException e) {
      return 0; // stopped meanwhile
    } catch (IOException e) {
      if (files.exists(group)) {
        throw e;
      }
      return 0; // stopped after it was opened: ENODEV
    }
  }
}
