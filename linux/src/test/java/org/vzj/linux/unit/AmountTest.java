package org.vzj.linux.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {

  @ParameterizedTest
  @CsvSource({
    "0,1,0",
    "1000,1,1000",
    "1000,1024,1000",
    "007,1,7",
    "1B,1,1",
    "1b,1,1",
    "1K,1,1024",
    "1k,1,1024",
    "512M,1,536870912",
    "1G,1,1073741824",
    "1T,1,1099511627776",
    "1T,1024,1073741824",
    "10B,1024,0",
    "2G,1024,2097152",
    "2.2G,1024,2306867",
    "1.1G,1024,1153433",
    "0.5K,1,512",
    "1.9,1,1",
    "1.999999999999999999999999K,1,2047",
    "9223372036854775807,1,9223372036854775807",
    "9223372036854775807B,1,9223372036854775807",
    "8388607T,1,9223370937343148032",
    "9007199254740991T,1048576,9444732965738240106496",
  })
  void convertsAndCutsOffFractions(String text, long divisor, String value) {
    Amount amount = Amount.parse(text, divisor);
    assertThat(amount).isNotNull();
    if (value.length() > 19) {
      assertThat(amount).isEqualTo(new Amount(Long.MAX_VALUE, true));
    } else {
      assertThat(amount).isEqualTo(new Amount(Long.parseLong(value), false));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "9223372036854775808B",
        "8388608T",
        "99999999999999999999999999999",
        "99999999999999999999999999999.5G",
        "9223372036854775807K",
        "9223372036854775808.1",
      })
  void cutsWhatIsTooLarge(String text) {
    assertThat(Amount.parse(text, 1)).isEqualTo(new Amount(Long.MAX_VALUE, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "1 ",
        " 1",
        "K",
        ".5",
        "1.",
        "1.K",
        "1.2.3",
        "1KB",
        "1KK",
        "1X",
        "0x10",
        "1e3",
        "unlimited",
        "1,5",
        "\u0661",
        "1\u00a0"
      })
  void refusesEverythingElse(String text) {
    assertThat(Amount.parse(text, 1)).isNull();
  }

  @Test
  void countsHaveNoSuffixAndNoFraction() {
    assertThat(Amount.parseCount("12")).isEqualTo(new Amount(12, false));
    assertThat(Amount.parseCount("1K")).isNull();
    assertThat(Amount.parseCount("1.0")).isNull();
    assertThat(Amount.parseCount("")).isNull();
    assertThat(Amount.parseCount("9".repeat(100_000))).isEqualTo(new Amount(Long.MAX_VALUE, true));
  }

  @Test
  void longDigitStringsTakeNoTime() {
    long start = System.nanoTime();
    assertThat(Amount.parse("9".repeat(1_000_000) + ".5G", 1)).isNotNull();
    assertThat(Amount.parse("0." + "9".repeat(1_000_000) + "G", 1))
        .isEqualTo(new Amount((1L << 30) - 1, false));
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }

  @Test
  void agreesWithFloatingPointOnRandomValues() {
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      int whole = random.nextInt(100_000);
      int fraction = random.nextInt(100);
      String text = whole + "." + (fraction < 10 ? "0" : "") + fraction + "M";
      Amount amount = Amount.parse(text, 1024);
      long expected = (whole * 100L + fraction) * 1024 / 100;
      assertThat(amount).as(text).isEqualTo(new Amount(expected, false));
    }
  }

  @Test
  void dataSizesComeBack() {
    assertThat(new DataSize(512L << 20)).hasToString("512M");
    assertThat(new DataSize(1000)).hasToString("1000");
    assertThat(new DataSize(0)).hasToString("0");
    assertThat(new DataSize(5L << 50)).hasToString("5120T");
    Random random = new Random(4);
    for (int i = 0; i < 10_000; i++) {
      DataSize size = new DataSize(random.nextLong(1L << 30) << random.nextInt(30));
      assertThat(DataSize.parse(size.toString())).isEqualTo(size);
    }
    assertThat(DataSize.parse("9223372036854775808")).isNull();
  }

  @Test
  void pagesComeFromBytesWithSuffixOnly() {
    long size = Pages.hostPageSize();
    assertThat(size).isGreaterThanOrEqualTo(4096).isEqualTo(Long.highestOneBit(size));
    assertThat(Pages.parse("65536")).isEqualTo(new Pages(65536));
    assertThat(Pages.parse("256M")).isEqualTo(new Pages((256L << 20) / size));
    assertThat(Pages.parse("3P")).isEqualTo(new Pages(3));
    assertThat(Pages.holding(1)).isEqualTo(new Pages(1));
    assertThat(Pages.holding(size)).isEqualTo(new Pages(1));
    assertThat(Pages.holding(size + 1)).isEqualTo(new Pages(2));
    assertThat(Pages.holding(Long.MAX_VALUE).count()).isPositive();
    assertThat(new Pages(2).bytes()).isEqualTo(2 * size);
    assertThat(new Pages(Long.MAX_VALUE).bytes()).isEqualTo(Long.MAX_VALUE);
  }
}
