package org.vzj.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CtIdTest {
  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "101,101", "0101,101", "2147483644,2147483644", "0000000101,101"})
  void digitsAreAnId(String text, int value) {
    assertThat(CtId.parse(text)).isEqualTo(new CtId(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "1.0",
        "0x10",
        "101 ",
        " 101",
        "1e2",
        "web",
        "2147483645",
        "2147483648",
        "4294967397",
        "99999999999",
        "00000000101",
        "\u0661",
        "１０１"
      })
  void everythingElseIsNone(String text) {
    assertThat(CtId.parse(text)).isNull();
  }

  @Test
  void theRangeIsOpenVzs() {
    assertThat(new CtId(CtId.MAX).value()).isEqualTo(2147483644);
    assertThatIllegalArgumentException().isThrownBy(() -> new CtId(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new CtId(CtId.MAX + 1));
  }

  @Test
  void idsAreOrderedAsNumbers() {
    assertThat(new CtId(9)).isLessThan(new CtId(10));
    assertThat(new CtId(10)).isEqualByComparingTo(new CtId(10)).hasToString("10");
    assertThat(CtId.HOST).isEqualTo(new CtId(0));
  }
}
