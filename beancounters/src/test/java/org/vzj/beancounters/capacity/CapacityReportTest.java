package org.vzj.beancounters.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzj.beancounters.report.ReportGroup;
import org.vzj.beancounters.report.ReportLine;

/** The tables of vzcalc, vzmemcheck and vzoversell, to the byte. */
class CapacityReportTest {
  private static final long MAX = Long.MAX_VALUE;
  private static final HostCapacity HOST =
      HostCapacity.parse(
          """
          MemTotal:        4194304 kB
          MemFree:          100000 kB
          SwapTotal:       2097152 kB
          SwapFree:        2097152 kB
          """,
          "16000\n");

  private static final ReportGroup WEB =
      new ReportGroup(
          101,
          List.of(
              new ReportLine("kmemsize", 2565461, 2650112, 14372700, 14790164, 0),
              new ReportLine("privvmpages", 12000, 15000, 65536, 69632, 0),
              new ReportLine("numproc", 23, 40, 240, 240, 0),
              new ReportLine("physpages", 9000, 9500, 0, MAX, 0),
              new ReportLine("vmguarpages", 0, 0, 33792, MAX, 0),
              new ReportLine("oomguarpages", 9000, 9500, 26112, MAX, 2),
              new ReportLine("tcpsndbuf", 17856, 20000, 1720320, 2703360, 0),
              new ReportLine("tcprcvbuf", 32768, 40000, 1720320, 2703360, 0),
              new ReportLine("othersockbuf", 2328, 10000, 1126080, 2097152, 0),
              new ReportLine("dgramrcvbuf", 0, 8380, 262144, 262144, 0),
              new ReportLine("swappages", 0, 0, 0, MAX, 0)));

  private static final ReportGroup VSWAP =
      new ReportGroup(
          102,
          List.of(
              new ReportLine("privvmpages", 12000, 15000, MAX, MAX, 0),
              new ReportLine("physpages", 65000, 65536, 0, 65536, 7),
              new ReportLine("swappages", 300, 400, 0, 131072, 0)));

  @Test
  void readsTheHost() {
    assertThat(HOST).isEqualTo(new HostCapacity(4294967296L, 4294967296L, 2147483648L, 16000));
    assertThat(HostCapacity.parse("MemTotal: 9 kB\nLowTotal: 5 kB", "").lowTotal()).isEqualTo(5120);
  }

  /** The smallest number of threads that the kernel takes is 20; one digit would be half read. */
  @Test
  void readsWholeFilesOfProc() throws java.io.IOException {
    HostCapacity real = HostCapacity.read(java.nio.file.Path.of("/proc"));
    assertThat(real.threads()).isGreaterThanOrEqualTo(20);
    assertThat(real.ram()).isPositive();
  }

  @Test
  void vzcalcShowsOneContainer() {
    assertThat(CalcReport.draw(WEB, WEB, HOST, true, 4096))
        .isEqualTo(
            """
            Resource     Current(%)  Promised(%)  Max(%)
            Low Mem          0.15       1.31       1.31
            Total RAM        0.92        n/a        n/a \n\
            Mem + Swap       0.61       2.01        n/a
            Alloc. Mem       0.80       2.50       4.78
            Num. Proc        0.14        n/a       1.50
            --------------------------------------------
            Memory           0.92       2.50       4.78
            """);
    assertThat(CalcReport.draw(WEB, null, HOST, true, 4096))
        .contains("Total RAM         n/a        n/a        n/a \n")
        .endsWith("Memory            n/a       2.50       4.78\n");
    assertThat(CalcReport.draw(WEB, WEB, HOST, false, 4096).lines())
        .containsExactly(
            "Resource     Current(%)  Promised(%)  Max(%)",
            "Memory           0.92       2.50       4.78");
  }

