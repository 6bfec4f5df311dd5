package org.vzj.beancounters.cgroup.v2;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.CpusetControl;
import org.vzj.beancounters.cgroup.controller.CpusetSettings;

/**
 * The cpuset controller of v2. An empty list means all of the group above. A list may name CPUs
 * that are not there: if none of them is, the group gets all. Memory moves with the nodes. See the
 * kernel's admin-guide/cgroup-v2 under "Cpuset".
 */
public final class Cpuset implements CpusetControl {
  private final CgroupFiles files;
  private final Path cpus;
  private final Path nodes;

  /**
   * The cpuset controller of a group.
   *
   * @param files how to reach it
   * @param group its directory
   */
  public Cpuset(CgroupFiles files, Path group) {
    this.files = files;
    this.cpus = group.resolve("cpuset.cpus");
    this.nodes = group.resolve("cpuset.mems");
  }

  @Override
  public void apply(CpusetSettings settings) throws IOException {
    set(cpus, settings.cpus());
    set(nodes, settings.nodes());
  }

  private void set(Path file, String list) throws IOException {
    if (!files.read(file).equals(list)) {
      files.write(file, list.isEmpty() ? "\n" : list); // Nothing at all would be no write.
    }
  }

  @Override
  public CpusetSettings settings() throws IOException {
    return new CpusetSettings(files.read(cpus), files.read(nodes));
  }
}
