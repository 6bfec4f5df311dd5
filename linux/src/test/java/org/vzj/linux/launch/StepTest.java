package org.vzj.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {
  @Test
  void wordsAreSeparatedByOneSpace() {
    assertThat(new Step("umount", List.of("/vz/root/101", "detach")).text())
        .isEqualTo("umount /vz/root/101 detach");
  }

  @Test
  void whitespaceControlsAndBackslashAreEscaped() {
    assertThat(new Step("exec", List.of("a b", "c\nd", "e\\f", "\u007f", "", "\t")).text())
        .isEqualTo("exec a\\040b c\\012d e\\134f \\177 \\e \\011");
  }

  @Test
  void everythingElseStandsForItself() {
    assertThat(new Step("env", List.of("A=ü€𐍈\"'$(x)`;*")).text())
        .isEqualTo("env A=ü€𐍈\"'$(x)`;*");
  }

  @Test
  void everyCharacterSurvivesTheRoundTrip() {
    StringBuilder all = new StringBuilder();
    for (char c = 1; c < 0x180; c++) {
      all.append(c);
    }
    Step step = new Step("file", List.of(all.toString(), "", "\\e", "\\", " "));
    assertThat(step.text()).doesNotContain("\n");
    assertThat(Step.parse(step.text())).isEqualTo(step);
  }

  @Test
  void incompleteEscapesAreRefused() {
    for (String bad : List.of("exec \\", "exec \\0", "exec \\04", "exec a\\08x", "exec \\9")) {
      assertThatThrownBy(() -> Step.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void nulIsRefused() {
    assertThatThrownBy(() -> new Step("exec", List.of("a\0b")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
