package org.vzj.beancounters.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.beancounters.report.UbcReport.Options;
import org.vzj.beancounters.report.UbcReport.UnknownContainerException;

/** The table of vzubc, to the byte. */
class UbcReportTest {
  private static final Options PLAIN =
      new Options(Set.of(), false, false, false, false, false, 0.5, 0.8);
  private static final Options QUIET =
      new Options(Set.of(), true, false, false, false, false, 0.5, 0.8);
  private static final Options CHANGES =
      new Options(Set.of(), false, false, true, true, false, 0.5, 0.8);

  private final Memory memory = new Memory();

  private static final class Memory implements SavedValues {
    private final Map<String, Long> values = new HashMap<>();

    @Override
    public long last(long container, String parameter, Kind kind) {
      return values.getOrDefault(container + parameter + kind, -1L);
    }

    @Override
    public void keep(long container, String parameter, Kind kind, long value) {
      values.put(container + parameter + kind, value);
    }
  }

  private String draw(Options options, ReportGroup... groups)
      throws UnknownContainerException, IOException {
    return UbcReport.draw(List.of(groups), options, memory);
  }

  private static ReportGroup group(long id, ReportLine... lines) {
    return new ReportGroup(id, List.of(lines));
  }

  @Test
  void showsWhatHasABarrier() throws Exception {
    assertThat(draw(PLAIN, Samples.web(), Samples.host()))
        .isEqualTo(
            """
            --------------------------------------------------------------------
            CT 101       | HELD  Bar%  Lim%| MAXH  Bar%  Lim%| BAR | LIM | FAIL
            -------------+-----------------+-----------------+-----+-----+------
                 kmemsize|2.45M   17%   17%|2.53M   18%   17%|13.7M|14.1M|    - \n\
              lockedpages|   -     -     - |   -     -     - |   8M|   8M|    - \n\
                  numproc|  23     9%    9%| 235    97%   97%| 240 | 240 |   17 \n\
                physpages| 100M    -    39%| 200M    -    78%|   - | 256M|    - \n\
                swappages|   4K    -     - |   4K    -     - |   - | 512M|    - \n\
            --------------------------------------------------------------------
            """);
  }

  @Test
  void separatesContainersByAnEmptyLine() throws Exception {
    ReportLine line = new ReportLine("numproc", 1, 1, 10, 10, 0);
    String rule = "-".repeat(68) + "\n";
    String row = "      numproc|   1    10%   10%|   1    10%   10%|  10 |  10 |    - \n";
    String text = draw(PLAIN, group(7, line), group(1234567890, line));
    assertThat(text)
        .isEqualTo(
            rule
                + "CT 7         | HELD  Bar%  Lim%| MAXH  Bar%  Lim%| BAR | LIM | FAIL\n"
                + "-------------+-----------------+-----------------+-----+-----+------\n"
                + row
                + "\n"
                + rule
                + "CT 1234567890| HELD  Bar%  Lim%| MAXH  Bar%  Lim%| BAR | LIM | FAIL\n"
                + "-------------+-----------------+-----------------+-----+-----+------\n"
                + row
                + rule);
  }

  @Test
  void verboseShowsTheUnlimited() throws Exception {
    Options verbose = new Options(Set.of(0L), false, true, false, false, false, 0.5, 0.8);
    String text = draw(verbose, Samples.web(), Samples.host());
    assertThat(text.lines()).hasSize(3 + 21 + 1);
    assertThat(text)
        .contains("  privvmpages|  28K    -     - |  32K    -     - |   - |   - |    - \n");
  }

  @Test
  void quietShowsRefusalsAndWhatIsClose() throws Exception {
    ReportGroup group =
        group(
            5,
            new ReportLine("kmemsize", 50, 50, 100, 100, 0),
            new ReportLine("numproc", 51, 51, 100, 100, 0),
            new ReportLine("numfile", 1, 80, 100, 100, 0),
            new ReportLine("numflock", 1, 81, 100, 100, 0),
            new ReportLine("numpty", 0, 0, 100, 100, 1),
            new ReportLine("physpages", 60, 60, 0, 100, 0),
            new ReportLine("shmpages", 9, 9, Long.MAX_VALUE, Long.MAX_VALUE, 5));
    assertThat(draw(QUIET, group).lines().skip(3))
        .extracting(line -> line.substring(0, Math.min(13, line.length())).strip())
        .containsExactly("numproc", "numflock", "numpty", "physpages", "-------------");
    assertThat(draw(QUIET, group(6, new ReportLine("numproc", 1, 1, 10, 10, 0)))).isEmpty();
  }

