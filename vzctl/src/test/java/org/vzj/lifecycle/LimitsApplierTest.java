package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.LimitsApplier;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.Step;
import org.vzj.linux.unit.Pages;

class LimitsApplierTest {
  private static final long PAGE = Pages.hostPageSize();

  @TempDir Path root;
  private final LaunchPlan.Builder plan = LaunchPlan.builder();
  private FakeMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new FakeMachine(root, FakeMachine.V2);
  }

  /** A group as v2 makes one, whose files are plain. */
  private Cgroup prepared(String... lines) throws Exception {
    Target target = machine.target(lines);
    Files.createDirectories(target.container().runDirectory());
    Cgroup group = target.host().cgroup(target.id());
    Path directory = Files.createDirectories(group.directories().getFirst());
    for (String file : new String[] {"pids.max", "memory.max", "memory.high", "memory.swap.max"}) {
      Files.writeString(directory.resolve(file), "max\n");
    }
    LimitsApplier.prepare(plan, target, group);
    return group;
  }

  /** Other than the kernel's, a plain file keeps the end of what stood there before. */
  private String limit(String file) throws IOException {
    String text = Files.readString(root.resolve("cgroup/vz/101").resolve(file));
    return text.replaceAll("(?s)(?<=[0-9])[^0-9].*", "").strip();
  }

  @Test
  void ramAndSwapLimitTheGroupAndAreRecorded() throws Exception {
    prepared("PHYSPAGES=\"0:100\"", "SWAPPAGES=\"0:50\"", "NUMPROC=\"30:30\"");
    assertThat(limit("memory.max")).isEqualTo("" + 100 * PAGE);
    assertThat(limit("memory.swap.max")).isEqualTo("" + 50 * PAGE);
    assertThat(limit("memory.high")).isEqualTo("max");
    assertThat(limit("pids.max")).isEqualTo("30");
    assertThat(plan.build().steps())
        .containsExactly(
            new Step(
                "file",
                List.of(
                    root.resolve("run/101/limits").toString(),
                    "644",
                    "NUMPROC 30\nPHYSPAGES 0:100\nSWAPPAGES 0:50\n")));
  }

  @Test
  void withoutLimitsNothingIsWritten() throws Exception {
    prepared();
    assertThat(limit("memory.max")).isEqualTo("max");
    assertThat(plan.isEmpty()).isTrue();
    LimitsApplier.check(machine.target());
  }

  @Test
  void theBarrierOfTheOlderParametersSlowsDown() throws Exception {
    prepared("PRIVVMPAGES=\"100:110\"", "KMEMSIZE=\"1000:2000\"");
    assertThat(limit("memory.high")).isEqualTo("" + (100 * PAGE + 2000));
    assertThat(limit("memory.max")).isEqualTo("" + (110 * PAGE + 2000));
    assertThat(limit("memory.swap.max")).isEqualTo("0");
  }

  @Test
  void tooFewRulesAreRaised() throws Exception {
    prepared("NUMIPTENT=\"4:5\"");
    assertThat(machine.messages().warned())
        .containsExactly(
            "Warning: NUMIPTENT 4:5 is less than minimally allowable value, set to 16:16");
    assertThat(plan.build().text()).contains("/run/101/limits 644 NUMIPTENT\\04016\\012\n");
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
