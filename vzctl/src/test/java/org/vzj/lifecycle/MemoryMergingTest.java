package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryMergingTest {
  @ParameterizedTest
  @CsvSource({
    "6.7.0, true",
    "6.18.5-200.fc43, true",
    "7.0-rc1, true",
    "6.6.119, false",
    "5.15.0-generic, false",
    "6, false",
    "x.y, false"
  })
  void theKernelMustKeepItAcrossExec(String release, boolean keeps) {
    assertThat(MemoryMerging.inheritsAcrossExec(release)).isEqualTo(keeps);
  }
}
