package org.vzj.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTextTest {
  @Test
  void leavesHarmlessTextAlone() {
    String text = "Grüße – 日本 \ud83d\udc27 ~!";

    assertThat(TerminalText.of(text)).isSameAs(text);
  }

  @Test
  void replacesWhatATerminalActsUpon() {
    assertThat(TerminalText.of("a\u001b]0;x\u0007b\rc\nd\te\u0000")).isEqualTo("a?]0;x?b?c?d?e?");
    assertThat(TerminalText.of("\u007f\u0080\u009b2J\u009f")).isEqualTo("???2J?");
    assertThat(TerminalText.of("x\u202egpj\u2066\u200f\u2028")).isEqualTo("x?gpj???");
  }
}
