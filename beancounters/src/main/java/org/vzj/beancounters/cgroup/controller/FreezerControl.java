package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;
import java.time.Duration;

/** Stops all processes of a group and of those below it, and lets them go on. */
public interface FreezerControl {

  /**
   * Freezes and waits until all processes stand still.
   *
   * @param timeout how long to wait; after that the group is thawed again
   * @throws IOException if they do not in time, or the kernel refuses
   */
  void freeze(Duration timeout) throws IOException;

  /**
   * Lets the processes go on. That nothing is frozen is fine.
   *
   * @throws IOException if the kernel refuses
   */
  void thaw() throws IOException;

  /** Tells whether all processes of the group stand still by its own setting. */
  boolean isFrozen() throws IOException;
}
