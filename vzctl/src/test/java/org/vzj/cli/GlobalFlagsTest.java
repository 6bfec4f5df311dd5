package org.vzj.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.container.VzException;

class GlobalFlagsTest {
  private static GlobalFlags parse(String... words) throws VzException {
    return GlobalFlags.parse(List.of(words));
  }

  @Test
  void nothingIsTheDefault() throws Exception {
    assertThat(parse())
        .isEqualTo(new GlobalFlags(false, 0, false, false, 0, false, false, false, List.of()));
  }

  @Test
  void allFlags() throws Exception {
    assertThat(
            parse(
                "--quiet",
                "--verbose",
                "--version",
                "--skiplock",
                "--json",
                "--dry-run",
                "--all",
                "--parallel",
                "3",
                "--verbose",
                "start",
                "101"))
        .isEqualTo(
            new GlobalFlags(true, 2, true, true, 3, true, true, true, List.of("start", "101")));
  }

  @Test
  void afterTheCommandTheyAreItsOwnBusiness() throws Exception {
    GlobalFlags flags = parse("exec", "101", "--quiet", "--parallel");
    assertThat(flags.quiet()).isFalse();
    assertThat(flags.command()).containsExactly("exec", "101", "--quiet", "--parallel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--quie", "-q", "--quiet=yes", "--parallels=3", "--help", "--", ""})
  void thereAreNoShortFormsAndNoAbbreviations(String word) throws Exception {
    assertThat(parse(word, "start").command()).containsExactly(word, "start");
  }

  @Test
  void parallelIsOneWordOrTwo() throws Exception {
    assertThat(parse("--parallel", "1024").parallel()).isEqualTo(1024);
    assertThat(parse("--parallel=1").parallel()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1025", "-1", "x", "", "1.5", "99999999999"})
  void parallelIsANumber(String text) {
    assertThatThrownBy(() -> parse("--parallel=" + text))
        .hasMessage("Bad parameter for --parallel: " + text)
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(21);
  }

  @Test
  void parallelNeedsItsNumber() {
    assertThatThrownBy(() -> parse("--quiet", "--parallel"))
        .hasMessage("vzctl: option '--parallel' requires an argument")
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(20);
  }

  @Test
  void aCommandsOwnFlagsAddToThese() throws Exception {
    GlobalFlags both = parse("--json", "--parallel", "2", "start").with(false, true, false, 0);
    assertThat(both.json()).isTrue();
    assertThat(both.dryRun()).isTrue();
    assertThat(both.all()).isFalse();
    assertThat(both.parallel()).isEqualTo(2);
    assertThat(both.with(false, false, true, 7).parallel()).isEqualTo(7);
  }
}
