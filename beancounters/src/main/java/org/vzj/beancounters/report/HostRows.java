package org.vzj.beancounters.report;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.linux.unit.Pages;

/**
 * The rows of the host itself, whose number is 0: what the whole machine uses, less what the
 * running containers do. What a kernel counts for each network namespace is the host's own already.
 * Nothing is limited, no peaks and refusals are known.
 */
public final class HostRows {
  private static final long KB = 1024;

  private final Path proc;
  private final List<ReportGroup> containers;
  private final String memory;

  private HostRows(Path proc, List<ReportGroup> containers) {
    this.proc = proc;
    this.containers = containers;
    this.memory = text("meminfo");
  }

  /**
   * Asks the kernel. What it does not tell is 0.
   *
   * @param proc where procfs is mounted
   * @param containers the rows of all running containers
   */
  public static ReportGroup read(Path proc, List<ReportGroup> containers) {
    HostRows rows = new HostRows(proc, containers);
    List<ReportLine> lines = new ArrayList<>();
    for (Beancounter parameter : Beancounter.kernelRows()) {
      lines.add(rows.line(parameter));
    }
    lines.add(rows.line(Beancounter.SWAPPAGES));
    return new ReportGroup(0, lines);
  }

  private ReportLine line(Beancounter parameter) {
    String name = parameter.parameterName();
    long held = Math.max(0, held(parameter, name));
    long any = BarrierLimit.UNLIMITED;
    return new ReportLine(name, held, held, any, any, 0);
  }

  private long held(Beancounter parameter, String name) {
    return switch (parameter) {
      case KMEMSIZE ->
          (kb("Slab:") + kb("KernelStack:") + kb("PageTables:")) * KB - ofContainers(name);
      case LOCKEDPAGES -> pages("Mlocked:") - ofContainers(name);
      case PRIVVMPAGES -> pages("Committed_AS:") - ofContainers(name);
      case SHMPAGES -> pages("Shmem:") - ofContainers(name);
      case NUMPROC -> tasks() - ofContainers(name);
      case PHYSPAGES -> pages("MemTotal:") - pages("MemFree:") - ofContainers(name);
      case OOMGUARPAGES -> pages("MemTotal:") - pages("MemFree:") + swapped() - ofContainers(name);
      case SWAPPAGES -> swapped() - ofContainers(name);
      case NUMTCPSOCK ->
          sockets("net/sockstat", "TCP: inuse ") + sockets("net/sockstat6", "TCP6: inuse ");
      case NUMOTHERSOCK ->
          sockets("net/sockstat", "sockets: used ")
              - sockets("net/sockstat", "TCP: inuse ")
              - sockets("net/sockstat6", "TCP6: inuse ");
      case NUMFLOCK -> lines(text("locks")) - ofContainers(name);
      case NUMPTY -> number(text("sys/kernel/pty/nr"), 0) - ofContainers(name);
      case DCACHESIZE -> kb("SReclaimable:") * KB - ofContainers(name);
      case NUMFILE -> number(text("sys/fs/file-nr"), 0) - ofContainers(name);
      default -> 0;
    };
  }

  private long ofContainers(String name) {
    long sum = 0;
    for (ReportGroup container : containers) {
      ReportLine line = container.line(name);
      sum += line == null ? 0 : line.held();
    }
    return sum;
  }

  private long swapped() {
    return pages("SwapTotal:") - pages("SwapFree:");
  }

  private long pages(String key) {
    return kb(key) * KB / Pages.hostPageSize();
  }

  private long kb(String key) {
    return after(memory, key);
  }

  private long sockets(String file, String key) {
    return after(text(file), key);
  }

  /** The number behind a key at the beginning of a line. */
  private static long after(String text, String key) {
    int at = text.startsWith(key) ? 0 : text.indexOf("\n" + key) + 1;
    return text.startsWith(key, at) ? number(text, at + key.length()) : 0;
  }

  /** Processes and threads: the second number of {@code 3/214}, proc_loadavg(5). */
  private long tasks() {
    String load = text("loadavg");
    int slash = load.indexOf('/');
    return slash < 0 ? 0 : number(load, slash + 1);
  }

  private static long lines(String text) {
    long count = 0;
    for (int i = 0; i < text.length(); i++) {
      count += text.charAt(i) == '\n' ? 1 : 0;
    }
    return count;
  }

  private static long number(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    long value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = value * 10 + (text.charAt(at++) - '0');
    }
    return value;
  }

  private String text(String file) {
    // A file of /proc/sys ends after the first read, which therefore has to be a large one.
    try (InputStream in = new FileInputStream(proc.resolve(file).toFile())) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
