package org.vzj.beancounters.cgroup.controller;

/**
 * How much CPU time a group may have.
 *
 * @param units its weight in OpenVZ's units, of which an ordinary group has {@link #NORMAL_UNITS}
 * @param quota microseconds of CPU time in each period of {@link #PERIOD}, or {@link #UNLIMITED}
 * @param burst microseconds of unused quota that it may save up and use later, 0 to {@code quota}
 * @param idle whether it gets only what no other group wants; its weight has no meaning then
 */
public record CpuSettings(int units, long quota, long burst, boolean idle) {
  /** The weight of a group for which nothing is set. */
  public static final int NORMAL_UNITS = 1000;

  /** Microseconds: the kernel's own default. */
  public static final long PERIOD = 100_000;

  /** Stands for no quota. */
  public static final long UNLIMITED = -1;

  /** What a new group has. */
  public static final CpuSettings NORMAL = new CpuSettings(NORMAL_UNITS, UNLIMITED, 0, false);
}
