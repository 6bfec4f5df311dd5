package org.vzj.beancounters.cgroup.controller;

/**
 * How much memory a group may have, in bytes; {@link MemoryControl#UNLIMITED} each.
 *
 * @param ram memory without swap space
 * @param total memory and swap space together, at least {@code ram}
 * @param throttle memory above which its processes are slowed down and reclaimed from; v2 only
 * @param guarantee memory that is reclaimed last when the host runs short; 0: none
 * @param tcp buffers of TCP sockets, above which the kernel keeps them small; v1 only
 */
public record MemoryLimits(long ram, long total, long throttle, long guarantee, long tcp) {
  /** Nothing is limited. */
  public static final MemoryLimits NONE =
      new MemoryLimits(
          MemoryControl.UNLIMITED,
          MemoryControl.UNLIMITED,
          MemoryControl.UNLIMITED,
          0,
          MemoryControl.UNLIMITED);
}
