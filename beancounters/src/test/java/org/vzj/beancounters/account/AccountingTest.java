package org.vzj.beancounters.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.Limits;
import org.vzj.beancounters.cgroup.CgroupHost;
import org.vzj.linux.proc.MountInfo;
import org.vzj.linux.unit.Pages;

/** Rows from a /proc and a cgroup v2 that are plain files. */
class AccountingTest {
  private static final long PAGE = Pages.hostPageSize();

  @TempDir Path root;

  @BeforeEach
  void make() throws IOException {
    write("cgroup/cgroup.controllers", "memory pids\n");
    write("cgroup/vz/101/cgroup.procs", "10\n11\n");
    write("cgroup/vz/101/pids.current", "3\n");
    write("cgroup/vz/101/pids.peak", "7\n");
    write("cgroup/vz/101/pids.events.local", "max 2\n");
    write("cgroup/vz/101/memory.current", 5 * PAGE + "\n");
    write("cgroup/vz/101/memory.swap.current", 2 * PAGE + "\n");
    write("cgroup/vz/101/memory.stat", "kernel 1000\nshmem 1\nslab_reclaimable 300\n");
    write("cgroup/vz/101/memory.events.local", "oom 4\n");
    String status = "Name:\tx\nUid:\t%s\t0\t0\t0\nVmLck:\t 8 kB\nVmData:\t 100 kB\nSigQ:\t%s/96\n";
    write("proc/10/status", status.formatted("7", "5"));
    write("proc/11/status", status.formatted("7", "5") + "VmStk:\t 4 kB\n");
    write("proc/10/net/sockstat", "sockets: used 12\nTCP: inuse 3 orphan 0 tw 0 alloc 9 mem 1\n");
    write("proc/10/net/sockstat6", "TCP6: inuse 2\n");
    write(
        "proc/10/net/tcp",
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt
           0: 0100007F:1F90 00000000:0000 0A 00000000:00000005 00:00000000 00000000
           1: 0100007F:1F90 0100007F:1F91 01 00000100:00000010 00:00000000 00000000
        """);
    write("proc/10/net/udp", "heading\n 5: 0:1 0:0 07 00000001:00000300 00\n");
    write(
        "proc/locks",
        """
        1: POSIX  ADVISORY  WRITE 10 08:01:5 0 EOF
        1: -> POSIX  ADVISORY  WRITE 11 08:01:5 0 EOF
        2: FLOCK  ADVISORY  WRITE 11 08:01:6 0 EOF
        3: FLOCK  ADVISORY  WRITE 99 08:01:7 0 EOF
        4: OFDLCK ADVISORY  READ -1 08:01:8 0 EOF
        """);
    Files.createDirectories(root.resolve("run"));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Accounting accounting() throws IOException {
    CgroupHost host =
        CgroupHost.detect(
            MountInfo.parse("32 24 0:32 / " + root + "/cgroup rw - cgroup2 cgroup2 rw\n"));
    Limits limits =
        Limits.NONE
            .with(Beancounter.PHYSPAGES, new BarrierLimit(0, 50))
            .with(Beancounter.NUMPROC, new BarrierLimit(6, 8));
    return new Accounting(
        root.resolve("proc"), host.group("101"), 10, limits, root.resolve("run"), () -> 21);
  }

  private ResourceRow row(Beancounter parameter) throws IOException {
    return accounting().rows(List.of(parameter)).getFirst();
  }

  @Test
  void allRowsInTheirOrder() throws IOException {
    List<ResourceRow> rows = accounting().rows();
    assertThat(rows).hasSize(21);
    assertThat(rows.getFirst().parameter()).isEqualTo(Beancounter.KMEMSIZE);
    assertThat(rows.getLast())
        .isEqualTo(new ResourceRow(Beancounter.SWAPPAGES, 2, 2, Long.MAX_VALUE, Long.MAX_VALUE, 0));
  }

  @Test
  void eachFromItsSource() throws IOException {
    assertThat(row(Beancounter.NUMPROC))
        .isEqualTo(new ResourceRow(Beancounter.NUMPROC, 3, 7, 6, 8, 2));
    assertThat(row(Beancounter.PHYSPAGES))
        .isEqualTo(new ResourceRow(Beancounter.PHYSPAGES, 5, 5, 0, 50, 4));
    assertThat(row(Beancounter.OOMGUARPAGES).held()).isEqualTo(7);
    assertThat(row(Beancounter.KMEMSIZE).held()).isEqualTo(1000);
    assertThat(row(Beancounter.SHMPAGES).held()).isOne();
    assertThat(row(Beancounter.DCACHESIZE).held()).isEqualTo(300);
    assertThat(row(Beancounter.LOCKEDPAGES).held()).isEqualTo(16 * 1024 / PAGE);
    assertThat(row(Beancounter.PRIVVMPAGES).held()).isEqualTo(204 * 1024 / PAGE);
    assertThat(row(Beancounter.NUMTCPSOCK).held()).isEqualTo(5);
    assertThat(row(Beancounter.NUMOTHERSOCK).held()).isEqualTo(7);
    assertThat(row(Beancounter.TCPSNDBUF).held()).isEqualTo(256);
    assertThat(row(Beancounter.TCPRCVBUF).held()).isEqualTo(16);
    assertThat(row(Beancounter.OTHERSOCKBUF).held()).isOne();
    assertThat(row(Beancounter.DGRAMRCVBUF).held()).isEqualTo(768);
    assertThat(row(Beancounter.NUMIPTENT).held()).isEqualTo(21);
    assertThat(row(Beancounter.VMGUARPAGES).held()).isZero();
  }

  @Test
  void signalsOfOneUserAreCountedOnce() throws IOException {
    assertThat(row(Beancounter.NUMSIGINFO).held()).isEqualTo(5);
  }

  @Test
  void locksAreTheHoldersAndOnlyOurs() throws IOException {
    assertThat(row(Beancounter.NUMFLOCK).held()).isEqualTo(2);
  }

  @Test
  void peaksAndRefusalsStay() throws IOException {
    accounting().rows();
    write("cgroup/vz/101/memory.stat", "kernel 10\nshmem 0\n");
    write("cgroup/vz/101/pids.events.local", "max 0\n");
    assertThat(row(Beancounter.KMEMSIZE).held()).isEqualTo(10);
    assertThat(row(Beancounter.KMEMSIZE).maxheld()).isEqualTo(1000);
    assertThat(row(Beancounter.NUMPROC).failcnt()).isEqualTo(2);
    assertThat(Files.readString(root.resolve("run/beancounters"))).contains("kmemsize 1000 0\n");
  }

  @Test
  void whoMayNotWriteReadsNevertheless() throws IOException {
    Files.delete(root.resolve("run"));
    assertThat(row(Beancounter.NUMPROC).held()).isEqualTo(3);
    assertThat(root.resolve("run")).doesNotExist();
  }
}
