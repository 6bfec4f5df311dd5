package org.vzj.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LaunchReportTest {
  @Test
  void everyReportIsUnderstood() {
    assertThat(LaunchReport.parse("done\n", 0)).isEqualTo(new LaunchReport.Done());
    assertThat(LaunchReport.parse("ok 4711\n", 0)).isEqualTo(new LaunchReport.Started(4711));
    assertThat(LaunchReport.parse("exit 255\n", 255)).isEqualTo(new LaunchReport.Exited(255));
    assertThat(LaunchReport.parse("signal 9\n", 137)).isEqualTo(new LaunchReport.Signalled(9));
  }

  @Test
  void aFailedStepIsTakenApart() {
    LaunchReport report =
        LaunchReport.parse("step 12 (mount (x): y /proc): EPERM Operation not permitted\n", 255);
    assertThat(report)
        .isEqualTo(
            new LaunchReport.Failed(12, "mount (x): y /proc", "EPERM", "Operation not permitted"));
    assertThat(((LaunchReport.Failed) report).text())
        .isEqualTo("step 12 (mount (x): y /proc): EPERM Operation not permitted");
  }

  @Test
  void aMissingOrBrokenReportIsAFailureOfTheLauncher() {
    assertThat(LaunchReport.parse("", 137))
        .isEqualTo(
            new LaunchReport.Failed(
                0, "vzlaunch", "EPROTO", "the launcher was killed by signal 9 and gave no report"));
    for (String broken : new String[] {"ok x", "exit", "step 1", "step 1 (a", "what 7"}) {
      assertThat(LaunchReport.parse(broken, 3)).isInstanceOf(LaunchReport.Failed.class);
    }
  }
}
