package org.vzj.beancounters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.vzj.beancounters.cgroup.CgroupHost;
import org.vzj.linux.proc.MountInfo;

class MechanismTest {
  private static final Path PAGE = Path.of("../kernel-notes/beancounters.md");

  private static String both(String v1, String v2) {
    return v1.equals(v2) ? v1 : "v1: " + v1 + "; v2: " + v2;
  }

  private static String row(Beancounter parameter) {
    Mechanism v1 = Mechanism.of(parameter, false);
    Mechanism v2 = Mechanism.of(parameter, true);
    assertThat(v1.unit()).isEqualTo(v2.unit());
    return String.join(
        " | ",
        "| " + parameter.parameterName(),
        v1.unit().name().toLowerCase(Locale.ROOT),
        both(v1.enforcement().name(), v2.enforcement().name()).toLowerCase(Locale.ROOT),
        both(v1.limit(), v2.limit()),
        both(v1.held(), v2.held()),
        both(v1.failcnt(), v2.failcnt()) + " |");
  }

  @Test
  void theNotesHaveTheTable() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    for (Beancounter parameter : Beancounter.values()) {
      assertThat(lines).contains(row(parameter));
    }
  }

  @Test
  void eachControllerDecidesForItself() throws IOException {
    CgroupHost hybrid =
        CgroupHost.detect(
            MountInfo.parse(
                """
                30 24 0:30 / /cgroup/pids rw - cgroup cgroup rw,pids
                31 24 0:31 / /cgroup/memory rw - cgroup cgroup rw,memory
                """));
    assertThat(Mechanism.of(Beancounter.PHYSPAGES, hybrid).limit())
        .isEqualTo("memory.limit_in_bytes");
    assertThat(Mechanism.of(Beancounter.NUMPROC, hybrid).failcnt()).isEqualTo("pids.events max");
  }

  @Test
  void withoutAControllerNothingOfItWorks() {
    assertThat(Mechanism.of(Beancounter.NUMPROC, null).enforcement())
        .isEqualTo(Enforcement.ADVISORY);
    assertThat(Mechanism.of(Beancounter.NUMPROC, null).limit()).isEqualTo("-");
    assertThat(Mechanism.of(Beancounter.NUMSIGINFO, null).enforcement())
        .isEqualTo(Enforcement.ENFORCED);
  }

  @Test
  void onlyWhatHasALimitIsEnforcedAndOnlyWhatIsSeenIsAccounted() {
    for (Beancounter parameter : Beancounter.values()) {
      for (boolean v2 : new boolean[] {false, true}) {
        Mechanism mechanism = Mechanism.of(parameter, v2);
        if (mechanism.enforcement() == Enforcement.ENFORCED) {
          assertThat(mechanism.limit()).as(mechanism.toString()).isNotEqualTo("-");
        }
        if (mechanism.enforcement() == Enforcement.ACCOUNTED) {
          assertThat(mechanism.held()).as(mechanism.toString()).isNotEqualTo("-");
        }
      }
    }
  }
}
