package org.vzj.beancounters.cgroup.v2;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.Deadline;
import org.vzj.beancounters.cgroup.controller.FreezerControl;

/** Freezing in v2: {@code cgroup.freeze}, Linux 5.2. A frozen process can be killed. */
public final class Freezer implements FreezerControl {
  private final CgroupFiles files;
  private final Path group;

  /**
   * The freezer of a group.
   *
   * @param files how to reach it
   * @param group its directory
   */
  public Freezer(CgroupFiles files, Path group) {
    this.files = files;
    this.group = group;
  }

  @Override
  public void freeze(Duration timeout) throws IOException {
    Deadline deadline = Deadline.after(timeout);
    files.write(group.resolve("cgroup.freeze"), "1");
    while (!isFrozen()) {
      if (!deadline.pause()) {
        thaw();
        throw new IOException(group + ": processes did not freeze within " + timeout);
      }
    }
  }

  @Override
  public void thaw() throws IOException {
    files.write(group.resolve("cgroup.freeze"), "0");
  }

  @Override
  public boolean isFrozen() throws IOException {
    return Events.isSet(files.read(group.resolve("cgroup.events")), "frozen");
  }
}
