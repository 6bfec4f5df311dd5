package org.vzj.beancounters.cgroup.v1;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.Numbers;
import org.vzj.beancounters.cgroup.controller.PidsControl;

/** The pids controller of v1. Threads count too. At the limit fork fails with EAGAIN. */
public final class Pids implements PidsControl {
  private final CgroupFiles files;
  private final Path group;

  /**
   * The pids controller of a group.
   *
   * @param files how to reach it
   * @param group its directory in the pids hierarchy
   */
  public Pids(CgroupFiles files, Path group) {
    this.files = files;
    this.group = group;
  }

  @Override
  public void limit(long most) throws IOException {
    files.write(group.resolve("pids.max"), most == UNLIMITED ? "max" : Long.toString(most));
  }

  @Override
  public long use() throws IOException {
    return Numbers.read(files, group.resolve("pids.current"), UNKNOWN);
  }

  @Override
  public long peak() throws IOException {
    return Numbers.read(files, group.resolve("pids.peak"), UNKNOWN);
  }

  @Override
  public long refusals() throws IOException {
    return Numbers.find(files, group.resolve("pids.events"), "max", 0);
  }
}
