package org.vzj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MB = 1024 * 1024;

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

  private ProgressBar bar(long begin) {
    return new ProgressBar(
        new PrintStream(terminal, true, StandardCharsets.UTF_8), "Unpacking", begin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0   | Unpacking [..............................] 0% 0.0 MB/s",
        "50  | Unpacking [###############...............] 50% 25.0 MB/s, 2 s left",
        "99  | Unpacking [#############################.] 99% 49.5 MB/s, 1 s left",
        "100 | Unpacking [##############################] 100% 50.0 MB/s, 0 s left",
      })
  void theLine(long done, String line) {
    assertThat(ProgressBar.line("Unpacking", done * MB, 100 * MB, 2 * SECOND).strip())
        .isEqualTo(line);
  }

  @Test
  void shortWorkStaysQuiet() {
    ProgressBar bar = bar(System.nanoTime());
    bar.show(1, 2);
    bar.finish();
    assertThat(terminal.size()).isZero();
  }

  @Test
  void longWorkIsShownInPlaceAndRemoved() {
    ProgressBar bar = bar(System.nanoTime() - 2 * SECOND);
    bar.show(1, 2);
    bar.finish();
    assertThat(terminal.toString(StandardCharsets.UTF_8))
        .startsWith("\rUnpacking [###############")
        .endsWith("\r\u001b[K");
  }

  @Test
  void workOfUnknownSizeIsNotShown() {
    bar(System.nanoTime() - 2 * SECOND).show(1, 0);
    assertThat(terminal.size()).isZero();
  }
}
