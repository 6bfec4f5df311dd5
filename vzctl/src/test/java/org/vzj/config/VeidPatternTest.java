package org.vzj.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VeidPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/vz/private/$VEID, /vz/private/101",
    "/vz/${VEID}/root, /vz/101/root",
    "/a/$VEID/${VEID}.$VEIDx, /a/101/101.101x",
    "/vz/private/fixed, /vz/private/fixed",
    "/$HOME/${VEI}/$, /$HOME/${VEI}/$",
    "$$VEID$, $101$",
    "$VEID, 101"
  })
  void putsTheNumberInPlace(String pattern, String path) {
    assertThat(VeidPattern.expand(pattern, 101)).isEqualTo(path);
  }
}
