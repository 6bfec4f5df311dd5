package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Waits for the kernel in growing steps until a time is over. */
public final class Deadline {
  private static final long FIRST_PAUSE = 1;
  private static final long LONGEST_PAUSE = 20;

  private final long end;
  private long pause = FIRST_PAUSE;

  private Deadline(long end) {
    this.end = end;
  }

  /**
   * A deadline.
   *
   * @param time from now on
   */
  public static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /**
   * Pauses: 1 ms first, then longer, at most 20 ms.
   *
   * @return false, without pausing, if the time is over
   * @throws IOException if the thread is interrupted
   */
  public boolean pause() throws IOException {
    if (System.nanoTime() - end >= 0) {
      return false;
    }
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for processes");
    }
    pause = Math.min(LONGEST_PAUSE, pause * 2);
    return true;
  }
}
