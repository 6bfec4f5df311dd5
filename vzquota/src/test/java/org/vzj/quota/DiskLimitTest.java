package org.vzj.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiskLimitTest {

  @ParameterizedTest
  @CsvSource({
    "2G:2.2G,2097152:2306867",
    "1G:1.1G,1048576:1153433",
    "1048576:1153024,1048576:1153024",
    "1000,1000:1000",
    "1M,1024:1024",
    "0:0,0:0",
  })
  void spaceIsInKilobytes(String text, String printed) {
    DiskLimit.Reading read = DiskLimit.parseSpace(text);
    assertThat(read).isNotNull();
    if (read != null) {
      assertThat(read.value()).hasToString(printed);
      assertThat(read.truncated()).isFalse();
      assertThat(DiskLimit.parseSpace(printed)).isEqualTo(read);
    }
  }

  @ParameterizedTest
  @CsvSource({"131072:144179,131072:144179", "1K:2K,1024:2048", "200000,200000:200000"})
  void inodesAreMultiplied(String text, String printed) {
    DiskLimit.Reading read = DiskLimit.parseInodes(text);
    assertThat(read).isNotNull();
    if (read != null) {
      assertThat(read.value()).hasToString(printed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "1:", ":1", "unlimited", "1:unlimited", "-1", "1:2:3", "2GB"})
  void refusesEverythingElse(String text) {
    assertThat(DiskLimit.parseSpace(text)).isNull();
    assertThat(DiskLimit.parseInodes(text)).isNull();
  }

  @Test
  void tellsWhatWasTruncated() {
    assertThat(DiskLimit.parseInodes("1:99999999999999999999"))
        .isEqualTo(new DiskLimit.Reading(new DiskLimit(1, Long.MAX_VALUE), true));
    assertThatThrownBy(() -> new DiskLimit(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
