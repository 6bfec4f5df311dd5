package org.vzj.beancounters.cgroup.v2;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.ProcessList;
import org.vzj.beancounters.cgroup.controller.TreeControl;

/** The processes of a v2 group; {@code cgroup.kill} came with Linux 5.14. */
public final class Tree implements TreeControl {
  private final CgroupFiles files;
  private final Path group;

  /**
   * The processes of a group.
   *
   * @param files how to reach it
   * @param group its directory
   */
  public Tree(CgroupFiles files, Path group) {
    this.files = files;
    this.group = group;
  }

  @Override
  public List<Long> processes() throws IOException {
    return ProcessList.read(files, group, Integer.MAX_VALUE);
  }

  @Override
  public boolean populated() throws IOException {
    try {
      return Events.isSet(files.read(group.resolve("cgroup.events")), "populated");
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void kill() throws IOException {
    try {
      files.write(group.resolve("cgroup.kill"), "1");
    } catch (NoSuchFileException e) {
      if (files.exists(group)) {
        throw e;
      }
    }
  }
}
