package org.vzj.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.vzj.linux.launch.LaunchPlan;

class QuotaLimitsTest {
  private static final Path TREE = Path.of("/vz/private/101");
  private static final DiskQuota PROJECT = new ProjectQuota(Path.of("/vz/private"), "/vz");

  private static QuotaLimits limits(long grace) {
    return new QuotaLimits(new DiskLimit(1000, 1100), new DiskLimit(20, 30), grace, grace);
  }

  private static String steps(QuotaLimits limits, boolean raised) {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    PROJECT.limit(plan, TREE, 101, limits, raised);
    return plan.build().text().substring("vzlaunch 1\n".length());
  }

  @Test
  void limitsAndGrace() {
    assertThat(steps(limits(3600), false))
        .isEqualTo(
            """
            quota-grace /vz/private/101 project 3600 3600
            quota /vz/private/101 project 101 1000 1100 20 30
            """);
  }

  @Test
  void withoutGraceTheSoftLimitIsTheHardOne() {
    assertThat(steps(limits(0), false))
        .isEqualTo("quota /vz/private/101 project 101 1000 1000 20 20\n");
  }

  @Test
  void scriptsOfAStartGetALittleMore() {
    assertThat(steps(limits(0), true))
        .isEqualTo("quota /vz/private/101 project 101 1000 1100 20 120\n");
    LaunchPlan.Builder plan = LaunchPlan.builder();
    PROJECT.limitAfterGate(plan, TREE, 101, limits(0));
    assertThat(plan.build().text())
        .endsWith("quota-after-gate /vz/private/101 project 101 1000 1000 20 20\n");
  }

  @Test
  void whatIsMoreThanTheKernelCountsIsNoLimit() {
    QuotaLimits all =
        new QuotaLimits(
            new DiskLimit(0, Long.MAX_VALUE), new DiskLimit(0, 0), 0, QuotaLimits.DEFAULT_GRACE);
    assertThat(steps(all, true)).isEqualTo("quota /vz/private/101 project 101 0 0 0 0\n");
    assertThat(QuotaLimits.NONE.limitsAnything()).isFalse();
    assertThat(limits(0).limitsAnything()).isTrue();
  }
}
