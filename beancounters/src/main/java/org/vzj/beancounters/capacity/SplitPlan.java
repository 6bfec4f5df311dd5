package org.vzj.beancounters.capacity;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;

/**
 * The shares of vzsplit: a host divided among so many equal containers. Four levels of commitment
 * are tried in turn, from plenty to the least with which a container lives. Fractions are cut off
 * where the original's integers cut them, and its single precision is kept.
 */
public final class SplitPlan {
  /** Memory that the host keeps, in bytes. */
  public static final long RESERVE = 52_428_800;

  private static final int LEAST_PROCESSES = 30;
  private static final long LEAST_TCP_BUFFER = 65_536;
  private static final long LEAST_BUFFER = 32_768;
  private static final long LEAST_SOCKET = 2_560;
  private static final long LEAST_GUARANTEE = 1_024;
  private static final double LOW_PART = 0.4;

  /**
   * What a level gives.
   *
   * @param kernel factor of kernel memory
   * @param processes factor of processes
   * @param peak how many times the average processes there may be
   * @param kernelOfProcess kernel memory of a process in bytes
   * @param socketBase bytes of buffers that all sockets share
   * @param socket bytes of buffers of a socket
   * @param leastLow bytes of low memory that a container must have
   * @param names factor of cached names
   * @param memory factor of allocated memory
   * @param locked factor of locked memory
   * @param signals queued signals
   */
  private record Level(
      float kernel,
      float processes,
      float peak,
      int kernelOfProcess,
      int socketBase,
      int socket,
      int leastLow,
      float names,
      float memory,
      int locked,
      int signals) {}

  private static final Level[] LEVELS = {
    new Level(1f, 1f, 8f, 81920, 262144, 4096, 10485760, 1.5f * 384, 6f, 10, 1024),
    new Level(1.2f, 1.5f, 5f, 65536, 131072, 3036, 2097152, (float) (1.2 * 384), 3f, 3, 512),
    new Level(1.8f, 2f, 3f, 53248, 65536, 2560, 0, 384f, 1.5f, 1, 256)
  };

  private final HostCapacity host;
  private final int count;
  private final long page;
  private final Map<Beancounter, BarrierLimit> limits = new EnumMap<>(Beancounter.class);
  private int level;
  private long low;
  private long guarantee;
  private long kernel;
  private long processes;
  private long average;

  private SplitPlan(HostCapacity host, int count, long page) {
    this.host = host;
    this.count = count;
    this.page = page;
  }

  /**
   * Divides a host.
   *
   * @param host what it has; its threads are those that containers may have
   * @param count how many containers, 1 or more
   * @param page the size of a page in bytes
   * @return the shares, null if there is too little for so many
   */
  public static @Nullable SplitPlan of(HostCapacity host, int count, long page) {
    SplitPlan plan = new SplitPlan(host, count, page);
    return plan.choose() ? plan : null;
  }

  /** The level of commitment: 0 to 3, the less the better. */
  public int level() {
    return level;
  }

  /** The limits of one container: all but physpages' and swappages' for VSwap. */
  public Map<Beancounter, BarrierLimit> limits() {
    return limits;
  }

  private boolean choose() {
    long total = (host.ram() + host.swap() - RESERVE) / count;
    for (level = 0; level < LEVELS.length; level++) {
      if (fits(LEVELS[level], total)) {
        buffers(LEVELS[level]);
        rest(LEVELS[level], total);
        return true;
      }
    }
    Level last = LEVELS[LEVELS.length - 1];
    if (!least(last, total)) {
      return false;
    }
    rest(last, total);
    return true;
  }

  private void divide(Level at, long total, double kernelPart) {
    processes = (long) (at.processes() * (float) host.threads() / (float) count);
    low = (long) ((double) host.lowTotal() * LOW_PART * kernelPart / count);
    guarantee = (total - low) / page;
    if (guarantee < LEAST_GUARANTEE) {
      guarantee = LEAST_GUARANTEE;
      low = total - guarantee * page;
    }
  }

