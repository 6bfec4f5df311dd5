package org.vzj.beancounters.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the host uses besides its containers. */
class HostRowsTest {
  @TempDir private Path proc;

  private void write(String name, String text) throws IOException {
    Path file = proc.resolve(name);
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private static long held(ReportGroup group, String name) {
    return requireNonNull(group.line(name)).held();
  }

  @Test
  void isTheWholeLessTheContainers() throws IOException {
    write(
        "meminfo",
        """
        MemTotal:        1000 kB
        MemFree:          200 kB
        Mlocked:           40 kB
        SwapTotal:        100 kB
        SwapFree:          60 kB
        Shmem:             80 kB
        Slab:             100 kB
        SReclaimable:      60 kB
        KernelStack:        8 kB
        PageTables:        12 kB
        Committed_AS:    2000 kB
        """);
    write("loadavg", "0.00 0.01 0.05 3/214 12345\n");
    write("net/sockstat", "sockets: used 30\nTCP: inuse 5 orphan 0 tw 0 alloc 6 mem 1\n");
    write("net/sockstat6", "TCP6: inuse 2\n");
    write("locks", "1: POSIX\n2: FLOCK\n");
    write("sys/kernel/pty/nr", "3\n");
    write("sys/fs/file-nr", "1234\t0\t99999\n");
    ReportGroup container =
        new ReportGroup(
            5,
            List.of(
                new ReportLine("numproc", 14, 14, 20, 20, 0),
                new ReportLine("numfile", 34, 34, 20, 20, 0),
                new ReportLine("shmpages", 1000, 1000, 20, 20, 0)));
    ReportGroup host = HostRows.read(proc, List.of(container));
    assertThat(host.id()).isZero();
    assertThat(host.lines()).hasSize(21);
    assertThat(held(host, "kmemsize")).isEqualTo(120 * 1024);
    assertThat(held(host, "dcachesize")).isEqualTo(60 * 1024);
    assertThat(held(host, "numproc")).isEqualTo(200);
    assertThat(held(host, "physpages")).isEqualTo(200);
    assertThat(held(host, "oomguarpages")).isEqualTo(210);
    assertThat(held(host, "swappages")).isEqualTo(10);
    assertThat(held(host, "lockedpages")).isEqualTo(10);
    assertThat(held(host, "privvmpages")).isEqualTo(500);
    assertThat(held(host, "shmpages")).as("never less than nothing").isZero();
    assertThat(held(host, "numtcpsock")).isEqualTo(7);
    assertThat(held(host, "numothersock")).isEqualTo(23);
    assertThat(held(host, "numflock")).isEqualTo(2);
    assertThat(held(host, "numpty")).isEqualTo(3);
    assertThat(held(host, "numfile")).isEqualTo(1200);
  }

  @Test
  void readsWholeFilesOfProc() {
    ReportGroup host = HostRows.read(Path.of("/proc"), List.of());
    assertThat(held(host, "numfile")).as("more than one digit").isGreaterThan(9);
  }
}
