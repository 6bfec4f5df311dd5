package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;

/** Weighs and limits the CPU time of a group and of those below it. */
public interface CpuControl {

  /**
   * Sets everything that differs from what is in force.
   *
   * @param settings what the group may have; a weight beyond what the kernel can say becomes the
   *     nearest that it can
   * @throws IOException if the kernel refuses; some may be set then, see {@link #settings}
   */
  void apply(CpuSettings settings) throws IOException;

  /**
   * Reads what is in force. What was read can be applied again, and then is in force again exactly.
   *
   * @throws IOException if it cannot be read
   */
  CpuSettings settings() throws IOException;
}
