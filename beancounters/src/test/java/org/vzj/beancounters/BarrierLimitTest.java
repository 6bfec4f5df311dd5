package org.vzj.beancounters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vzj.beancounters.BeancounterUnit.BYTES;
import static org.vzj.beancounters.BeancounterUnit.ITEMS;
import static org.vzj.beancounters.BeancounterUnit.PAGES;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vzj.linux.unit.Pages;

class BarrierLimitTest {

  @ParameterizedTest
  @CsvSource({
    "BYTES,14372700:14790164,14372700:14790164",
    "BYTES,1000,1000",
    "BYTES,1000:1000,1000",
    "BYTES,1K:2k,1024:2048",
    "BYTES,unlimited,unlimited",
    "BYTES,9223372036854775807,unlimited",
    "PAGES,0:unlimited,0:unlimited",
    "PAGES,unlimited:5,unlimited:5",
    "PAGES,4P,4",
    "ITEMS,240:240,240",
    "ITEMS,188:206,188:206",
    "ITEMS,2147483647,2147483647",
    "ITEMS,0,0",
  })
  void readsAndPrints(BeancounterUnit unit, String text, String printed) {
    assertThat(BarrierLimit.parse(text, unit))
        .isNotNull()
        .satisfies(
            read -> {
              assertThat(read.truncated()).isFalse();
              assertThat(read.value()).hasToString(printed);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "BYTES,''",
    "BYTES,:",
    "BYTES,1:",
    "BYTES,:1",
    "BYTES,1:2:3",
    "BYTES,-1",
    "BYTES,x",
    "BYTES,Unlimited",
    "ITEMS,1K",
    "ITEMS,1.5",
    "PAGES,1KB",
    "BYTES,1 2"
  })
  void refusesEverythingElse(BeancounterUnit unit, String text) {
    assertThat(BarrierLimit.parse(text, unit)).isNull();
  }

  @Test
  void pagesTakeBytesWithSuffix() {
    assertThat(BarrierLimit.parse("0:256M", PAGES))
        .isEqualTo(
            new BarrierLimit.Reading(
                new BarrierLimit(0, (256L << 20) / Pages.hostPageSize()), false));
  }

  @Test
  void tellsWhatWasTruncated() {
    BarrierLimit.Reading cut =
        new BarrierLimit.Reading(new BarrierLimit(1, BarrierLimit.UNLIMITED), true);
    assertThat(BarrierLimit.parse("1:9223372036854775808", BYTES)).isEqualTo(cut);
    assertThat(BarrierLimit.parse("1:8388608T", BYTES)).isEqualTo(cut);
  }

  @Test
  void anyLimitComesBack() {
    Random random = new Random(6);
    for (int i = 0; i < 10_000; i++) {
      BarrierLimit limit =
          new BarrierLimit(
              random.nextLong() >>> (1 + random.nextInt(62)),
              random.nextInt(5) == 0 ? BarrierLimit.UNLIMITED : random.nextLong() >>> 1);
      for (BeancounterUnit unit : BeancounterUnit.values()) {
        assertThat(BarrierLimit.parse(limit.toString(), unit))
            .isEqualTo(new BarrierLimit.Reading(limit, false));
      }
    }
  }

  @Test
  void knowsBothFormsOfUnlimited() {
    assertThat(BarrierLimit.isUnlimited(Long.MAX_VALUE)).isTrue();
    assertThat(BarrierLimit.isUnlimited(Integer.MAX_VALUE)).isTrue();
    assertThat(BarrierLimit.isUnlimited(0)).isFalse();
    assertThat(BarrierLimit.both(5)).isEqualTo(new BarrierLimit(5, 5));
    assertThatThrownBy(() -> new BarrierLimit(-1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(Beancounter.class)
  void namesAreSmallLetters(Beancounter beancounter) {
    assertThat(beancounter.parameterName())
        .matches("[a-z]+")
        .isEqualToIgnoringCase(beancounter.name());
    assertThat(beancounter.description()).isNotEmpty();
  }

  @Test
  void unitsAreThoseOfOpenVz() {
    StringBuilder bytes = new StringBuilder();
    StringBuilder pages = new StringBuilder();
    StringBuilder items = new StringBuilder();
    for (Beancounter one : Beancounter.values()) {
      StringBuilder list = one.unit() == BYTES ? bytes : one.unit() == PAGES ? pages : items;
      list.append(one.parameterName()).append(' ');
    }
    assertThat(bytes.toString())
        .isEqualTo("kmemsize tcpsndbuf tcprcvbuf othersockbuf dgramrcvbuf dcachesize ");
    assertThat(pages.toString())
        .isEqualTo(
            "lockedpages privvmpages shmpages physpages vmguarpages oomguarpages swappages ");
    assertThat(items.toString())
        .isEqualTo(
            "numproc numtcpsock numflock numpty numsiginfo numothersock numfile numiptent avnumproc ");
    assertThat(Beancounter.kernelRows())
        .hasSize(20)
        .doesNotContain(Beancounter.AVNUMPROC, Beancounter.SWAPPAGES)
        .endsWith(Beancounter.DCACHESIZE, Beancounter.NUMFILE, Beancounter.NUMIPTENT);
    assertThat(ITEMS).isNotEqualTo(PAGES);
  }
}
