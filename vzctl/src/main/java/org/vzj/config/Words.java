package org.vzj.config;

import java.util.ArrayList;
import java.util.List;

/** Lists of words in a value, as a plain scan. */
final class Words {

  private Words() {}

  /** The words between blanks, tabs and newlines. */
  static List<String> of(String text) {
    return split(text, ' ');
  }

  /** The words between blanks, tabs, newlines and {@code other}. */
  static List<String> split(String text, char other) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length() || isBlank(text.charAt(i)) || text.charAt(i) == other;
      if (end && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      } else if (!end && start < 0) {
        start = i;
      }
    }
    return words;
  }

  /** The parts between each two {@code separator}s; empty ones count. */
  static List<String> fields(String text, char separator) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
      fields.add(text.substring(start, at));
      start = at + 1;
    }
    fields.add(text.substring(start));
    return fields;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
