package org.vzj.cli.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.terminal.TerminalText;

/**
 * Escapes, beyond what JSON demands, all that a terminal would act upon: JSON is often looked at.
 */
final class TerminalEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1L;
  private static final String HEX = "0123456789abcdef";
  private final int[] ascii;

  TerminalEscapes() {
    ascii = standardAsciiEscapesForJSON();
    ascii[0x7f] = ESCAPE_STANDARD;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii;
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    if (!TerminalText.isUnsafe(character)) {
      return null;
    }
    char[] escape = {'\\', 'u', 0, 0, 0, 0};
    for (int i = 0; i < 4; i++) {
      escape[5 - i] = HEX.charAt((character >> (4 * i)) & 15);
    }
    return new SerializedString(new String(escape));
  }
}
