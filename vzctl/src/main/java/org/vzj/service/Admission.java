package org.vzj.service;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next container may be started or stopped: as fast as the machine bears.
 *
 * <p>Ten times a second the pressure of the moment is looked at. While it is low the number of
 * containers that may begin until the next look grows by one, as it does in a network without
 * losses; when it is high the number is halved and none begins. Pressure sees what counting running
 * commands does not: a start returns when init runs, and the boot has only begun then.
 *
 * <p>However high the pressure, something begins every second, for it may have another cause. Where
 * the kernel knows no pressure a fixed number works at the same time.
 */
public final class Admission {
  /** Nanoseconds between two looks. */
  static final long INTERVAL = 100_000_000L;

  /** Nanoseconds after which one begins whatever the pressure. */
  static final long HOLD = 1_000_000_000L;

  /**
   * Parts of a moment in which tasks waited that are too many. Memory must hardly ever be short.
   */
  private static final double CPU = 0.6;

  private static final double MEMORY = 0.1;
  private static final double IO = 0.5;

  private final Supplier<@Nullable Pressure> pressure;
  private final LongSupplier clock;
  private final int most;

  private @Nullable Pressure last;
  private long lastLook;
  private long lastBegin;
  private boolean strained;
  private int window;
  private int begun;

  /**
   * @param pressure reads it; null where the kernel has none
   * @param clock nanoseconds, as System.nanoTime
   * @param cpus number of CPUs
   * @param most how many may work at the same time whatever the pressure, VE_PARALLEL; 0 for no
   *     limit, or 4 per CPU where there is no pressure to go by
   */
  public Admission(Supplier<@Nullable Pressure> pressure, LongSupplier clock, int cpus, int most) {
    this.pressure = pressure;
    this.clock = clock;
    this.last = pressure.get();
    this.most = most > 0 ? most : last == null ? 4 * cpus : Integer.MAX_VALUE;
    this.lastLook = clock.getAsLong();
    this.lastBegin = lastLook - HOLD;
    this.window = cpus;
  }

  /**
   * Tells whether one more may begin now; if so it counts as begun.
   *
   * @param underWay how many are at work
   */
  public boolean admits(int underWay) {
    long now = clock.getAsLong();
    look(now);
    if (underWay >= most) {
      return false;
    }
    boolean room = last == null || (!strained && begun < window);
    if (!room && now - lastBegin < HOLD) {
      return false;
    }
    begun++;
    lastBegin = now;
    return true;
  }

  private void look(long now) {
    Pressure before = last;
    long elapsed = now - lastLook;
    if (before == null || elapsed < INTERVAL) {
      return;
    }
    Pressure current = pressure.get();
    if (current != null) {
      double micros = elapsed / 1000.0;
      strained =
          (current.cpu() - before.cpu()) / micros > CPU
              || (current.memory() - before.memory()) / micros > MEMORY
              || (current.io() - before.io()) / micros > IO;
      window = strained ? Math.max(1, window / 2) : window + 1;
    }
    last = current;
    lastLook = now;
    begun = 0;
  }
}
