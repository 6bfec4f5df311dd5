package org.vzj.beancounters;

import static org.vzj.beancounters.BeancounterUnit.BYTES;
import static org.vzj.beancounters.BeancounterUnit.ITEMS;
import static org.vzj.beancounters.BeancounterUnit.PAGES;

import java.util.List;

/**
 * The beancounter parameters, in the order in which they are saved. The name of a constant is the
 * key in a container's configuration.
 */
public enum Beancounter {
  KMEMSIZE(BYTES, "kernel memory"),
  LOCKEDPAGES(PAGES, "memory that mlock(2) may hold"),
  PRIVVMPAGES(PAGES, "memory that may be allocated"),
  SHMPAGES(PAGES, "shared memory"),
  NUMPROC(ITEMS, "processes and threads"),
  PHYSPAGES(PAGES, "RAM"),
  VMGUARPAGES(PAGES, "memory allocation that is guaranteed"),
  OOMGUARPAGES(PAGES, "memory that is safe when memory runs out"),
  NUMTCPSOCK(ITEMS, "TCP sockets"),
  NUMFLOCK(ITEMS, "file locks"),
  NUMPTY(ITEMS, "pseudo-terminals"),
  NUMSIGINFO(ITEMS, "queued signals"),
  TCPSNDBUF(BYTES, "send buffers of TCP sockets"),
  TCPRCVBUF(BYTES, "receive buffers of TCP sockets"),
  OTHERSOCKBUF(BYTES, "buffers of UNIX sockets and send buffers of UDP sockets"),
  DGRAMRCVBUF(BYTES, "receive buffers of UDP sockets"),
  NUMOTHERSOCK(ITEMS, "sockets other than TCP"),
  NUMFILE(ITEMS, "open files"),
  DCACHESIZE(BYTES, "memory of cached names and inodes"),
  NUMIPTENT(ITEMS, "netfilter rules"),
  AVNUMPROC(ITEMS, "processes on average; used in formulas only"),
  SWAPPAGES(PAGES, "swap space");

  private static final List<Beancounter> KERNEL_ROWS =
      List.of(
          KMEMSIZE,
          LOCKEDPAGES,
          PRIVVMPAGES,
          SHMPAGES,
          NUMPROC,
          PHYSPAGES,
          VMGUARPAGES,
          OOMGUARPAGES,
          NUMTCPSOCK,
          NUMFLOCK,
          NUMPTY,
          NUMSIGINFO,
          TCPSNDBUF,
          TCPRCVBUF,
          OTHERSOCKBUF,
          DGRAMRCVBUF,
          NUMOTHERSOCK,
          DCACHESIZE,
          NUMFILE,
          NUMIPTENT);

  private final BeancounterUnit unit;
  private final String description;

  Beancounter(BeancounterUnit unit, String description) {
    this.unit = unit;
    this.description = description;
  }

  /** In what it is counted. */
  public BeancounterUnit unit() {
    return unit;
  }

  /** What it limits, in a few words. */
  public String description() {
    return description;
  }

  /** The name in reports and as an option: {@code kmemsize}. */
  public String parameterName() {
    String key = name();
    char[] small = new char[key.length()];
    for (int i = 0; i < small.length; i++) {
      small[i] = (char) (key.charAt(i) - 'A' + 'a');
    }
    return new String(small);
  }

  /**
   * Those that a kernel of OpenVZ reports, in the order of {@code /proc/user_beancounters} without
   * its dummy rows: all but {@link #AVNUMPROC} and {@link #SWAPPAGES}.
   */
  public static List<Beancounter> kernelRows() {
    return KERNEL_ROWS;
  }
}
