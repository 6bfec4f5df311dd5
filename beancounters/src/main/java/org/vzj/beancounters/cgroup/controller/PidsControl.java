package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;

/** Limits and counts the processes and threads of a group and those below it. */
public interface PidsControl {
  /** Stands for no limit. */
  long UNLIMITED = -1;

  /** Stands for what this kernel does not tell. */
  long UNKNOWN = -1;

  /**
   * Sets the limit. One below the present number is fine: then none can be added.
   *
   * @param most how many, or {@link #UNLIMITED}
   * @throws IOException if the kernel refuses
   */
  void limit(long most) throws IOException;

  /** How many there are. */
  long use() throws IOException;

  /** How many there were at most, kept by the kernel from 6.1 on. */
  long peak() throws IOException;

  /** How often one more was refused at the limit. */
  long refusals() throws IOException;
}
