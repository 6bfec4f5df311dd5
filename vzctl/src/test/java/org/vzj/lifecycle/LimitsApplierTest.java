package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.LimitsApplier;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.unit.Pages;

class LimitsApplierTest {
  private static final long PAGE = Pages.hostPageSize();

  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new FakeMachine(root, FakeMachine.V2);
  }

  /** The steps of a start that write to cgroups' files, and that record. */
  private List<String> steps(String... lines) throws Exception {
    Path above = Files.createDirectories(root.resolve("cgroup/vz"));
    for (String file : new String[] {"memory.swap.max", "memory.low"}) {
      Files.writeString(above.resolve(file), "0\n");
    }
    List<String> all = new ArrayList<>(List.of(lines));
    all.add("LOCAL_UID=\"200000\"");
    all.add("LOCAL_GID=\"200000\"");
    Target target = machine.target(all.toArray(new String[0]));
    LaunchPlan.Builder plan = LaunchPlan.builder();
    Environment.addSteps(plan, target, target.host().cgroup(target.id()));
    return machine
        .stable(plan.build().text())
        .lines()
        .filter(
            line -> line.contains("memory.") || line.contains("pids.") || line.contains("limits"))
        .toList();
  }

  @Test
  void ramAndSwapLimitTheGroupAndAreRecorded() throws Exception {
    assertThat(steps("PHYSPAGES=\"0:100\"", "SWAPPAGES=\"0:50\"", "NUMPROC=\"30:30\""))
        .containsExactly(
            "write ROOT/cgroup/vz/101/memory.max " + 100 * PAGE,
            "write ROOT/cgroup/vz/101/memory.swap.max " + 50 * PAGE,
            "write ROOT/cgroup/vz/101/pids.max 30",
            "file ROOT/run/101/limits 644"
                + " NUMPROC\\04030\\012PHYSPAGES\\0400:100\\012SWAPPAGES\\0400:50\\012");
  }

  @Test
  void withoutLimitsNothingIsWritten() throws Exception {
    assertThat(steps()).isEmpty();
    LimitsApplier.check(machine.target());
  }

  @Test
  void theBarrierOfTheOlderParametersSlowsDown() throws Exception {
    assertThat(steps("PRIVVMPAGES=\"100:110\"", "KMEMSIZE=\"1000:2000\""))
        .startsWith(
            "write ROOT/cgroup/vz/101/memory.max " + (110 * PAGE + 2000),
            "write ROOT/cgroup/vz/101/memory.swap.max 0",
            "write ROOT/cgroup/vz/101/memory.high " + (100 * PAGE + 2000));
  }

  @Test
  void theGroupAboveHasWhatItsChildrenAreGuaranteed() throws Exception {
    Path other = Files.createDirectories(root.resolve("cgroup/vz/102"));
    Files.writeString(other.resolve("memory.low"), "1000\n");
    assertThat(steps("VMGUARPAGES=\"5:unlimited\""))
        .startsWith("write ROOT/cgroup/vz/101/memory.low " + 5 * PAGE);
    assertThat(root.resolve("cgroup/vz/memory.low")).hasContent("" + (1000 + 5 * PAGE));
  }

  @Test
  void tooFewRulesAreRaised() throws Exception {
    assertThat(steps("NUMIPTENT=\"4:5\""))
        .containsExactly("file ROOT/run/101/limits 644 NUMIPTENT\\04016\\012");
    assertThat(machine.messages().warned())
        .containsExactly(
            "Warning: NUMIPTENT 4:5 is less than minimally allowable value, set to 16:16");
  }

  @Test
  void someOfTheParametersThatGoTogetherAreNotEnough() throws Exception {
    Target ram = machine.target("PHYSPAGES=\"0:100\"");
    assertThatThrownBy(() -> LimitsApplier.check(ram))
        .isInstanceOf(VzException.class)
        .hasMessage("Error: required UB parameter swappages not set")
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(28);
    Target old = machine.target("KMEMSIZE=\"1\"", "NUMPROC=\"1\"");
    assertThatThrownBy(() -> LimitsApplier.check(old))
        .hasMessageStartingWith("Error: required UB parameter lockedpages not set\n")
        .hasMessageContaining("numiptent not set")
        .hasMessageNotContaining("kmemsize");
  }
}
