package org.vzj.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.vzj.container.CtId;

class ProcessionTest {
  private static final List<CtId> FOUR =
      List.of(new CtId(4), new CtId(1), new CtId(3), new CtId(2));

  @Test
  void oneAfterTheOtherKeepsTheOrder() throws InterruptedException {
    List<CtId> seen = Collections.synchronizedList(new ArrayList<>());
    Procession.run(FOUR, underWay -> underWay < 1, seen::add);
    assertThat(seen).containsExactlyElementsOf(FOUR);
  }

  @Test
  void asManyAsAreAdmittedWorkTogether() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(4);
    AtomicInteger met = new AtomicInteger();
    Procession.run(
        FOUR,
        underWay -> true,
        id -> {
          together.countDown();
          try {
            if (together.await(10, TimeUnit.SECONDS)) {
              met.incrementAndGet();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThat(met).hasValue(4);
  }
}
