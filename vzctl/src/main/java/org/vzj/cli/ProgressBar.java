package org.vzj.cli;

import java.io.PrintStream;

/**
 * A bar on a terminal for work whose size is known: how much is done, how fast, how long it will
 * take. It appears only after a second, so that short work stays quiet.
 */
public final class ProgressBar {
  private static final int WIDTH = 30;
  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final double MEGABYTE = 1024.0 * 1024.0;

  private final PrintStream terminal;
  private final String what;
  private final long begin;
  private boolean shown;

  /**
   * @param terminal where to draw
   * @param what one or two words before the bar
   * @param begin System.nanoTime() when the work began
   */
  public ProgressBar(PrintStream terminal, String what, long begin) {
    this.terminal = terminal;
    this.what = what;
    this.begin = begin;
  }

  /** Draws the state if it is time to. */
  public void show(long done, long total) {
    long elapsed = System.nanoTime() - begin;
    if (elapsed < FIRST_NANOS || total <= 0) {
      return;
    }
    shown = true;
    terminal.print('\r' + line(what, done, total, elapsed));
    terminal.flush();
  }

  /** Removes the bar from the terminal. */
  public void finish() {
    if (shown) {
      terminal.print("\r\u001b[K");
      terminal.flush();
    }
  }

  /**
   * Returns the bar's text.
   *
   * @param done bytes done, up to {@code total}
   * @param elapsed nanoseconds since the beginning
   */
  static String line(String what, long done, long total, long elapsed) {
    double part = Math.min(1.0, (double) done / total);
    StringBuilder text = new StringBuilder(what).append(" [");
    int filled = (int) (part * WIDTH);
    for (int i = 0; i < WIDTH; i++) {
      text.append(i < filled ? '#' : '.');
    }
    double seconds = elapsed / 1e9;
    double rate = done / seconds;
    text.append("] ").append((int) (part * 100)).append("% ");
    text.append(tenths(rate / MEGABYTE)).append(" MB/s");
    if (rate > 0) {
      text.append(", ").append((long) Math.ceil((total - done) / rate)).append(" s left ");
    }
    return text.toString();
  }

  private static String tenths(double value) {
    long all = Math.round(value * 10);
    return all / 10 + "." + all % 10;
  }
}
