package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;

/** Keeps a group to some CPUs and memory nodes. */
public interface CpusetControl {

  /**
   * Sets both. Memory that lies on other nodes moves.
   *
   * @param settings where the group's processes may be
   * @throws IOException if the kernel refuses, as it does for a CPU that is not there; one of the
   *     two may be set then
   */
  void apply(CpusetSettings settings) throws IOException;

  /**
   * Reads what is in force.
   *
   * @throws IOException if it cannot be read
   */
  CpusetSettings settings() throws IOException;
}
