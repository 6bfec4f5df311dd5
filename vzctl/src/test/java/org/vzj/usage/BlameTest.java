package org.vzj.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzj.beancounters.cgroup.GroupUse;
import org.vzj.container.CtId;

class BlameTest {
  private static final long GIGABYTE = 1L << 30;

  private static Usage usage(int id, double cpu, long memory, double io) {
    GroupUse now = new GroupUse(0, 0, memory + 5, 5, GIGABYTE, 1, List.of(), 0, 0, -1, -1, -1);
    return new Usage(new CtId(id), "", cpu, 0, io, 0, now);
  }

  private static HostUse host(double cpu, double memory, double io) {
    return new HostUse("0 0 0", 1, 2, 4 * GIGABYTE, 2 * GIGABYTE, cpu, memory, io);
  }

  private static List<Usage> three() {
    return List.of(usage(101, 150, 1000, 0), usage(102, 50, GIGABYTE, 0), usage(103, 0, 1000, 1e8));
  }

  @Test
  void blameIsThePartOfWhatTheHostWaitsFor() {
    assertThat(Blame.rank(three(), host(40, 0, 0)))
        .extracting(blame -> blame.usage().id().value(), Blame::total, Blame::reason)
        .containsExactly(tuple(101, 30.0, "CPU"), tuple(102, 10.0, "CPU"), tuple(103, 0.0, "-"));
    Blame first = Blame.rank(three(), host(1, 0, 20)).getFirst();
    assertThat(first.usage().id().value()).isEqualTo(103);
    assertThat(first.reason()).isEqualTo("I/O");
    Blame memory = Blame.rank(three(), host(1, 50, 0)).getFirst();
    assertThat(memory.usage().id().value()).isEqualTo(102);
    assertThat(memory.memory()).isEqualTo(25);
  }

  @Test
  void withoutPressureNobodyIsToBlameAndTheLargestUserComesFirst() {
    List<Blame> ranked = Blame.rank(three(), host(-1, -1, -1));
    assertThat(ranked).allSatisfy(blame -> assertThat(blame.total()).isZero());
    assertThat(ranked.getFirst().usage().id().value()).isEqualTo(101);
    assertThat(Blame.rank(List.of(), host(1, 1, 1))).isEmpty();
  }

  @Test
  void partsOfALimitAndFailures() {
    Usage usage = usage(101, 0, GIGABYTE / 2, 0);
    assertThat(usage.ofMemoryLimit(4 * GIGABYTE)).isBetween(50.0, 50.1);
    assertThat(usage.ofMemoryLimit(GIGABYTE / 2)).isEqualTo(-1);
    assertThat(usage.failures()).isZero();
  }
}
