package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;

/**
 * Limits and measures the memory of a group and of those below it: that of its processes, its page
 * cache, and what the kernel needs for it. All in bytes. A number that this kernel does not tell is
 * {@link #UNKNOWN}.
 */
public interface MemoryControl {
  /** Stands for no limit. */
  long UNLIMITED = Long.MAX_VALUE;

  /** Stands for what this kernel does not tell. */
  long UNKNOWN = -1;

  /** The kernel gives up before it has used the last pages of swap space: one part of so many. */
  int SWAP_PARTS = 16;

  /**
   * Sets the limits of a group that is just being made, which has none. Nothing is read: it may be
   * there only when a plan is executed.
   *
   * @throws IOException if the kernel refuses
   */
  void begin(MemoryLimits wanted) throws IOException;

  /**
   * Sees to it that the group above has as much guaranteed as its children together, without which
   * theirs is worth nothing. Where the kernel has no such rule, nothing is done.
   *
   * @param guarantee what this group has, or will have when it is there
   * @throws IOException if the kernel refuses
   */
  void reserve(long guarantee) throws IOException;

  /**
   * Sets all limits, in an order in which no moment is invalid. What is in use above a new limit is
   * reclaimed first.
   *
   * @param wanted the limits
   * @param force set a limit below what cannot be reclaimed, where the kernel takes that: it ends
   *     processes then
   * @throws MemoryInUseException if that would be needed; the limits are as they were
   * @throws IOException if the kernel refuses; the limits are as they were, as far as possible
   */
  void limit(MemoryLimits wanted, boolean force) throws IOException;

  /** Memory in use, without swap space. */
  long use() throws IOException;

  /** The most of it that ever was, kept by the kernel. */
  long peak() throws IOException;

  /** Swap space in use. */
  long swapUse() throws IOException;

  /** The most of it that ever was, kept by the kernel. */
  long swapPeak() throws IOException;

  /** Memory in use by the kernel for the group. */
  long kernelUse() throws IOException;

  /** The most of it that ever was, kept by the kernel. */
  long kernelPeak() throws IOException;

  /** Shared memory in use: tmpfs, System V segments, shared anonymous mappings. */
  long sharedUse() throws IOException;

  /** Reclaimable kernel memory in use: mostly cached names and inodes. */
  long reclaimableUse() throws IOException;

  /** How often memory could not be had at the limit, and a process was ended for it. */
  long outOfMemory() throws IOException;

  /** How often swap space could not be had. */
  long swapRefusals() throws IOException;

  /** How often buffers of TCP sockets could not be had at their limit. */
  long tcpRefusals() throws IOException;
}
