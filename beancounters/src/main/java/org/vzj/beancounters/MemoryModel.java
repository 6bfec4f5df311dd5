package org.vzj.beancounters;

import static org.vzj.beancounters.Beancounter.DGRAMRCVBUF;
import static org.vzj.beancounters.Beancounter.KMEMSIZE;
import static org.vzj.beancounters.Beancounter.OOMGUARPAGES;
import static org.vzj.beancounters.Beancounter.OTHERSOCKBUF;
import static org.vzj.beancounters.Beancounter.PHYSPAGES;
import static org.vzj.beancounters.Beancounter.PRIVVMPAGES;
import static org.vzj.beancounters.Beancounter.SWAPPAGES;
import static org.vzj.beancounters.Beancounter.TCPRCVBUF;
import static org.vzj.beancounters.Beancounter.TCPSNDBUF;
import static org.vzj.beancounters.Beancounter.VMGUARPAGES;

import org.vzj.beancounters.cgroup.controller.MemoryControl;
import org.vzj.beancounters.cgroup.controller.MemoryLimits;
import org.vzj.linux.unit.Pages;

/** What the beancounters of memory mean for a control group, which knows fewer kinds of it. */
public final class MemoryModel {
  /** What the kernel takes from a group's memory besides privvmpages, as far as it is limited. */
  private static final Beancounter[] KERNEL_SHARE = {
    KMEMSIZE, TCPSNDBUF, TCPRCVBUF, OTHERSOCKBUF, DGRAMRCVBUF
  };

  private MemoryModel() {}

  /**
   * Computes a group's limits.
   *
   * <p>With RAM and swap space given, these are they. A configuration from the time before bounds
   * what may be allocated, and apart from it what the kernel takes: the group has the sum, none of
   * it as additional swap space, and is slowed down from the barrier on.
   *
   * @param limits as configured. What is only implied guarantees nothing: a guarantee that all have
   *     is none
   */
  public static MemoryLimits of(Limits limits) {
    long guarantee = Math.max(guaranteed(limits, VMGUARPAGES), guaranteed(limits, OOMGUARPAGES));
    long tcp = Limits.sum(limits.get(TCPSNDBUF).limit(), limits.get(TCPRCVBUF).limit());
    if (limits.isVswap()) {
      long ram = bytes(limits.get(PHYSPAGES).limit());
      long total = Limits.sum(ram, bytes(limits.get(SWAPPAGES).limit()));
      return new MemoryLimits(ram, total, MemoryControl.UNLIMITED, guarantee, tcp);
    }
    BarrierLimit allocated = limits.get(PRIVVMPAGES);
    if (BarrierLimit.isUnlimited(allocated.limit())) {
      return new MemoryLimits(
          MemoryControl.UNLIMITED,
          MemoryControl.UNLIMITED,
          MemoryControl.UNLIMITED,
          guarantee,
          tcp);
    }
    long kernel = 0;
    for (Beancounter share : KERNEL_SHARE) {
      long limit = limits.get(share).limit();
      kernel = BarrierLimit.isUnlimited(limit) ? kernel : Limits.sum(kernel, limit);
    }
    long most = Limits.sum(bytes(allocated.limit()), kernel);
    long throttle =
        allocated.barrier() < allocated.limit()
            ? Limits.sum(bytes(allocated.barrier()), kernel)
            : MemoryControl.UNLIMITED;
    return new MemoryLimits(most, most, throttle, guarantee, tcp);
  }

  private static long guaranteed(Limits limits, Beancounter parameter) {
    long barrier = limits.has(parameter) ? limits.get(parameter).barrier() : 0;
    return BarrierLimit.isUnlimited(barrier) ? 0 : bytes(barrier);
  }

  private static long bytes(long pages) {
    return BarrierLimit.isUnlimited(pages) ? MemoryControl.UNLIMITED : new Pages(pages).bytes();
  }
}
