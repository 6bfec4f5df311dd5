package org.vzj.check;

import java.util.ArrayList;
import java.util.List;

/** Texts taken apart. */
final class Lines {
  private Lines() {}

  /** The lines of a text, without their ends and without an empty last one. */
  static List<String> of(String text) {
    return split(text, '\n', false);
  }

  /** The words of a line: what stands between blanks, tabs and newlines. */
  static List<String> words(String line) {
    return split(line.replace('\t', ' ').replace('\n', ' '), ' ', true);
  }

  /** The items of a list with commas. */
  static List<String> items(String list) {
    return split(list, ',', true);
  }

  private static List<String> split(String text, char separator, boolean skipEmpty) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf(separator, at);
      if (end < 0) {
        end = text.length();
      }
      if (end > at || !skipEmpty) {
        parts.add(text.substring(at, end));
      }
      at = end + 1;
    }
    return parts;
  }

  /** File names as words for a shell, which may hold anything. */
  static String quoted(List<String> names) {
    StringBuilder words = new StringBuilder();
    for (String name : names) {
      words.append(words.isEmpty() ? "" : " ");
      words.append(isPlain(name) ? name : "'" + name.replace("'", "'\\''") + "'");
    }
    return words.toString();
  }

  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && "/._-+:@,=".indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /**
   * Understands a whole number.
   *
   * @return the number; -1 if the text is not one from 0 to 10^18
   */
  static long number(String text) {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > 20) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      // fs.file-max is 2^63 - 1 on most hosts: saturate.
      value = value > Long.MAX_VALUE / 10 - 10 ? Long.MAX_VALUE / 10 - 1 : value * 10 + (c - '0');
    }
    return value;
  }
}
