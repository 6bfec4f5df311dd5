package org.vzj.beancounters.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vzj.beancounters.cgroup.controller.MemoryControl;
import org.vzj.beancounters.cgroup.controller.MemoryInUseException;
import org.vzj.beancounters.cgroup.controller.MemoryLimits;

/** Limits of memory in the order that the kernel takes them in, and what is below the use. */
class MemoryTest {
  private static final long MAX = Long.MAX_VALUE;

  private static MemoryLimits limits(long ram, long total) {
    return new MemoryLimits(ram, total, MAX, 0, MAX);
  }

  private static MemoryControl v1(FakeMemory fake) {
    return new org.vzj.beancounters.cgroup.v1.Memory(fake, FakeMemory.GROUP);
  }

  private static MemoryControl v2(FakeMemory fake) {
    return new org.vzj.beancounters.cgroup.v2.Memory(fake, FakeMemory.GROUP);
  }

  @Test
  void v1IsNeverInAnOrderThatTheKernelRefuses() throws IOException {
    FakeMemory fake = FakeMemory.v1(true);
    long[][] steps = {
      {100, 150}, {300, 300}, {50, 60}, {60, 60}, {200, MAX}, {10, 20}, {MAX, MAX}, {5, 5}
    };
    for (long[] step : steps) {
      v1(fake).limit(limits(step[0], step[1]), false);
      assertThat(value(fake, "memory.limit_in_bytes")).isEqualTo(step[0]);
      assertThat(value(fake, "memory.memsw.limit_in_bytes")).isEqualTo(step[1]);
    }
  }

  private static long value(FakeMemory fake, String file) {
    String text = fake.values.get(file);
    return text == null || text.equals("9223372036854771712") ? MAX : Long.parseLong(text);
  }

  @Test
  void v1WithoutSwapAccountingLimitsRam() throws IOException {
    FakeMemory fake = FakeMemory.v1(false);
    v1(fake).limit(limits(100, 150), false);
    v1(fake).begin(limits(90, 150));
    assertThat(fake.writes)
        .containsExactly("memory.limit_in_bytes 100", "memory.limit_in_bytes 90");
  }

  @Test
  void v1BelowTheUseStaysAsItWasAndTellsTheNumber() throws IOException {
    FakeMemory fake = FakeMemory.v1(true);
    v1(fake).limit(limits(200, 300), false);
    fake.used = 150;
    fake.reclaimable = 30;
    Map<String, String> before = Map.copyOf(fake.values);
    assertThatThrownBy(() -> v1(fake).limit(limits(100, 400), false))
        .isInstanceOfSatisfying(
            MemoryInUseException.class,
            e -> {
              assertThat(e.used()).isEqualTo(120);
              assertThat(e.wanted()).isEqualTo(100);
            });
    assertThat(fake.values).isEqualTo(before);
    v1(fake).limit(limits(120, 120), false);
    assertThat(fake.values).containsEntry("memory.limit_in_bytes", "120");
  }

  @Test
  void v1TakesGuaranteesAsSoftLimitsAndTcpBuffers() throws IOException {
    FakeMemory fake = FakeMemory.v1(true);
    v1(fake).limit(new MemoryLimits(MAX, MAX, MAX, 70, 80), false);
    assertThat(fake.writes)
        .containsExactly("memory.soft_limit_in_bytes 70", "memory.kmem.tcp.limit_in_bytes 80");
    v1(fake).limit(MemoryLimits.NONE, false);
    assertThat(fake.writes)
        .endsWith("memory.soft_limit_in_bytes -1", "memory.kmem.tcp.limit_in_bytes -1");
  }

  @Test
  void v2LimitsSwapSpaceApart() throws IOException {
    FakeMemory fake = FakeMemory.v2();
    v2(fake).limit(new MemoryLimits(100, 150, 90, 0, MAX), false);
    assertThat(fake.writes)
        .containsExactly("memory.max 100", "memory.swap.max 50", "memory.high 90");
    fake.writes.clear();
    v2(fake).limit(limits(200, MAX), false);
    assertThat(fake.writes)
        .containsExactly("memory.swap.max max", "memory.max 200", "memory.high max");
  }

  @Test
  void v2ReclaimsFirst() throws IOException {
    FakeMemory fake = FakeMemory.v2();
    fake.used = 150;
    fake.reclaimable = 60;
    v2(fake).limit(limits(100, 100), false);
    assertThat(fake.ended).isFalse();
    assertThat(fake.values).containsEntry("memory.max", "100").containsEntry("memory.high", "max");
  }

