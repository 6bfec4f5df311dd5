package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;

/** Limits how many processes and threads a group and those below it may have. */
public interface PidsControl {
  /** Stands for no limit. */
  long UNLIMITED = -1;

  /**
   * Sets the limit. One below the present number is fine: then none can be added.
   *
   * @param most how many, or {@link #UNLIMITED}
   * @throws IOException if the kernel refuses
   */
  void limit(long most) throws IOException;
}
