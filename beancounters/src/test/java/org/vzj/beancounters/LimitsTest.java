package org.vzj.beancounters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vzj.beancounters.Beancounter.KMEMSIZE;
import static org.vzj.beancounters.Beancounter.LOCKEDPAGES;
import static org.vzj.beancounters.Beancounter.NUMPROC;
import static org.vzj.beancounters.Beancounter.NUMPTY;
import static org.vzj.beancounters.Beancounter.OOMGUARPAGES;
import static org.vzj.beancounters.Beancounter.PHYSPAGES;
import static org.vzj.beancounters.Beancounter.PRIVVMPAGES;
import static org.vzj.beancounters.Beancounter.SWAPPAGES;
import static org.vzj.beancounters.Beancounter.TCPRCVBUF;
import static org.vzj.beancounters.Beancounter.TCPSNDBUF;
import static org.vzj.beancounters.Beancounter.VMGUARPAGES;

import org.junit.jupiter.api.Test;
import org.vzj.beancounters.cgroup.controller.MemoryLimits;
import org.vzj.linux.unit.Pages;

class LimitsTest {
  private static final long MAX = Long.MAX_VALUE;
  private static final long PAGE = Pages.hostPageSize();

  private static Limits vswap(long ram, long swap) {
    return Limits.NONE
        .with(PHYSPAGES, new BarrierLimit(0, ram))
        .with(SWAPPAGES, new BarrierLimit(0, swap));
  }

  @Test
  void whatIsNotSetIsUnlimited() {
    assertThat(Limits.NONE.get(NUMPROC)).isEqualTo(BarrierLimit.both(MAX));
    assertThat(Limits.NONE.has(NUMPROC)).isFalse();
    assertThat(Limits.NONE.isEmpty()).isTrue();
    assertThat(Limits.NONE.with(NUMPROC, BarrierLimit.both(MAX)).isEmpty()).isFalse();
  }

  @Test
  void ramAndSwapImplyTheRest() {
    Limits limits = vswap(65536, 131072).withOvercommit(1.5).withImplied();
    assertThat(limits.get(LOCKEDPAGES)).isEqualTo(BarrierLimit.both(65536));
    assertThat(limits.get(OOMGUARPAGES)).isEqualTo(new BarrierLimit(65536, MAX));
    assertThat(limits.get(VMGUARPAGES)).isEqualTo(new BarrierLimit(196608, MAX));
    assertThat(limits.get(PRIVVMPAGES)).isEqualTo(BarrierLimit.both(294912));
    assertThat(limits.has(NUMPROC)).isFalse();
  }

  @Test
  void withoutOvercommitAnyAmountMayBeAllocated() {
    assertThat(vswap(10, 10).withImplied().get(PRIVVMPAGES)).isEqualTo(BarrierLimit.both(MAX));
    assertThat(vswap(10, MAX).withOvercommit(2).withImplied().get(PRIVVMPAGES))
        .isEqualTo(BarrierLimit.both(MAX));
  }

  @Test
  void whatIsSetIsNotImplied() {
    Limits limits = vswap(10, 10).with(LOCKEDPAGES, BarrierLimit.both(3)).withImplied();
    assertThat(limits.get(LOCKEDPAGES)).isEqualTo(BarrierLimit.both(3));
  }

  @Test
  void withoutRamNothingIsImplied() {
    Limits old = Limits.NONE.with(PHYSPAGES, new BarrierLimit(0, Integer.MAX_VALUE));
    assertThat(old.isVswap()).isFalse();
    assertThat(old.withImplied().has(LOCKEDPAGES)).isFalse();
  }

  @Test
  void theTextReadsBack() {
    Limits limits = vswap(65536, MAX).with(NUMPTY, BarrierLimit.both(5)).withOvercommit(1.5);
    assertThat(limits.toString())
        .isEqualTo("PHYSPAGES 0:65536\nNUMPTY 5\nSWAPPAGES 0:unlimited\nVM_OVERCOMMIT 1.5\n");
    assertThat(Limits.parse(limits.toString() + "garbage\nX Y\nNUMPROC z\n").toString())
        .isEqualTo(limits.toString());
  }

  @Test
  void aGroupHasRamAndSwapTogether() {
    assertThat(MemoryModel.of(vswap(100, 50)))
        .isEqualTo(new MemoryLimits(100 * PAGE, 150 * PAGE, MAX, 0, MAX));
    assertThat(MemoryModel.of(vswap(100, MAX)).total()).isEqualTo(MAX);
    assertThat(MemoryModel.of(Limits.NONE)).isEqualTo(MemoryLimits.NONE);
  }

  @Test
  void onlyWhatIsSetIsGuaranteed() {
    assertThat(MemoryModel.of(vswap(100, 50)).guarantee()).isZero();
    assertThat(
            MemoryModel.of(vswap(100, 50).with(OOMGUARPAGES, new BarrierLimit(7, MAX))).guarantee())
        .isEqualTo(7 * PAGE);
    assertThat(MemoryModel.of(Limits.NONE.with(OOMGUARPAGES, BarrierLimit.both(MAX))).guarantee())
        .isZero();
  }

  @Test
  void theOlderParametersBoundWhatIsAllocatedAndWhatTheKernelTakes() {
    Limits old =
        Limits.NONE
            .with(PRIVVMPAGES, new BarrierLimit(100, 110))
            .with(KMEMSIZE, new BarrierLimit(1000, 2000))
            .with(TCPSNDBUF, BarrierLimit.both(300))
            .with(TCPRCVBUF, BarrierLimit.both(400));
    assertThat(MemoryModel.of(old))
        .isEqualTo(
            new MemoryLimits(110 * PAGE + 2700, 110 * PAGE + 2700, 100 * PAGE + 2700, 0, 700));
  }
}
