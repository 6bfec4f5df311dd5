package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;

/** A limit is below what is in use and cannot be reclaimed. */
public final class MemoryInUseException extends IOException {
  private static final long serialVersionUID = 1L;
  private final long wanted;
  private final long used;

  /**
   * @param wanted the limit that was wanted, in bytes
   * @param used what is in use still, in bytes
   */
  public MemoryInUseException(long wanted, long used) {
    super(used + " bytes are in use and cannot be reclaimed, the limit would be " + wanted);
    this.wanted = wanted;
    this.used = used;
  }

  /** The limit that was wanted, in bytes. */
  public long wanted() {
    return wanted;
  }

  /** What is in use still, in bytes. */
  public long used() {
    return used;
  }
}
