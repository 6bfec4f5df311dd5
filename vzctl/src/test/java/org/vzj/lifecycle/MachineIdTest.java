package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineIdTest {
  @Test
  void thirtyTwoDigitsThatAreNeverTheSame() {
    assertThat(MachineId.random()).matches("[0-9a-f]{32}").isNotEqualTo(MachineId.random());
  }
}
