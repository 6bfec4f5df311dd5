package org.vzj.lifecycle.apply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnLimitTest {
  private static final String LIMITS =
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max processes             96365                96365                processes
      Max locked memory         65536                8388608              bytes
      Max pending signals       96365                unlimited            signals
      """;

  @Test
  void theHardLimitIsTheSecondColumn() {
    assertThat(OwnLimit.MEMLOCK.hard(LIMITS)).isEqualTo(8_388_608);
    assertThat(OwnLimit.SIGPENDING.hard(LIMITS)).isEqualTo(Long.MAX_VALUE);
    assertThat(OwnLimit.MEMLOCK.hard("")).isEqualTo(Long.MAX_VALUE);
  }
}
