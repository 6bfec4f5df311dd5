package org.vzj.beancounters.account;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.Limits;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.beancounters.cgroup.controller.MemoryControl;
import org.vzj.beancounters.cgroup.controller.PidsControl;
import org.vzj.linux.unit.Pages;

/**
 * Reads what a running container uses, refuses and may use. {@link org.vzj.beancounters.Mechanism}
 * says from where. Only what is asked for is read; an object looks once at each source, so make a
 * new one for each look.
 */
public final class Accounting {
  private final Limits limits;
  private final Sockets sockets;
  private final @Nullable MemoryControl memory;
  private final @Nullable PidsControl pids;
  private final Cgroup cgroup;
  private final Path proc;
  private final Path stateDirectory;
  private final @Nullable RuleCounter rules;
  private @Nullable Processes processes;

  /**
   * @param proc where procfs is mounted
   * @param cgroup the container's
   * @param init process id of its init on the host
   * @param limits what is in force, with what is implied
   * @param stateDirectory its directory below /run/vz, where peaks are kept
   * @param rules counts its netfilter rules; null: they are not asked for, and 0
   */
  public Accounting(
      Path proc,
      Cgroup cgroup,
      long init,
      Limits limits,
      Path stateDirectory,
      @Nullable RuleCounter rules) {
    this.proc = proc;
    this.cgroup = cgroup;
    this.limits = limits;
    this.stateDirectory = stateDirectory;
    this.rules = rules;
    this.sockets = new Sockets(proc.resolve(init + "/net"));
    this.memory = cgroup.controllers().memory();
    this.pids = cgroup.controllers().pids();
  }

  /**
   * Reads all rows: those of {@link Beancounter#kernelRows} in their order, then swappages.
   *
   * @throws IOException if the kernel's numbers cannot be read, as when the container has stopped
   */
  public List<ResourceRow> rows() throws IOException {
    List<Beancounter> wanted = new ArrayList<>(Beancounter.kernelRows());
    wanted.add(Beancounter.SWAPPAGES);
    return rows(wanted);
  }

  /**
   * Reads some rows, and keeps their peaks.
   *
   * @return as many rows, in this order
   * @throws IOException if the kernel's numbers cannot be read, as when the container has stopped
   */
  public List<ResourceRow> rows(List<Beancounter> wanted) throws IOException {
    Peaks peaks = Peaks.load(stateDirectory);
    List<ResourceRow> rows = new ArrayList<>(wanted.size());
    for (Beancounter parameter : wanted) {
      long held = Math.max(0, held(parameter));
      BarrierLimit limit = limits.get(parameter);
      rows.add(
          new ResourceRow(
              parameter,
              held,
              peaks.held(parameter, Math.max(held, peak(parameter))),
              limit.barrier(),
              limit.limit(),
              peaks.refusals(parameter, refusals(parameter))));
    }
    peaks.save();
    return rows;
  }

  private Processes processes() throws IOException {
    Processes known = processes;
    if (known == null) {
      known = new Processes(proc, cgroup.processes());
      processes = known;
    }
    return known;
  }

  private long held(Beancounter parameter) throws IOException {
    return switch (parameter) {
      case KMEMSIZE -> memory == null ? 0 : memory.kernelUse();
      case LOCKEDPAGES -> processes().lockedPages();
      case PRIVVMPAGES -> processes().privatePages();
      case SHMPAGES -> memory == null ? 0 : pages(memory.sharedUse());
      case NUMPROC -> pids == null ? cgroup.processes().size() : pids.use();
      case PHYSPAGES -> memory == null ? 0 : pages(memory.use());
      case OOMGUARPAGES -> memory == null ? 0 : pages(memory.use() + Math.max(0, memory.swapUse()));
      case NUMTCPSOCK -> sockets.tcp();
      case NUMFLOCK -> processes().locks();
      case NUMPTY -> processes().terminals();
      case NUMSIGINFO -> processes().signals();
      case TCPSNDBUF -> sockets.tcpSendBytes();
      case TCPRCVBUF -> sockets.tcpReceiveBytes();
      case OTHERSOCKBUF -> sockets.datagramSendBytes();
      case DGRAMRCVBUF -> sockets.datagramReceiveBytes();
      case NUMOTHERSOCK -> sockets.others();
      case DCACHESIZE -> memory == null ? 0 : memory.reclaimableUse();
      case NUMFILE -> processes().descriptors();
      case NUMIPTENT -> rules == null ? 0 : rules.count();
      case SWAPPAGES -> memory == null ? 0 : pages(memory.swapUse());
      case VMGUARPAGES, AVNUMPROC -> 0;
    };
  }

  private long peak(Beancounter parameter) throws IOException {
    return switch (parameter) {
      case KMEMSIZE -> memory == null ? 0 : memory.kernelPeak();
      case NUMPROC -> pids == null ? 0 : pids.peak();
      case PHYSPAGES -> memory == null ? 0 : pages(memory.peak());
      case SWAPPAGES -> memory == null ? 0 : pages(memory.swapPeak());
      default -> 0;
    };
  }

  private long refusals(Beancounter parameter) throws IOException {
    return switch (parameter) {
      case NUMPROC -> pids == null ? 0 : pids.refusals();
      case PHYSPAGES -> memory == null || !limits.isVswap() ? 0 : memory.outOfMemory();
      case PRIVVMPAGES -> memory == null || limits.isVswap() ? 0 : memory.outOfMemory();
      case OOMGUARPAGES -> memory == null ? 0 : memory.outOfMemory();
      case TCPSNDBUF, TCPRCVBUF -> memory == null ? 0 : memory.tcpRefusals();
      case SWAPPAGES -> memory == null ? 0 : memory.swapRefusals();
      default -> 0;
    };
  }

  private static long pages(long bytes) {
    return bytes < 0 ? 0 : Pages.holding(bytes).count();
  }
}
