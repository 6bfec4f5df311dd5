package org.vzj.linux.conf;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits text, one char per byte, into {@link ConfLine}s. A plain scan: every command runs it. */
final class ConfLineReader {

  private final String text;
  private final List<ConfLine> lines = new ArrayList<>();
  private int position;
  private int number = 1;

  private ConfLineReader(String text) {
    this.text = text;
  }

  static List<ConfLine> read(String text) {
    ConfLineReader reader = new ConfLineReader(text);
    while (reader.position < text.length()) {
      reader.readLine();
    }
    return reader.lines;
  }

  private void readLine() {
    int next = nextLine(position);
    String line = content(position, next);
    int start = skipBlanks(line, 0);
    if (start == line.length() || line.charAt(start) == '#') {
      add(next, 1, null, null, null);
      return;
    }
    if (line.indexOf('\0') >= 0) {
      add(next, 1, null, null, "NUL byte");
      return;
    }
    int equals = line.indexOf('=', start);
    if (equals < 0) {
      add(next, 1, null, null, "'=' not found");
      return;
    }
    String key = line.substring(start, equals);
    int from = equals + 1;
    if (from == line.length() || line.charAt(from) != '"') {
      add(next, 1, key, decode(line.substring(from, trimmedEnd(line, from))), null);
      return;
    }
    int quote = line.lastIndexOf('"');
    if (quote > from) {
      add(next, 1, key, decode(line.substring(from + 1, quote)), null);
    } else {
      readMoreLines(key, line.substring(from + 1), next);
    }
  }

  private void readMoreLines(String key, String firstPart, int firstNext) {
    StringBuilder value = new StringBuilder(firstPart);
    int count = 1;
    for (int at = firstNext; at < text.length(); ) {
      int next = nextLine(at);
      String line = content(at, next);
      int start = skipBlanks(line, 0);
      if (line.startsWith("#", start) || line.indexOf('\0') >= 0 || isAssignment(line, start)) {
        break;
      }
      count++;
      int quote = line.indexOf('"');
      if (quote >= 0) {
        int rest = skipBlanks(line, quote + 1);
        if (rest < line.length() && line.charAt(rest) != '#') {
          break;
        }
        if (line.indexOf('"', quote + 1) >= 0) {
          break;
        }
        value.append('\n').append(line, 0, quote);
        add(next, count, key, decode(value.toString()), null);
        return;
      }
      value.append('\n').append(line);
      at = next;
    }
    add(firstNext, 1, key, null, "unmatched quotes");
  }

  private void add(
      int next, int count, @Nullable String key, @Nullable String value, @Nullable String problem) {
    lines.add(new ConfLine(number, text.substring(position, next), key, value, problem));
    position = next;
    number += count;
  }

  private int nextLine(int from) {
    int newline = text.indexOf('\n', from);
    return newline < 0 ? text.length() : newline + 1;
  }

  /** The line without its end and its backslashes. */
  private String content(int from, int next) {
    int end = next;
    if (text.charAt(end - 1) == '\n') {
      end--;
    }
    if (end > from && text.charAt(end - 1) == '\r') {
      end--;
    }
    String line = text.substring(from, end);
    return line.indexOf('\\') < 0 ? line : withoutBackslashes(line);
  }

  private static String withoutBackslashes(String line) {
    StringBuilder out = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '\\' && ++i == line.length()) {
        break;
      }
      out.append(line.charAt(i));
    }
    return out.toString();
  }

  /** A capital key: the {@code ifname=} of a NETIF value is none. */
  private static boolean isAssignment(String line, int start) {
    int i = start;
    while (i < line.length() && isNamePart(line.charAt(i)) && !isSmall(line.charAt(i))) {
      i++;
    }
    return i > start && i < line.length() && line.charAt(i) == '=';
  }

  private static int skipBlanks(String line, int from) {
    int i = from;
    while (i < line.length() && isBlank(line.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int trimmedEnd(String line, int from) {
    int end = line.length();
    while (end > from && isBlank(line.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isSmall(char c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isNamePart(char c) {
    return (c >= 'A' && c <= 'Z') || isSmall(c) || (c >= '0' && c <= '9') || c == '_';
  }

  static boolean isName(String key) {
    if (key.isEmpty() || (key.charAt(0) >= '0' && key.charAt(0) <= '9')) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      if (!isNamePart(key.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String decode(String bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.charAt(i) >= 0x80) {
        byte[] raw = bytes.getBytes(StandardCharsets.ISO_8859_1);
        try {
          return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
        } catch (CharacterCodingException e) {
          return bytes;
        }
      }
    }
    return bytes;
  }
}
