package org.vzj.cli.terminal;

/**
 * Text from configurations and containers, made fit for a terminal: an escape sequence in a
 * description could otherwise retitle the administrator's window, hide lines or paste commands.
 */
public final class TerminalText {
  private TerminalText() {}

  /** Returns the text with a {@code ?} for every character that a terminal would act upon. */
  public static String of(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (isUnsafe(text.charAt(i))) {
        return cleaned(text, i);
      }
    }
    return text;
  }

  /** As {@link #of}, for text of several lines: line feeds and tabs stay. */
  public static String ofLines(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\n' && c != '\t' && isUnsafe(c)) {
        return cleanedLines(text);
      }
    }
    return text;
  }

  private static String cleanedLines(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] != '\n' && chars[i] != '\t' && isUnsafe(chars[i])) {
        chars[i] = '?';
      }
    }
    return new String(chars);
  }

  /**
   * Tells whether a terminal acts upon a character: control characters of ASCII, DEL, those of ISO
   * 6429 (128 to 159), line separators, and marks that turn the direction of writing.
   */
  public static boolean isUnsafe(int character) {
    return character < 0x20
        || (character >= 0x7f && character <= 0x9f)
        || (character >= 0x200e && character <= 0x200f)
        || (character >= 0x2028 && character <= 0x202e)
        || (character >= 0x2066 && character <= 0x2069)
        || character == 0x61c;
  }

  private static String cleaned(String text, int first) {
    char[] chars = text.toCharArray();
    for (int i = first; i < chars.length; i++) {
      if (isUnsafe(chars[i])) {
        chars[i] = '?';
      }
    }
    return new String(chars);
  }
}
