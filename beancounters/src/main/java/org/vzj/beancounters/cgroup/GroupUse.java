package org.vzj.beancounters.cgroup;

import java.util.List;

/**
 * What a group has used at one moment, as the kernel counts it. {@link #UNKNOWN} stands for what
 * this host does not count.
 *
 * @param cpuNanos CPU time since the group was made
 * @param throttledNanos time in which its limit of CPU time held processes up
 * @param memory bytes of memory, with what is cached of files
 * @param cache bytes of those that are cached files
 * @param memoryLimit bytes that it may have; {@link Long#MAX_VALUE} or nearly so: no limit
 * @param tasks processes and threads
 * @param io what it read and wrote since it was made, by device
 * @param oomKills how many of its processes were killed for want of memory
 * @param forksRefused how often a process or thread was refused at the limit of their number
 * @param cpuPressure percent of the last ten seconds in which some process waited for a CPU
 * @param memoryPressure the same for memory
 * @param ioPressure the same for I/O
 */
public record GroupUse(
    long cpuNanos,
    long throttledNanos,
    long memory,
    long cache,
    long memoryLimit,
    long tasks,
    List<DeviceIo> io,
    long oomKills,
    long forksRefused,
    double cpuPressure,
    double memoryPressure,
    double ioPressure) {
  /** Stands for a number that this host does not have. */
  public static final long UNKNOWN = -1;

  /** Copies the list. */
  public GroupUse {
    io = List.copyOf(io);
  }

  /**
   * I/O on one device.
   *
   * @param device its numbers, as {@code 8:0}
   * @param read bytes
   * @param written bytes
   */
  public record DeviceIo(String device, long read, long written) {}
}
