package org.vzj.beancounters.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text of /proc in lines of words, gone over once from the front. */
final class Lines {
  private final String text;
  private int at;
  private int end = -1;

  Lines(String text) {
    this.text = text;
  }

  /** A file's text; empty if it is gone, as that of a process can be at any time. */
  static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Goes to the next line; false after the last. */
  boolean next() {
    at = end + 1;
    if (at >= text.length()) {
      return false;
    }
    end = text.indexOf('\n', at);
    if (end < 0) {
      end = text.length();
    }
    return true;
  }

  /** Whether the rest of the line begins with this; what follows is then the rest. */
  boolean take(String prefix) {
    if (at + prefix.length() > end || !text.startsWith(prefix, at)) {
      return false;
    }
    at += prefix.length();
    return true;
  }

  /** The next word of the line, empty at its end. */
  String word() {
    while (at < end && isBlank(text.charAt(at))) {
      at++;
    }
    int from = at;
    while (at < end && !isBlank(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  /** The next word as a number; one that has other characters ends before them, 0 if it is none. */
  long number() {
    return number(word(), 10);
  }

  static long number(String word, int radix) {
    long value = 0;
    for (int i = 0; i < word.length(); i++) {
      int digit = Character.digit(word.charAt(i), radix);
      if (digit < 0 || value > (Long.MAX_VALUE - digit) / radix) {
        break;
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
