package org.vzj.beancounters.cgroup.v2;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.CpuControl;
import org.vzj.beancounters.cgroup.controller.CpuSettings;

/**
 * The cpu controller of v2: {@code cpu.weight} of 1 to 10000, where 100 are normal, and a quota.
 * {@code cpu.idle} came with Linux 5.15, {@code cpu.max.burst} with 5.14. See the kernel's
 * admin-guide/cgroup-v2 under "CPU".
 */
public final class Cpu implements CpuControl {
  private static final int UNITS_PER_WEIGHT = 10;
  private static final long LEAST_WEIGHT = 1;
  private static final long MOST_WEIGHT = 10_000;
  private static final String UNLIMITED = "max";

  private final CgroupFiles files;
  private final Path weight;
  private final Path max;
  private final Path burst;
  private final Path idle;

  /**
   * The cpu controller of a group.
   *
   * @param files how to reach it
   * @param group its directory
   */
  public Cpu(CgroupFiles files, Path group) {
    this.files = files;
    this.weight = group.resolve("cpu.weight");
    this.max = group.resolve("cpu.max");
    this.burst = group.resolve("cpu.max.burst");
    this.idle = group.resolve("cpu.idle");
  }

  @Override
  public void apply(CpuSettings wanted) throws IOException {
    CpuSettings now = settings();
    if (now.idle() && !wanted.idle()) {
      files.write(idle, "0"); // The kernel refuses a weight before, and gives the normal one now.
    }
    if (!wanted.idle() && (weight(wanted.units()) != weight(now.units()) || now.idle())) {
      files.write(weight, Long.toString(weight(wanted.units())));
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
      String quota = wanted.quota() < 0 ? UNLIMITED : Long.toString(wanted.quota());
      files.write(max, quota + " " + CpuSettings.PERIOD);
    }
    if (wanted.burst() > 0 && now.burst() != wanted.burst()) {
      files.write(burst, Long.toString(wanted.burst()));
    }
  }

  @Override
  public CpuSettings settings() throws IOException {
    boolean isIdle = files.exists(idle) && files.read(idle).equals("1");
    return new CpuSettings(
        isIdle ? CpuSettings.NORMAL_UNITS : units(number(files.read(weight), weight)),
        quota(files.read(max)),
        files.exists(burst) ? number(files.read(burst), burst) : 0,
        isIdle);
  }

  private long quota(String text) throws IOException {
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IOException(max + ": not a quota and a period: " + text);
    }
    if (text.startsWith(UNLIMITED)) {
      return CpuSettings.UNLIMITED;
    }
    long period = number(text.substring(space + 1), max);
    return number(text.substring(0, space), max) * CpuSettings.PERIOD / period;
  }

  /** Coarser than units: 15 to 24 of them are a weight of 2. */
  static long weight(int units) {
    long rounded = ((long) units + UNITS_PER_WEIGHT / 2) / UNITS_PER_WEIGHT;
    return Math.clamp(rounded, LEAST_WEIGHT, MOST_WEIGHT);
  }

  static int units(long weight) {
    return (int) weight * UNITS_PER_WEIGHT;
  }

  private static long number(String text, Path file) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException(file + ": not a number: " + text, e);
    }
  }
}
