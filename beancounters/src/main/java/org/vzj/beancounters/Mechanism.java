package org.vzj.beancounters;

import static org.vzj.beancounters.Enforcement.ACCOUNTED;
import static org.vzj.beancounters.Enforcement.ADVISORY;
import static org.vzj.beancounters.Enforcement.ENFORCED;

import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.CgroupHost;
import org.vzj.beancounters.cgroup.Hierarchy;

/**
 * THE table of mechanisms: what a stock kernel has for each beancounter. The documents are drawn
 * from it. Each parameter has two entries, one for a host whose controller is of cgroup v1 and one
 * for v2; in a hybrid host each controller is of one of them.
 *
 * @param parameter the beancounter
 * @param enforcement what its limit means
 * @param limit by what it is limited, in a few words; {@code -} if by nothing
 * @param held from what its use is read; {@code -} if nothing tells
 * @param failcnt from what refusals are counted; {@code -} if the kernel does not count them
 */
public record Mechanism(
    Beancounter parameter, Enforcement enforcement, String limit, String held, String failcnt) {

  private static final String NONE = "-";

  /** In what the values are counted. */
  public BeancounterUnit unit() {
    return parameter.unit();
  }

  /**
   * The mechanism on a host.
   *
   * @param host its cgroups, or null if it has none: then nothing of them works
   */
  public static Mechanism of(Beancounter parameter, @Nullable CgroupHost host) {
    Hierarchy hierarchy = host == null ? null : host.with(controller(parameter));
    return hierarchy == null ? none(parameter) : of(parameter, hierarchy.unified());
  }

  /**
   * The mechanism by the version of the parameter's cgroup controller.
   *
   * @param v2 whether it is of cgroup v2
   */
  public static Mechanism of(Beancounter parameter, boolean v2) {
    return switch (parameter) {
      case KMEMSIZE ->
          v2
              ? row(parameter, ACCOUNTED, "within memory.max", "memory.stat kernel", NONE)
              : row(
                  parameter,
                  ACCOUNTED,
                  "within memory.limit_in_bytes",
                  "memory.kmem.usage_in_bytes",
                  NONE);
      case LOCKEDPAGES ->
          row(parameter, ADVISORY, "RLIMIT_MEMLOCK of each process", "VmLck of processes", NONE);
      case PRIVVMPAGES ->
          v2
              ? row(
                  parameter,
                  ACCOUNTED,
                  "memory.max, memory.high, unless physpages is limited",
                  "VmData, VmStk of processes",
                  "memory.events.local oom")
              : row(
                  parameter,
                  ACCOUNTED,
                  "memory.memsw.limit_in_bytes, unless physpages is limited",
                  "VmData, VmStk of processes",
                  "memory.oom_control oom_kill");
      case SHMPAGES ->
          row(
              parameter,
              ADVISORY,
              "kernel.shmall; size= of /dev/shm",
              v2 ? "memory.stat shmem" : "memory.stat total_shmem",
              NONE);
      case NUMPROC ->
          row(
              parameter,
              ENFORCED,
              "pids.max",
              "pids.current",
              v2 ? "pids.events.local max" : "pids.events max");
      case PHYSPAGES ->
          v2
              ? row(parameter, ENFORCED, "memory.max", "memory.current", "memory.events.local oom")
              : row(
                  parameter,
                  ENFORCED,
                  "memory.limit_in_bytes",
                  "memory.usage_in_bytes",
                  "memory.oom_control oom_kill");
      case VMGUARPAGES ->
          row(parameter, ADVISORY, v2 ? "memory.low" : "memory.soft_limit_in_bytes", NONE, NONE);
      case OOMGUARPAGES ->
          v2
              ? row(
                  parameter,
                  ADVISORY,
                  "memory.low",
                  "memory.current, memory.swap.current",
                  "memory.events.local oom")
              : row(
                  parameter,
                  ADVISORY,
                  "memory.soft_limit_in_bytes",
                  "memory.usage_in_bytes, memory.stat total_swap",
                  "memory.oom_control oom_kill");
      case NUMTCPSOCK -> row(parameter, ACCOUNTED, NONE, "net/sockstat, net/sockstat6", NONE);
      case NUMFLOCK -> row(parameter, ACCOUNTED, NONE, "/proc/locks", NONE);
      case NUMPTY -> row(parameter, ADVISORY, "max= of /dev/pts", "open masters", NONE);
      case NUMSIGINFO ->
          row(
              parameter,
              ENFORCED,
              "RLIMIT_SIGPENDING of the user namespace",
              "SigQ of processes",
              NONE);
      case TCPSNDBUF, TCPRCVBUF ->
          v2
              ? row(parameter, ACCOUNTED, "within memory.max", "net/tcp, net/tcp6", NONE)
              : row(
                  parameter,
                  ADVISORY,
                  "memory.kmem.tcp.limit_in_bytes, both together",
                  "net/tcp, net/tcp6",
                  "memory.kmem.tcp.failcnt");
      case OTHERSOCKBUF, DGRAMRCVBUF ->
          row(
              parameter,
              ACCOUNTED,
              v2 ? "within memory.max" : "within memory.limit_in_bytes",
              "net/udp, net/udp6",
              NONE);
      case NUMOTHERSOCK -> row(parameter, ACCOUNTED, NONE, "net/sockstat", NONE);
      case NUMFILE -> row(parameter, ACCOUNTED, NONE, "descriptors of processes", NONE);
      case DCACHESIZE ->
          v2
              ? row(parameter, ACCOUNTED, "within memory.max", "memory.stat slab_reclaimable", NONE)
              : row(parameter, ADVISORY, "within memory.limit_in_bytes", NONE, NONE);
      case NUMIPTENT -> row(parameter, ACCOUNTED, NONE, "rules that nft lists, when asked", NONE);
      case AVNUMPROC -> row(parameter, ADVISORY, "in formulas only", NONE, NONE);
      case SWAPPAGES ->
          v2
              ? row(
                  parameter,
                  ENFORCED,
                  "memory.swap.max",
                  "memory.swap.current",
                  "memory.swap.events fail, or oom with all of it used")
              : row(
                  parameter,
                  ENFORCED,
                  "memory.memsw.limit_in_bytes",
                  "memory.stat total_swap",
                  "memory.oom_control oom_kill with all of it used");
    };
  }

  /** The controller that decides which entry holds; for those without one, that of memory. */
  private static String controller(Beancounter parameter) {
    return parameter == Beancounter.NUMPROC ? "pids" : "memory";
  }

  private static Mechanism none(Beancounter parameter) {
    Mechanism best = of(parameter, true);
    return best.limit.startsWith("memory.")
            || best.limit.startsWith("pids.")
            || best.held.startsWith("memory.")
        ? row(parameter, ADVISORY, NONE, NONE, NONE)
        : best;
  }

  private static Mechanism row(
      Beancounter parameter, Enforcement enforcement, String limit, String held, String failcnt) {
    return new Mechanism(parameter, enforcement, limit, held, failcnt);
  }
}
