package org.vzj.quota;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaTimeTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "259200,259200",
    "2h,7200",
    "1D,86400",
    "1w,604800",
    "1m,2592000",
    "1Y,31536000",
    "5:06,306",
    "1:00:00,3600",
    "2:03:04:05,183845",
    "40:00:00:00,3456000"
  })
  void spans(String text, long seconds) {
    assertThat(QuotaTime.parse(text)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-1",
        "1s",
        "h",
        "1.5h",
        " 1",
        "60:60",
        "1:60:00",
        "24:00:00:00x",
        "1:24:00:00",
        "1:1:1:1:1",
        ":",
        "1:",
        "4294967296",
        "99999999999999999999",
        "200y"
      })
  void otherTextIsNone(String text) {
    assertThat(QuotaTime.parse(text)).isEqualTo(-1);
  }
}