  private boolean fits(Level at, long total) {
    divide(at, total, at.kernel());
    kernel = low / 2;
    if (low < at.leastLow()) {
      return false;
    }
    average = kernel / at.kernelOfProcess();
    if (average < LEAST_PROCESSES / 2) {
      return false;
    }
    processes = Math.max(Math.max(processes, LEAST_PROCESSES), 2 * average);
    if ((float) processes > (float) average * at.peak()) {
      processes = (long) ((float) average * at.peak());
    }
    return (low - kernel) / 3 >= at.socketBase() + at.socket() * processes;
  }

  private void buffers(Level at) {
    long tcp = (low - kernel) / 3;
    long sockets = at.socket() * processes;
    long free = tcp - sockets;
    put(Beancounter.TCPSNDBUF, free, tcp);
    put(Beancounter.TCPRCVBUF, free, tcp);
    put(Beancounter.DGRAMRCVBUF, free / 2, free / 2);
    put(Beancounter.OTHERSOCKBUF, free / 2, free / 2 + sockets);
  }

  /** The least of all: fewer processes until the kernel's memory suffices for them. */
  private boolean least(Level last, long total) {
    divide(last, total, 2.0);
    long sockets;
    long free;
    do {
      processes = Math.max(processes / 2, LEAST_PROCESSES);
      average = processes / 2;
      sockets = LEAST_SOCKET * processes;
      kernel = low - 2 * (LEAST_BUFFER + LEAST_TCP_BUFFER + sockets);
      free = kernel - average * last.kernelOfProcess();
    } while (free < 0 && processes > LEAST_PROCESSES);
    if (free < 0) {
      return false;
    }
    put(Beancounter.DGRAMRCVBUF, LEAST_BUFFER, LEAST_BUFFER);
    put(Beancounter.OTHERSOCKBUF, LEAST_BUFFER, LEAST_BUFFER + sockets);
    put(Beancounter.TCPSNDBUF, LEAST_TCP_BUFFER, LEAST_TCP_BUFFER + sockets);
    put(Beancounter.TCPRCVBUF, LEAST_TCP_BUFFER, LEAST_TCP_BUFFER + Math.min(free, sockets));
    kernel += Math.max(0, free - sockets);
    return true;
  }

  private void rest(Level at, long total) {
    put(Beancounter.KMEMSIZE, kernel, (long) ((double) kernel * 1.1));
    put(Beancounter.NUMPROC, processes, processes);
    put(Beancounter.AVNUMPROC, average, average);
    put(Beancounter.NUMTCPSOCK, processes, processes);
    put(Beancounter.NUMOTHERSOCK, processes, processes);
    both(Beancounter.NUMIPTENT, Math.clamp(2000 / count, 4, 200));
    long files = average * 32;
    both(Beancounter.NUMFILE, files);
    long names = (long) ((float) files * at.names());
    put(Beancounter.DCACHESIZE, (long) ((double) names / 1.03), names);
    long locks = Math.min((long) ((double) files * 0.1), 1000);
    put(Beancounter.NUMFLOCK, locks, (long) ((double) locks * 1.1));
    both(Beancounter.LOCKEDPAGES, Math.max(kernel * at.locked() / 204_800, 4));
    both(Beancounter.NUMPTY, Math.clamp((long) ((double) processes * 0.1), 4, 512));
    both(Beancounter.NUMSIGINFO, at.signals());
    put(Beancounter.PHYSPAGES, 0, BarrierLimit.UNLIMITED);
    memory(at, total);
  }

  private void memory(Level at, long total) {
    long allocated = (long) ((float) guarantee * at.memory());
    if (allocated > total / page) {
      allocated = guarantee;
    }
    double most = 0.6 / 4096 * (double) host.ram();
    if (count > 1 && (double) allocated > most) {
      allocated = (long) most;
      guarantee = Math.min(guarantee, allocated);
    }
    put(Beancounter.PRIVVMPAGES, allocated, (long) ((double) allocated * 1.1));
    put(Beancounter.VMGUARPAGES, guarantee, BarrierLimit.UNLIMITED);
    put(Beancounter.OOMGUARPAGES, guarantee, BarrierLimit.UNLIMITED);
    both(Beancounter.SHMPAGES, (long) ((double) allocated * 0.10));
  }

  private void both(Beancounter parameter, long value) {
    put(parameter, value, value);
  }

  private void put(Beancounter parameter, long barrier, long limit) {
    limits.put(parameter, new BarrierLimit(barrier, limit));
  }
}
