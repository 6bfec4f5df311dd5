package org.vzj.linux.launch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends a launcher that has taken too long: asks first, as it may pass the signal on, then kills.
 */
final class Patience extends Thread {
  private static final long AFTER_SIGTERM_SECONDS = 2;

  private final Process process;
  private final Duration limit;
  private volatile boolean over;

  private Patience(Process process, Duration limit) {
    super("vzlaunch patience");
    this.process = process;
    this.limit = limit;
    setDaemon(true);
  }

  static Patience with(Process process, Duration limit) {
    Patience patience = new Patience(process, limit);
    patience.start();
    return patience;
  }

  /** Tells whether the launcher was ended for its slowness. */
  boolean isOver() {
    return over;
  }

  @Override
  public void run() {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      over = true;
      process.destroy();
      if (!process.waitFor(AFTER_SIGTERM_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
