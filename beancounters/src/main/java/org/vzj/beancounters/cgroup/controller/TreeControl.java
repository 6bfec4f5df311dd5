package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;
import java.util.List;

/** The processes of a group and of those below it. */
public interface TreeControl {

  /**
   * Lists them.
   *
   * @return their ids as the host sees them, in no order
   * @throws IOException if they cannot be read
   */
  List<Long> processes() throws IOException;

  /** Tells whether there is any. */
  boolean populated() throws IOException;

  /**
   * Sends SIGKILL to all that are there now. They need a moment to be gone.
   *
   * @throws IOException if the kernel refuses
   */
  void kill() throws IOException;
}
