package org.vzj.beancounters.cgroup.v1;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.Deadline;
import org.vzj.beancounters.cgroup.controller.FreezerControl;

/**
 * The freezer controller of v1. A frozen process does not even die of SIGKILL: thaw it first. See
 * the kernel's admin-guide/cgroup-v1/freezer-subsystem.
 */
public final class Freezer implements FreezerControl {
  /** So often without success, then thaw: one process can wait for another that is frozen. */
  private static final int TRIES_IN_A_ROW = 50;

  private final CgroupFiles files;
  private final Path state;

  /**
   * The freezer of a group.
   *
   * @param files how to reach it
   * @param group its directory in the freezer hierarchy
   */
  public Freezer(CgroupFiles files, Path group) {
    this.files = files;
    this.state = group.resolve("freezer.state");
  }

  @Override
  public void freeze(Duration timeout) throws IOException {
    Deadline deadline = Deadline.after(timeout);
    int tries = 0;
    do {
      // Writing it again is needed: processes forked meanwhile can leave the state at FREEZING.
      files.write(state, "FROZEN");
      if (files.read(state).equals("FROZEN")) {
        return;
      }
      if (++tries % TRIES_IN_A_ROW == 0) {
        thaw();
      }
    } while (deadline.pause());
    thaw();
    throw new IOException(state.getParent() + ": processes did not freeze within " + timeout);
  }

  @Override
  public void thaw() throws IOException {
    files.write(state, "THAWED");
  }

  @Override
  public boolean isFrozen() throws IOException {
    return files.read(state).equals("FROZEN");
  }
}
