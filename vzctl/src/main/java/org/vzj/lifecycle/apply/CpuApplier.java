package org.vzj.lifecycle.apply;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.beancounters.cgroup.controller.CpuControl;
import org.vzj.beancounters.cgroup.controller.CpuSettings;
import org.vzj.beancounters.cgroup.controller.CpusetControl;
import org.vzj.beancounters.cgroup.controller.CpusetSettings;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.config.Settings;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Target;

/**
 * CPUUNITS, CPULIMIT, CPUS, CPUMASK, NODEMASK, CPUBURST and CPUIDLE: how much CPU time a container
 * gets, and where.
 */
public final class CpuApplier {
  private CpuApplier() {}

  /**
   * Sets what a container that starts asks for. One that asks for nothing costs nothing: its new
   * group is as it should be.
   *
   * @param group its new group
   * @throws VzException SET_CPU if the kernel refuses
   */
  public static void start(Target target, Cgroup group) throws VzException {
    try {
      CpuSettings time = CpuValues.time(target.config());
      CpusetSettings place = CpuValues.place(target.config());
      CpuControl cpu = group.controllers().cpu();
      if (!time.equals(CpuSettings.NORMAL) && !set(cpu, time)) {
        target.messages().warn("Warning: " + without("cpu") + ": CPU time is not limited");
      }
      CpusetControl cpuset = group.controllers().cpuset();
      if (!place.equals(CpusetSettings.ALL) && !set(cpuset, place)) {
        target.messages().warn("Warning: " + without("cpuset") + ": it runs on all CPUs");
      }
      target.host().unbalanceCpu();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Says what {@link #start} has set, when the container is mounted: the reference's order. */
  public static void announce(Target target) {
    ContainerConfig config = target.config();
    if (config.get(Parameter.CPULIMIT) != null) {
      say(target, config, Parameter.CPULIMIT);
    }
    say(target, config, Parameter.CPUUNITS);
    sayPlace(target, config, null);
  }

  /**
   * Sets what was given for a running container. If that fails everything is as it was.
   *
   * @param config what is to be in force from now on
   * @param given the options; null: all that the configuration has
   * @throws VzException SET_CPU if the host cannot do it or the kernel refuses
   */
  public static void change(Target target, ContainerConfig config, @Nullable Settings given)
      throws VzException {
    if (isGiven(given, Parameter.CPULIMIT) && config.get(Parameter.CPULIMIT) != null) {
      say(target, config, Parameter.CPULIMIT);
    }
    if (isGiven(given, Parameter.CPUUNITS) || isGiven(given, Parameter.CPUUWEIGHT)) {
      say(target, config, Parameter.CPUUNITS);
    }
    sayPlace(target, config, given);
    Cgroup group = target.host().cgroup(target.id());
    CpuControl cpu = group.controllers().cpu();
    CpusetControl cpuset = group.controllers().cpuset();
    try {
      CpuSettings time = CpuValues.time(config);
      CpusetSettings place = CpuValues.place(config);
      CpuSettings before = cpu == null ? null : cpu.settings();
      try {
        require(set(cpu, time) || time.equals(CpuSettings.NORMAL), "cpu");
        changePlace(cpuset, place);
        target.host().unbalanceCpu();
      } catch (IOException e) {
        restore(cpu, before, e);
        throw e;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static void changePlace(@Nullable CpusetControl cpuset, CpusetSettings place)
      throws IOException {
    CpusetSettings before = cpuset == null ? null : cpuset.settings();
    try {
      require(set(cpuset, place) || place.equals(CpusetSettings.ALL), "cpuset");
    } catch (IOException e) {
      if (cpuset != null && before != null) {
        try {
          cpuset.apply(before);
        } catch (IOException second) {
          e.addSuppressed(second);
        }
      }
      throw e;
    }
  }

  private static void restore(
      @Nullable CpuControl cpu, @Nullable CpuSettings before, IOException why) {
    if (cpu == null || before == null) {
      return;
    }
    try {
      cpu.apply(before);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** Returns false if the host has no such controller. */
  private static boolean set(@Nullable CpuControl cpu, CpuSettings settings) throws IOException {
    if (cpu != null) {
      cpu.apply(settings);
    }
    return cpu != null;
  }

  private static boolean set(@Nullable CpusetControl cpuset, CpusetSettings settings)
      throws IOException {
    if (cpuset != null) {
      cpuset.apply(settings);
    }
    return cpuset != null;
  }

  private static void require(boolean done, String controller) throws IOException {
    if (!done) {
      throw new NoSuchFileException(without(controller));
    }
  }

  private static String without(String controller) {
    return "the host has no cgroup controller " + controller + " (see vzctl check)";
  }

  private static boolean isGiven(@Nullable Settings given, Parameter parameter) {
    return given == null || given.has(parameter);
  }

  private static void sayPlace(Target target, ContainerConfig config, @Nullable Settings given) {
    for (Parameter parameter :
        new Parameter[] {
          Parameter.CPUS,
          Parameter.CPUMASK,
          Parameter.NODEMASK,
          Parameter.CPUBURST,
          Parameter.CPUIDLE
        }) {
      if (isGiven(given, parameter) && config.get(parameter) != null) {
        say(target, config, parameter);
      }
    }
  }

  private static void say(Target target, ContainerConfig config, Parameter parameter) {
    String value =
        parameter == Parameter.CPUUNITS
            ? Integer.toString(CpuValues.units(config))
            : config.get(parameter);
    target.messages().say("Setting " + name(parameter) + ": " + value);
  }

  private static String name(Parameter parameter) {
    return switch (parameter) {
      case CPULIMIT -> "CPU limit";
      case CPUUNITS -> "CPU units";
      case CPUS -> "CPUs";
      case CPUMASK -> "CPU mask";
      case NODEMASK -> "NUMA node mask";
      case CPUBURST -> "CPU burst";
      default -> "CPU idle";
    };
  }

  private static VzException failed(IOException e) {
    return new VzException(ExitCode.SET_CPU, "Unable to set CPU parameters: " + e.getMessage(), e);
  }
}