  @Test
  void ratiosOverOneArePercent() throws Exception {
    Options percent = new Options(Set.of(), true, false, false, false, false, 90, 95);
    ReportLine below = new ReportLine("numproc", 90, 90, 100, 100, 0);
    ReportLine above = new ReportLine("numfile", 91, 91, 100, 100, 0);
    assertThat(draw(percent, group(5, below, above)))
        .contains("      numfile|")
        .doesNotContain("numproc");
  }

  @Test
  void relativeAndIncrementalShowWhatChanged() throws Exception {
    ReportLine first = new ReportLine("numproc", 10, 10, 100, 100, 3);
    ReportLine second = new ReportLine("numproc", 14, 14, 100, 100, 5);
    ReportLine third = new ReportLine("numproc", 2, 14, 100, 100, 1);
    assertThat(draw(CHANGES, group(5, first)))
        .isEqualTo(
            """
            ---------------------------------------------------------------------------
            CT 5         | HELD  +/-    Bar%  Lim%| MAXH  Bar%  Lim%| BAR | LIM |+FAIL
            -------------+------------------------+-----------------+-----+-----+------
                  numproc|  10           10%   10%|  10    10%   10%| 100 | 100 |    3 \n\
            ---------------------------------------------------------------------------
            """);
    assertThat(draw(CHANGES, group(5, second)))
        .contains("      numproc|  14     +4    14%   14%|  14    14%   14%| 100 | 100 |    2 \n");
    assertThat(draw(CHANGES, group(5, second)))
        .contains("      numproc|  14           14%   14%|  14    14%   14%| 100 | 100 |    - \n");
    assertThat(draw(CHANGES, group(5, third)))
        .contains("      numproc|   2    -12     2%    2%|  14    14%   14%| 100 | 100 |    1 \n");
  }

  @Test
  void changedRowsAreShownEvenIfQuiet() throws Exception {
    Options options = new Options(Set.of(), true, false, false, true, false, 0.5, 0.8);
    memory.keep(5, "shmpages", SavedValues.Kind.HELD, 1);
    String text =
        draw(
            options, group(5, new ReportLine("shmpages", 3, 3, Long.MAX_VALUE, Long.MAX_VALUE, 0)));
    assertThat(text).contains("     shmpages|  12K    +8K    -     - |");
  }

  @Test
  void rowsOfNobodyCannotBeCompared() {
    assertThatThrownBy(
            () ->
                draw(CHANGES, group(ReportGroup.UNKNOWN, new ReportLine("numproc", 1, 1, 9, 9, 0))))
        .isInstanceOf(UnknownContainerException.class)
        .hasMessage("Error: can not use relative/incremental modes: BCID is unknown");
  }

  @Test
  void coloursWhatIsImportant() throws Exception {
    Options color = new Options(Set.of(), false, false, false, false, true, 0.5, 0.8);
    String text =
        draw(
            color,
            group(
                5,
                new ReportLine("numproc", 1, 1, 10, 10, 0),
                new ReportLine("numfile", 6, 6, 10, 10, 0),
                new ReportLine("numpty", 11, 11, 10, 10, 0)));
    assertThat(text)
        .startsWith("\u001b[1;32m-----")
        .contains("-----+------\u001b[0;39m\n\u001b[0;39m      numproc|")
        .contains("   - \n\u001b[0;39m\u001b[1;33m      numfile|")
        .contains("   - \n\u001b[0;39m\u001b[1;31m       numpty|");
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, '- '",
    "2147483647, false, '- '",
    "9223372036854775807, true, '- '",
    "1, false, '1 '",
    "1023, false, '1023 '",
    "1024, false, '1K'",
    "1536, false, '1.5K'",
    "102400, false, '100K'",
    "102911, false, '100K'",
    "1, true, '4K'",
    "256, true, '1M'",
    "65535, true, '255M'",
    "2565461, false, '2.45M'",
    "9223372036854774784, false, '8E'",
  })
  void amounts(long value, boolean pages, String text) {
    assertThat(HumanFigure.amount(value, pages)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, '- '",
    "1, 9223372036854775807, '- '",
    "1, 2147483647, '- '",
    "0, 10, '- '",
    "4, 10000, '- '",
    "5, 10000, 0.1%",
    "96, 10000, 1%",
    "196, 10000, 2%",
    "96, 1000, 9%",
    "999, 1000, 99%",
    "15, 10, 150%",
  })
  void percents(long part, long whole, String text) {
    assertThat(HumanFigure.percent(part, whole)).isEqualTo(text);
  }
}
