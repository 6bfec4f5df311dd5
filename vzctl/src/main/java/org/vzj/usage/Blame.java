package org.vzj.usage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much of the host's pressure a container can be blamed for: for each of CPU, memory and I/O
 * its part of what all containers together use, times the pressure of the host there. A container
 * that uses much of what nobody waits for is not to blame.
 *
 * @param usage what it used
 * @param cpu percent of time that others waited for CPUs, its part
 * @param memory the same for memory
 * @param io the same for I/O
 */
public record Blame(Usage usage, double cpu, double memory, double io) {

  /** The sum, by which containers are ranked. */
  public double total() {
    return cpu + memory + io;
  }

  /** What most of it is about: {@code CPU}, {@code memory}, {@code I/O}, or {@code -}. */
  public String reason() {
    double most = Math.max(cpu, Math.max(memory, io));
    if (most < 0.01) {
      return "-";
    }
    return most == cpu ? "CPU" : most == memory ? "memory" : "I/O";
  }

  /**
   * Ranks containers, the most to blame first; those that are equally so by CPU time, then memory.
   *
   * @param host the host, with its pressure
   */
  public static List<Blame> rank(List<Usage> containers, HostUse host) {
    double cpu = 0;
    double memory = 0;
    double io = 0;
    for (Usage usage : containers) {
      cpu += usage.cpu();
      memory += Math.max(0, usage.ownMemory());
      io += usage.readRate() + usage.writeRate();
    }
    // What containers leave idle is not theirs: the host's own programs have their part too.
    double allCpu = Math.max(cpu, 100.0 * host.cpus());
    double usedMemory = Math.max(memory, (double) host.memory() - host.memoryAvailable());
    List<Blame> ranked = new ArrayList<>();
    for (Usage usage : containers) {
      ranked.add(
          new Blame(
              usage,
              part(usage.cpu(), allCpu, host.cpuPressure()),
              part((double) usage.ownMemory(), usedMemory, host.memoryPressure()),
              part(usage.readRate() + usage.writeRate(), io, host.ioPressure())));
    }
    ranked.sort(
        Comparator.comparingDouble(Blame::total)
            .thenComparingDouble(blame -> blame.usage.cpu())
            .thenComparingLong(blame -> blame.usage.ownMemory())
            .reversed());
    return ranked;
  }

  private static double part(double own, double all, double pressure) {
    return own <= 0 || all <= 0 || pressure <= 0 ? 0 : own / all * pressure;
  }
}
