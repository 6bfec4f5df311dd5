package org.vzj.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaReportTest {
  private static final long NOW = 1_700_000_000;
  private static final QuotaLimits LIMITS =
      new QuotaLimits(
          new DiskLimit(2_097_152, 2_306_867), new DiskLimit(131_072, 144_179), 3600, 7200);

  private static QuotaUse use(long kilobytes, long inodes, long end) {
    return new QuotaUse(101, kilobytes << 10, inodes, LIMITS.space(), LIMITS.inodes(), end, end);
  }

  @Test
  void theReferencesOwnExample() {
    assertThat(new QuotaReport(NOW, false).container(use(113_856, 4539, 0), LIMITS))
        .isEqualTo(
            """
               resource          usage       softlimit      hardlimit    grace
              1k-blocks         113856         2097152        2306867\s\s\s\s\s\s\s\s\s
                 inodes           4539          131072         144179\s\s\s\s\s\s\s\s\s
            """);
  }

  @Test
  void whatIsExceededHasAStarAndATime() {
    QuotaReport report = new QuotaReport(NOW, false);
    assertThat(report.container(use(2_200_000, 4539, NOW + 6 * 3600 - 1), LIMITS))
        .isEqualTo(
            """
               resource          usage       softlimit      hardlimit    grace
              1k-blocks        2200000*        2097152        2306867    05:59
                 inodes           4539          131072         144179\s\s\s\s\s\s\s\s\s
            """);
    assertThat(report.container(use(2_400_000, 140_000, NOW + 3 * 86_400 + 5), LIMITS))
        .contains("2400000*        2097152        2306867    3days\n")
        .contains("140000*         131072         144179    3days\n");
    assertThat(report.container(use(2_200_000, 1, NOW), LIMITS)).contains("2306867     none\n");
  }

  @Test
  void numbersForPrograms() {
    assertThat(new QuotaReport(NOW, true).container(use(2_200_000, 4539, NOW + 5), LIMITS))
        .isEqualTo(
            """
                   2200000        2097152        2306867     1700000005           3600
                      4539         131072         144179     1700000005           7200
            """);
  }

  @Test
  void usersAndGroups() {
    QuotaUse user =
        new QuotaUse(1000, 2048, 3, new DiskLimit(1, 5), new DiskLimit(0, 0), NOW + 7200, 0);
    QuotaUse group = new QuotaUse(33, 1024, 1, new DiskLimit(0, 0), new DiskLimit(10, 20), 0, 0);
    QuotaReport.Users users =
        new QuotaReport.Users(
            true,
            true,
            1,
            new QuotaTable(604_800, 3600, 1, List.of(user)),
            new QuotaTable(7, 8, 0, List.of(group)));
    assertThat(new QuotaReport(NOW, false).users(users))
        .isEqualTo(
            """
            User/group quota: on,active
            *Ugids: loaded 2, total 2, limit 1
            Ugid limit was exceeded: yes

            User/group grace times and quotafile flags:
             type block_exp_time inode_exp_time  dqi_flags
             user         604800           3600         1h
            group              7              8         0h

            User/group objects:
            ID           type  resource       usage   softlimit   hardlimit    grace status
            1000         user 1k-blocks           2           1           5    02:00 loaded
            1000         user    inodes           3           0           0          loaded
            33          group 1k-blocks           1           0           0          loaded
            33          group    inodes           1          10          20          loaded
            """);
    assertThat(new QuotaReport(NOW, true).users(users))
        .isEqualTo(
            """
            1 1
            2 2 1
            1
             user 604800 3600 1h
            group 7 8 0h
            1000         user 1k-blocks           2           1           5 1700007200    1 0
            1000         user    inodes           3           0           0        0    1 0
            33          group 1k-blocks           1           0           0        0    1 0
            33          group    inodes           1          10          20        0    1 0
            """);
    QuotaTable none = new QuotaTable(0, 0, 0, List.of());
    assertThat(new QuotaReport(NOW, false).users(new QuotaReport.Users(null, false, 0, none, none)))
        .startsWith(
            """
            User/group quota: -,inactive
            Ugids: loaded 0, total 0, limit 0
            Ugid limit was exceeded: no
            """);
  }
}
