package org.vzj.linux.launch;

import java.util.ArrayList;
import java.util.List;

/**
 * One step of a plan: a verb and its words, as the launcher's C program reads them.
 *
 * <p>In the text form words are separated by one space. Inside a word a control character, a space,
 * DEL and the backslash are written as a backslash and three octal digits; an empty word is {@code
 * \e}. All other characters stand for themselves, in UTF-8.
 *
 * @param verb the step's name, such as {@code mount}
 * @param words its operands, in the order the grammar gives
 */
public record Step(String verb, List<String> words) {
  /** Copies the list. No word may hold a NUL character, which no system call could take. */
  public Step {
    words = List.copyOf(words);
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a NUL character in a word of step " + verb);
      }
    }
  }

  /** The step as one line, without the line's end. */
  public String text() {
    StringBuilder text = new StringBuilder(verb);
    for (int i = 0; i < words.size(); i++) {
      text.append(' ');
      escape(words.get(i), text);
    }
    return text.toString();
  }

  /**
   * Reads one line of a plan.
   *
   * @param line a line as {@link #text} gives it
   * @throws IllegalArgumentException if an escape is incomplete
   */
  public static Step parse(String line) {
    List<String> words = new ArrayList<>();
    int start = 0;
    while (start <= line.length()) {
      int end = line.indexOf(' ', start);
      if (end < 0) {
        end = line.length();
      }
      words.add(unescape(line.substring(start, end)));
      start = end + 1;
    }
    return new Step(words.get(0), words.subList(1, words.size()));
  }

  private static void escape(String word, StringBuilder text) {
    if (word.isEmpty()) {
      text.append("\\e");
      return;
    }
    if (isPlain(word)) {
      text.append(word);
      return;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c > ' ' && c != '\\' && c != 0x7f) {
        text.append(c);
      } else {
        text.append('\\');
        text.append((char) ('0' + (c >> 6)));
        text.append((char) ('0' + (c >> 3 & 7)));
        text.append((char) ('0' + (c & 7)));
      }
    }
  }

  /** Nearly every word is, and some are long. */
  private static boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c <= ' ' || c == '\\' || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static String unescape(String text) {
    if (text.equals("\\e")) {
      return "";
    }
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        word.append(c);
        continue;
      }
      if (i + 3 >= text.length()) {
        throw new IllegalArgumentException("incomplete escape in " + text);
      }
      int value = 0;
      for (int digit = 1; digit <= 3; digit++) {
        int d = text.charAt(i + digit) - '0';
        if (d < 0 || d > 7) {
          throw new IllegalArgumentException("bad escape in " + text);
        }
        value = value * 8 + d;
      }
      word.append((char) value);
      i += 3;
    }
    return word.toString();
  }
}
