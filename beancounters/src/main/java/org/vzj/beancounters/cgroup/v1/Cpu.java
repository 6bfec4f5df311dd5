package org.vzj.beancounters.cgroup.v1;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.CpuControl;
import org.vzj.beancounters.cgroup.controller.CpuSettings;

/**
 * The cpu controller of v1: {@code cpu.shares} of 2 to 262144, where 1024 are normal, and a quota.
 * {@code cpu.idle} came with Linux 5.15, {@code cpu.cfs_burst_us} with 5.14. See the kernel's
 * scheduler/sched-bwc.
 */
public final class Cpu implements CpuControl {
  private static final long NORMAL_SHARES = 1024;
  private static final long LEAST_SHARES = 2;
  private static final long MOST_SHARES = 262_144;

  private final CgroupFiles files;
  private final Path shares;
  private final Path quota;
  private final Path period;
  private final Path burst;
  private final Path idle;

  /**
   * The cpu controller of a group.
   *
   * @param files how to reach it
   * @param group its directory in the cpu hierarchy
   */
  public Cpu(CgroupFiles files, Path group) {
    this.files = files;
    this.shares = group.resolve("cpu.shares");
    this.quota = group.resolve("cpu.cfs_quota_us");
    this.period = group.resolve("cpu.cfs_period_us");
    this.burst = group.resolve("cpu.cfs_burst_us");
    this.idle = group.resolve("cpu.idle");
  }

  @Override
  public void apply(CpuSettings wanted) throws IOException {
    CpuSettings now = settings();
    if (now.idle() && !wanted.idle()) {
      files.write(idle, "0"); // The kernel refuses a weight before, and gives the normal one now.
    }
    if (!wanted.idle() && (wanted.units() != now.units() || now.idle())) {
      files.write(shares, Long.toString(shares(wanted.units())));
    }
    applyQuota(now, wanted);
    if (wanted.idle() && !now.idle()) {
      files.write(idle, "1");
    }
  }

  /** A burst may never be above the quota, so that it goes before a quota is lowered. */
  private void applyQuota(CpuSettings now, CpuSettings wanted) throws IOException {
    if (now.burst() > 0 && now.burst() != wanted.burst()) {
      files.write(burst, "0");
    }
    if (now.quota() != wanted.quota()) {
      files.write(period, Long.toString(CpuSettings.PERIOD));
      files.write(quota, Long.toString(wanted.quota()));
    }
    if (wanted.burst() > 0 && now.burst() != wanted.burst()) {
      files.write(burst, Long.toString(wanted.burst()));
    }
  }

  @Override
  public CpuSettings settings() throws IOException {
    boolean isIdle = files.exists(idle) && files.read(idle).equals("1");
    return new CpuSettings(
        isIdle ? CpuSettings.NORMAL_UNITS : units(number(shares)),
        number(quota) < 0
            ? CpuSettings.UNLIMITED
            : number(quota) * CpuSettings.PERIOD / number(period),
        files.exists(burst) ? number(burst) : 0,
        isIdle);
  }

  /** Every number of units has shares of its own, so that {@link #units} finds it again. */
  static long shares(int units) {
    long exact = Math.round((double) units * NORMAL_SHARES / CpuSettings.NORMAL_UNITS);
    return Math.clamp(exact, LEAST_SHARES, MOST_SHARES);
  }

  static int units(long shares) {
    return (int) Math.round((double) shares * CpuSettings.NORMAL_UNITS / NORMAL_SHARES);
  }

  private long number(Path file) throws IOException {
    String text = files.read(file);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException(file + ": not a number: " + text, e);
    }
  }
}
