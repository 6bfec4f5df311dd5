package org.vzj.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcCgroupTest {
  @Test
  void parsesControllersNamesAndV2() {
    assertThat(ProcCgroup.parse("9:name=systemd:/vz/101\n2:cpu,cpuacct:/a:b\n0::/x (deleted)\n"))
        .containsExactly(
            new ProcCgroup(9, List.of("name=systemd"), "/vz/101"),
            new ProcCgroup(2, List.of("cpu", "cpuacct"), "/a:b"),
            new ProcCgroup(0, List.of(), "/x (deleted)"));
  }

  @Test
  void refusesWhatIsNoCgroupFile() {
    assertThatThrownBy(() -> ProcCgroup.parse("1:cpu"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ProcCgroup.parse("")).isEmpty();
  }
}
