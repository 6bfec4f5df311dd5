package org.vzj.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaTableTest {
  private static final String TEXT =
      """
      grace 604800 3600 1
      0 20480 2 0 0 0 0 0 0
      101 4097 17 1000 2000 30 40 1700000000 0
      """;

  @Test
  void linesAreUnderstood() throws IOException {
    QuotaTable table = QuotaTable.parse(TEXT);
    assertThat(table.grace()).isEqualTo(604_800);
    assertThat(table.inodeGrace()).isEqualTo(3600);
    assertThat(table.flags()).isEqualTo(1);
    assertThat(table.uses()).hasSize(2);
    QuotaUse use = table.of(101);
    assertThat(use.kilobytes()).as("rounded up").isEqualTo(5);
    assertThat(use.inodes()).isEqualTo(17);
    assertThat(use.space()).isEqualTo(new DiskLimit(1000, 2000));
    assertThat(use.inodeLimits()).isEqualTo(new DiskLimit(30, 40));
    assertThat(use.end()).isEqualTo(1_700_000_000);
    assertThat(use.isLimited()).isTrue();
    assertThat(table.of(0).isLimited()).isFalse();
    assertThat(table.of(102)).isEqualTo(QuotaUse.none(102));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "grace\n", "grace 1 2\n", "grace 1 2 0\n101 1 2\n", "grace 1 2 0\nx"})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> QuotaTable.parse(text)).isInstanceOf(IOException.class);
  }
}