  @Test
  void vzmemcheckPromisesNoMoreThanRamAndSwap() {
    ReportGroup implied =
        new ReportGroup(
            102,
            List.of(
                new ReportLine("kmemsize", 0, 0, MAX, MAX, 0),
                new ReportLine("tcpsndbuf", 0, 0, MAX, MAX, 0),
                new ReportLine("privvmpages", 0, 0, MAX, MAX, 0),
                new ReportLine("physpages", 0, 0, 0, 65536, 0),
                new ReportLine("oomguarpages", 0, 0, 65536, MAX, 0),
                new ReportLine("vmguarpages", 0, 0, 196608, MAX, 0),
                new ReportLine("swappages", 0, 0, 0, 131072, 0)));
    assertThat(MemcheckReport.draw(List.of(implied), HOST, true, false, 4096))
        .contains("\n   0.00  768.00    0.00    0.00  768.00    0.00  768.00  768.00\n");
  }

  @Test
  void vzmemcheckSumsUp() {
    assertThat(MemcheckReport.draw(List.of(WEB, WEB), HOST, false, true, 4096))
        .isEqualTo(
            """
            Output values in %
            CTID        LowMem  LowMem     RAM MemSwap MemSwap   Alloc   Alloc   Alloc
                          util  commit    util    util  commit    util  commit   limit
            101           0.15    1.31    0.92    0.61    2.01    0.80    2.50    4.78
            101           0.15    1.31    0.92    0.61    2.01    0.80    2.50    4.78
            --------------------------------------------------------------------------
            Summary:      0.30    2.63    1.84    1.23    4.02    1.61    5.00    9.55
            """);
    assertThat(MemcheckReport.draw(List.of(WEB), HOST, true, false, 4096))
        .isEqualTo(
            """
            Output values in Mbytes
             LowMem  LowMem     RAM MemSwap MemSwap   Alloc   Alloc   Alloc
               util  commit    util    util  commit    util  commit   limit
               2.50   21.51   37.65   37.65  123.51   49.37  153.51  293.51
            1638.00 1638.00 4096.00 6144.00 6144.00 6144.00 6144.00 6144.00
            """);
    assertThat(MemcheckReport.draw(List.of(), HOST, true, true, 4096))
        .endsWith(
            """
            Summary:      0.00    0.00    0.00    0.00    0.00    0.00    0.00    0.00
                       1638.00 1638.00 4096.00 6144.00 6144.00 6144.00 6144.00 6144.00
            """);
  }

  @Test
  void vzoversellComparesWithTheHost() {
    ReportGroup unlimited =
        new ReportGroup(
            103,
            List.of(
                new ReportLine("privvmpages", 1, 1, MAX, MAX, 0),
                new ReportLine("physpages", 1, 1, 0, 2147483647, 0),
                new ReportLine("swappages", 0, 0, 0, 0, 0)));
    ReportGroup host = new ReportGroup(0, List.of(new ReportLine("swappages", 1, 1, MAX, MAX, 9)));
    assertThat(OversellReport.draw(List.of(WEB, VSWAP, unlimited, host), HOST))
        .isEqualTo(
            """
                       --------- RAM ---------  -------- Swap ---------  Flags
                        used  peak limit fails   used  peak limit fails
                   101 35.2M 37.1M  136M    -      -     -     -     -   RSF
                   102  253M  256M  256M    7   1.17M 1.56M  512M    -   f
                   103    4K    4K    -     -      -     -     -     -   U
                       ----- ----- ----- -----  ----- ----- ----- -----
             TOTAL      289M  293M  392M    7   1.17M 1.56M  512M    - \n\

            RAM        available:    4G  allocated:  392M  oversell: 9%
            Swap       available:    2G  allocated:  512M  oversell: 25%
            RAM+Swap   available:    6G  allocated:  904M  oversell: 14%

            Flags:
              R: non-VSwap container, RAM limit guessed based on privvmpages
              U: unlimited container, RAM limit not included into totals
              S: unlimited swap (ok for non-vswap), not counted into total swap limit
              f: RAM failctl > 0 (swap used), use vzubc to check details
              F: beancounter failctl > 0, use vzubc to check details
            """);
    assertThat(OversellReport.draw(List.of(), HOST))
        .doesNotContain("Flags:\n")
        .endsWith("oversell: - \n");
  }
}
