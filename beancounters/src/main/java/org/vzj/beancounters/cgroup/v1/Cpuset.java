package org.vzj.beancounters.cgroup.v1;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.CpusetControl;
import org.vzj.beancounters.cgroup.controller.CpusetSettings;

/**
 * The cpuset controller of v1. There is no word for "all": that is what the group above has, and a
 * CPU that comes later is in no group but the root's. See the kernel's
 * admin-guide/cgroup-v1/cpusets.
 */
public final class Cpuset implements CpusetControl {
  private static final String CPUS = "cpuset.cpus";
  private static final String NODES = "cpuset.mems";

  private final CgroupFiles files;
  private final Path root;
  private final Path above;
  private final Path group;

  /**
   * The cpuset controller of a group.
   *
   * @param files how to reach it
   * @param group its directory in the cpuset hierarchy, two below the root
   */
  public Cpuset(CgroupFiles files, Path group) {
    this.files = files;
    this.group = group;
    this.above = group.resolveSibling(".").normalize();
    this.root = above.resolveSibling(".").normalize();
  }

  @Override
  public void apply(CpusetSettings settings) throws IOException {
    widen(CPUS);
    set(CPUS, settings.cpus());
    if (!settings.nodes().isEmpty()) {
      // Otherwise only what is allocated from now on would go to the other nodes.
      files.write(group.resolve("cpuset.memory_migrate"), "1");
    }
    widen(NODES);
    set(NODES, settings.nodes());
  }

  /** What was plugged in after the group above was made is not in it yet. */
  private void widen(String file) throws IOException {
    String all = files.read(root.resolve(file));
    if (!files.read(above.resolve(file)).equals(all)) {
      files.write(above.resolve(file), all);
    }
  }

  private void set(String file, String list) throws IOException {
    String wanted = list.isEmpty() ? files.read(above.resolve(file)) : list;
    if (!files.read(group.resolve(file)).equals(wanted)) {
      files.write(group.resolve(file), wanted);
    }
  }

  @Override
  public CpusetSettings settings() throws IOException {
    return new CpusetSettings(own(CPUS), own(NODES));
  }

  private String own(String file) throws IOException {
    String list = files.read(group.resolve(file));
    return list.equals(files.read(above.resolve(file))) ? "" : list;
  }
}
