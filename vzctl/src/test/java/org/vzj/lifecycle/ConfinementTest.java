package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.capability.Capability;
import org.vzj.linux.capability.CapabilitySet;
import org.vzj.linux.capability.ContainerCapabilities;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.proc.ProcStatus;

class ConfinementTest {
  private static final String UID = "LOCAL_UID=\"200000\"";

  @TempDir Path root;

  private Confinement of(String... lines) throws Exception {
    return Confinement.of(
        new FakeMachine(root, FakeMachine.V2).target(lines).config(), new SeccompFilters());
  }

  @Test
  void theDefaultIsThatOfTheTable() throws Exception {
    assertThat(of(UID).capabilities())
        .isEqualTo(ContainerCapabilities.of(CapabilitySet.NONE, CapabilitySet.NONE, false));
  }

  @Test
  void capabilitiesAreGivenAndTaken() throws Exception {
    CapabilitySet kept = of(UID, "CAPABILITY=\"SYS_TIME:on CHOWN:off\"").capabilities();
    assertThat(kept.contains(Capability.SYS_TIME)).isTrue();
    assertThat(kept.contains(Capability.CHOWN)).isFalse();
    assertThat(of(UID).capabilities().contains(Capability.SYS_TIME)).isFalse();
    assertThat(of(UID).capabilities().contains(Capability.CHOWN)).isTrue();
  }

  @Test
  void withoutAUserNamespaceNobodyGetsWhatWeLack() throws Exception {
    ProcStatus own =
        Objects.requireNonNull(ProcStatus.read(Path.of("/proc"), ProcessHandle.current().pid()));
    for (int number : of("LOCAL_UID=\"0\"").capabilities().numbers()) {
      assertThat(own.bounding().numbers()).contains(number);
    }
  }

  @Test
  void inAUserNamespaceNoCapabilityOpensTheFilter() throws Exception {
    String filter = of(UID).filter();
    assertThat(filter).matches("([0-9a-f]{16})+");
    assertThat(of(UID, "CAPABILITY=\"SYS_TIME:on\"").filter()).isEqualTo(filter);
  }

  @Test
  void netfilterIsForbiddenByTheFilter() throws Exception {
    String filter = of(UID).filter();
    for (String level : new String[] {"stateless", "stateful", "full"}) {
      assertThat(of(UID, "NETFILTER=\"" + level + "\"").filter()).as(level).isEqualTo(filter);
    }
    assertThat(of(UID, "NETFILTER=\"disabled\"").filter()).isNotEqualTo(filter);
  }

  @Test
  void theFilterIsInstalledWhileThatIsStillAllowed() throws Exception {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    of(UID).add(plan);
    assertThat(plan.exec("/x", List.of("x")).build().steps())
        .extracting(step -> step.verb())
        .containsExactly("seccomp", "capabilities", "exec");
  }
}
