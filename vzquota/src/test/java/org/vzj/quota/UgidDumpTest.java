package org.vzj.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.linux.launch.LaunchPlan;

class UgidDumpTest {
  private static final String TEXT =
      """
      ugid_quota_status:	1
      #grace_time:	type	block	inode
      grace_time:	0	604800	3600
      grace_time:	1	7	8
      ugid_number:	2
      #ugid:	ID	type	bsoft	bhard	isoft	ihard	btime	itime
      ugid:	1000	0	100	200	30	40	1700000000	0
      ugid:	33	1	0	500	0	0	0	0
      first_level_quota:	1048576	2048000	3072000	0	259200
      first_level_quota:	17	1000	1100	0	259200
      """;

  private static UgidDump dump() {
    return Objects.requireNonNull(UgidDump.parse(TEXT, 101, true, true));
  }

  @Test
  void whatIsPrintedIsRead() {
    UgidDump dump = dump();
    assertThat(dump.text(true, true)).isEqualTo(TEXT);
    assertThat(Objects.requireNonNull(dump.first()).limits().space())
        .isEqualTo(new DiskLimit(2000, 3000));
    assertThat(dump.text(true, false))
        .contains(
            "#ugid:\tID\ttype\tbsoft\tbhard\tisoft\tihard\n", "ugid:\t1000\t0\t100\t200\t30\t40\n");
    assertThat(dump.text(false, true)).contains("ugid:\t1000\t0\t1700000000\t0\n");
  }

  @Test
  void limitsAreThoseOfTheContainersOwnIds() {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    dump().addTo(plan, "/vz/private/101", 200_000, 300_000);
    assertThat(plan.build().text())
        .isEqualTo(
            """
            vzlaunch 1
            quota-grace /vz/private/101 user 604800 3600
            quota-grace /vz/private/101 group 7 8
            quota /vz/private/101 user 201000 100 200 30 40
            quota-clock /vz/private/101 user 201000 1700000000 0
            quota /vz/private/101 group 300033 0 500 0 0
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "something else\n",
        "ugid:\t1000\t0\t1\t2\t3\t4\n",
        "ugid:\t1000\t2\t1\t2\t3\t4\t5\t6\n",
        "ugid:\t70000\t0\t1\t2\t3\t4\t5\t6\n",
        "ugid:\t-1\t0\t1\t2\t3\t4\t5\t6\n",
        "grace_time:\t2\t1\t1\n",
        "grace_time:\t0\t1\n"
      })
  void otherTextIsRefused(String text) {
    assertThat(UgidDump.parse(text, 101, true, true)).isNull();
  }
}