  @Test
  void v2EndsNothingUnlessItIsForced() throws IOException {
    FakeMemory fake = FakeMemory.v2();
    v2(fake).limit(new MemoryLimits(200, 300, 190, 0, MAX), false);
    fake.used = 150;
    fake.reclaimable = 30;
    Map<String, String> before = Map.copyOf(fake.values);
    assertThatThrownBy(() -> v2(fake).limit(limits(100, 100), false))
        .isInstanceOf(MemoryInUseException.class)
        .hasMessage("120 bytes are in use and cannot be reclaimed, the limit would be 100");
    assertThat(fake.ended).isFalse();
    assertThat(fake.values).isEqualTo(before);
    v2(fake).limit(limits(100, 100), true);
    assertThat(fake.ended).isTrue();
  }

  @Test
  void v2sGuaranteeIsTheGroupsAboveToo() throws IOException {
    FakeMemory fake = FakeMemory.v2();
    v2(fake).limit(new MemoryLimits(MAX, MAX, MAX, 70, MAX), false);
    v2(fake).reserve(70);
    assertThat(fake.writes).containsExactly("memory.low 70", "../memory.low 70");
  }

  @Test
  void aNewGroupIsWrittenToWithoutLooking() throws IOException {
    FakeMemory one = FakeMemory.v1(true);
    v1(one).begin(new MemoryLimits(100, 150, 90, 70, 80));
    assertThat(one.writes)
        .containsExactly(
            "memory.limit_in_bytes 100",
            "memory.memsw.limit_in_bytes 150",
            "memory.soft_limit_in_bytes 70",
            "memory.kmem.tcp.limit_in_bytes 80");
    FakeMemory two = FakeMemory.v2();
    v2(two).begin(new MemoryLimits(100, 150, 90, 70, 80));
    assertThat(two.writes)
        .containsExactly("memory.max 100", "memory.swap.max 50", "memory.high 90", "memory.low 70");
    FakeMemory none = FakeMemory.v2();
    v2(none).begin(MemoryLimits.NONE);
    assertThat(none.writes).isEmpty();
  }

  @Test
  void numbersThatTheKernelDoesNotTellAreUnknown() throws IOException {
    FakeMemory fake = FakeMemory.v2();
    fake.values.put("memory.stat", "anon 5\nslab 7\nkernel_stack 2\npagetables 1\nshmem 4");
    assertThat(v2(fake).peak()).isEqualTo(MemoryControl.UNKNOWN);
    assertThat(v2(fake).kernelUse()).isEqualTo(10);
    assertThat(v2(fake).sharedUse()).isEqualTo(4);
    fake.values.put("memory.stat", "kernel 11\nslab_reclaimable 3");
    assertThat(v2(fake).kernelUse()).isEqualTo(11);
    assertThat(v2(fake).reclaimableUse()).isEqualTo(3);
    fake.values.put("memory.events.local", "low 1\noom 6\noom_kill 9");
    assertThat(v2(fake).outOfMemory()).isEqualTo(6);
    FakeMemory old = FakeMemory.v1(true);
    old.values.put("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 8");
    assertThat(v1(old).outOfMemory()).isEqualTo(8);
  }

  @Test
  void swapSpaceIsRefusedToWhoIsOutOfMemoryWithAllOfItUsed() throws IOException {
    FakeMemory fake = FakeMemory.v2();
    fake.values.put("memory.events.local", "oom 3");
    fake.values.put("memory.swap.max", "4096");
    fake.values.put("memory.swap.events", "fail 1");
    fake.values.put("memory.swap.peak", "3800");
    assertThat(v2(fake).swapRefusals()).isEqualTo(1);
    fake.values.put("memory.swap.peak", "3900");
    assertThat(v2(fake).swapRefusals()).isEqualTo(3);
    fake.values.put("memory.swap.max", "max");
    assertThat(v2(fake).swapRefusals()).isEqualTo(1);
    fake.values.put("memory.swap.max", "0");
    assertThat(v2(fake).swapRefusals()).isEqualTo(1);

    FakeMemory old = FakeMemory.v1(true);
    old.values.put("memory.oom_control", "oom_kill 8");
    old.values.put("memory.limit_in_bytes", "100");
    old.values.put("memory.memsw.limit_in_bytes", "150");
    old.values.put("memory.memsw.max_usage_in_bytes", "146");
    assertThat(v1(old).swapRefusals()).isZero();
    old.values.put("memory.memsw.max_usage_in_bytes", "147");
    assertThat(v1(old).swapRefusals()).isEqualTo(8);
    old.values.put("memory.limit_in_bytes", "150");
    assertThat(v1(old).swapRefusals()).isZero();
  }
}
