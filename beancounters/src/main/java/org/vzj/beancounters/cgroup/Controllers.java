package org.vzj.beancounters.cgroup;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.CpuControl;
import org.vzj.beancounters.cgroup.controller.CpusetControl;
import org.vzj.beancounters.cgroup.controller.DevicesControl;
import org.vzj.beancounters.cgroup.controller.FreezerControl;
import org.vzj.beancounters.cgroup.controller.IoControl;
import org.vzj.beancounters.cgroup.controller.MemoryControl;
import org.vzj.beancounters.cgroup.controller.PidsControl;

/**
 * The controllers of one group, each in whichever hierarchy the host has it; null where it has it
 * in none. A controller of v1 wins: one that is there is not offered by v2.
 */
public final class Controllers {
  private final CgroupFiles files;
  private final List<Hierarchy> hierarchies;
  private final String name;

  /**
   * @param hierarchies those of the host; v2 is the last
   * @param name the group's path below each of their roots
   */
  Controllers(CgroupFiles files, List<Hierarchy> hierarchies, String name) {
    this.files = files;
    this.hierarchies = hierarchies;
    this.name = name;
  }

  /** Processes and threads. */
  public @Nullable PidsControl pids() {
    Path v1 = v1("pids");
    if (v1 != null) {
      return new org.vzj.beancounters.cgroup.v1.Pids(files, v1);
    }
    Path v2 = v2("pids");
    return v2 == null ? null : new org.vzj.beancounters.cgroup.v2.Pids(files, v2);
  }

  /** Memory. */
  public @Nullable MemoryControl memory() {
    Path v1 = v1("memory");
    if (v1 != null) {
      return new org.vzj.beancounters.cgroup.v1.Memory(files, v1);
    }
    Path v2 = v2("memory");
    return v2 == null ? null : new org.vzj.beancounters.cgroup.v2.Memory(files, v2);
  }

  /** Device rules, which every v2 hierarchy has. */
  @Nullable DevicesControl devices() {
    Path v1 = v1("devices");
    if (v1 != null) {
      return new org.vzj.beancounters.cgroup.v1.Devices(files, v1);
    }
    Path v2 = unified();
    return v2 == null ? null : new org.vzj.beancounters.cgroup.v2.Devices(v2);
  }

  /** Freezing, which every v2 hierarchy has. */
  @Nullable FreezerControl freezer() {
    Path v1 = v1("freezer");
    if (v1 != null) {
      return new org.vzj.beancounters.cgroup.v1.Freezer(files, v1);
    }
    Path v2 = unified();
    return v2 == null ? null : new org.vzj.beancounters.cgroup.v2.Freezer(files, v2);
  }

  /** CPU time. */
  public @Nullable CpuControl cpu() {
    Path v1 = v1("cpu");
    if (v1 != null) {
      return new org.vzj.beancounters.cgroup.v1.Cpu(files, v1);
    }
    Path v2 = v2("cpu");
    return v2 == null ? null : new org.vzj.beancounters.cgroup.v2.Cpu(files, v2);
  }

  /** CPUs and memory nodes. */
  public @Nullable CpusetControl cpuset() {
    Path v1 = v1("cpuset");
    if (v1 != null) {
      return new org.vzj.beancounters.cgroup.v1.Cpuset(files, v1);
    }
    Path v2 = v2("cpuset");
    return v2 == null ? null : new org.vzj.beancounters.cgroup.v2.Cpuset(files, v2);
  }

  /** Disk I/O. */
  public @Nullable IoControl io() {
    Path v1 = v1("blkio");
    if (v1 != null) {
      return new org.vzj.beancounters.cgroup.v1.Blkio(files, v1);
    }
    Path v2 = v2("io");
    return v2 == null ? null : new org.vzj.beancounters.cgroup.v2.Io(files, v2);
  }

  /** Taking memory back, or null if this kernel cannot. */
  public @Nullable MemoryReclaim reclaim() {
    MemoryControl memory = memory();
    Path v1 = v1("memory");
    Path group = v1 == null ? unified() : v1;
    if (memory == null || group == null) {
      return null;
    }
    Path file = group.resolve(v1 == null ? "memory.reclaim" : "memory.force_empty");
    return files.exists(file) ? new MemoryReclaim(files, memory, file, v1 != null) : null;
  }

  /** What it uses, of whatever the host counts. */
  public Meter meter() {
    return new Meter(files, this);
  }

  /** The group's directory in the v1 hierarchy of a controller, or null. */
  @Nullable Path v1(String controller) {
    for (Hierarchy hierarchy : hierarchies) {
      if (!hierarchy.unified() && hierarchy.has(controller)) {
        return directory(hierarchy);
      }
    }
    return null;
  }

  /** The group's directory in the v2 hierarchy if that offers a controller, or null. */
  @Nullable Path v2(String controller) {
    Path unified = unified();
    return unified != null && hierarchies.getLast().has(controller) ? unified : null;
  }

  /** The group's directory in the v2 hierarchy, or null. */
  @Nullable Path unified() {
    return !hierarchies.isEmpty() && hierarchies.getLast().unified()
        ? directory(hierarchies.getLast())
        : null;
  }

  private Path directory(Hierarchy hierarchy) {
    return hierarchy.mountPoint().resolve(name);
  }
}
