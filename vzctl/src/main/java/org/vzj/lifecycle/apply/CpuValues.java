package org.vzj.lifecycle.apply;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.controller.CpuSettings;
import org.vzj.beancounters.cgroup.controller.CpusetSettings;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.linux.sysfs.HostCpus;
import org.vzj.linux.unit.CpuList;

/** What the CPU parameters of a configuration mean to the kernel. */
public final class CpuValues {
  private static final long MICROS_PER_PERCENT = CpuSettings.PERIOD / 100;
  private static final int MOST_UNITS = 500_000;
  private static final int LEAST_UNITS = 8;

  private CpuValues() {}

  /** Returns the weight: CPUUNITS, or what the old CPUUWEIGHT means, or the default. */
  public static int units(ContainerConfig config) {
    if (!config.own().has(Parameter.CPUUNITS)) {
      int weight = config.number(Parameter.CPUUWEIGHT, 0);
      if (weight > 0) {
        return Math.clamp(MOST_UNITS / weight, LEAST_UNITS, MOST_UNITS);
      }
    }
    return config.number(Parameter.CPUUNITS, CpuSettings.NORMAL_UNITS);
  }

  /**
   * Returns how much time it may have: no more than CPULIMIT, and no more than CPUS can give.
   *
   * @throws IOException if the CPUs of the host cannot be counted
   */
  static CpuSettings time(ContainerConfig config) throws IOException {
    return time(config, HostCpus.here());
  }

  static CpuSettings time(ContainerConfig config, HostCpus host) throws IOException {
    long percent = config.number(Parameter.CPULIMIT, 0);
    long cpus = config.number(Parameter.CPUS, 0);
    if (cpus > 0 && (percent == 0 || cpus * 100 < percent) && cpus < host.online().size()) {
      percent = cpus * 100;
    }
    long quota = percent == 0 ? CpuSettings.UNLIMITED : percent * MICROS_PER_PERCENT;
    long burst = config.number(Parameter.CPUBURST, 0) * MICROS_PER_PERCENT;
    return new CpuSettings(
        units(config),
        quota,
        quota < 0 ? 0 : Math.min(burst, quota),
        config.isYes(Parameter.CPUIDLE));
  }

  /**
   * Returns where it may run. With CPUS it gets so many of those that CPUMASK allows: programs
   * count what sched_getaffinity(2) shows them. Containers of neighbouring numbers get neighbouring
   * ones, so that they do not crowd on the first.
   *
   * @throws IOException if the CPUs of the host cannot be counted, or CPUMASK=auto names no CPU
   */
  static CpusetSettings place(ContainerConfig config) throws IOException {
    return place(config, HostCpus.here());
  }

  static CpusetSettings place(ContainerConfig config, HostCpus host) throws IOException {
    CpuList nodes = list(config.get(Parameter.NODEMASK));
    String mask = config.get(Parameter.CPUMASK);
    CpuList cpus = "auto".equals(mask) && nodes != null ? host.near(nodes) : list(mask);
    int count = config.number(Parameter.CPUS, 0);
    if (count > 0) {
      CpuList online = host.online();
      CpuList from = cpus == null ? online : cpus.and(online);
      if (from.size() > count) {
        cpus = from.some(count, (int) ((long) config.veid() * count % from.size()));
      }
    }
    return new CpusetSettings(
        cpus == null ? "" : cpus.toString(), nodes == null ? "" : nodes.toString());
  }

  /** Null: all. */
  private static @Nullable CpuList list(@Nullable String value) {
    return value == null || value.equals("all") || value.equals("auto")
        ? null
        : CpuList.parse(value);
  }
}
