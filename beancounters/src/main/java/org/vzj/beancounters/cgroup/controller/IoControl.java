package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;

/**
 * Weighs and limits the disk I/O of a group and of those below it. Disks are named by their
 * numbers, {@code 8:0}; a partition's number is none of a disk.
 */
public interface IoControl {
  /** The priority of a group for which nothing is set. */
  int NORMAL_PRIORITY = 4;

  /**
   * Limits the I/O on one disk.
   *
   * @param disk for example {@code 8:0}
   * @param limit how much
   * @throws IOException if the kernel refuses, as it does for a disk that is not there
   */
  void limit(String disk, IoLimit limit) throws IOException;

  /**
   * Reads the limit on one disk. What was read can be set again.
   *
   * @param disk for example {@code 8:0}
   * @throws IOException if it cannot be read
   */
  IoLimit limit(String disk) throws IOException;

  /**
   * Weighs the group against the others, on all disks.
   *
   * @param priority 0 (least) to 7
   * @return false if this kernel has nothing that obeys weights
   * @throws IOException if the kernel refuses
   */
  boolean weigh(int priority) throws IOException;

  /**
   * The weight of a priority, where 100 is that of {@link #NORMAL_PRIORITY}: a fifth of it more or
   * less each step, as the time slices of OpenVZ's kernel were.
   *
   * @param priority 0 to 7
   * @return 20 to 160
   */
  static int weight(int priority) {
    return 100 + 20 * (priority - NORMAL_PRIORITY);
  }
}
