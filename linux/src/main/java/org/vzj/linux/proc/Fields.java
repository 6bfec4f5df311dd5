package org.vzj.linux.proc;

/** The fields of one line of /proc, taken one by one. */
final class Fields {
  private final String line;
  private final char separator;
  private int at;

  Fields(String line, char separator) {
    this.line = line;
    this.separator = separator;
  }

  boolean hasNext() {
    return at <= line.length();
  }

  /** The text up to the next separator; two separators in a row have an empty field between. */
  String next() {
    if (!hasNext()) {
      throw new IllegalArgumentException("too few fields: " + line);
    }
    int end = line.indexOf(separator, at);
    if (end < 0) {
      end = line.length();
    }
    String field = line.substring(at, end);
    at = end + 1;
    return field;
  }

  int nextInt() {
    String field = next();
    return number(field, 0, field.length(), line);
  }

  long nextLong() {
    String field = next();
    try {
      return Long.parseLong(field);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number: " + field + " in: " + line, e);
    }
  }

  static int number(String text, int from, int to, String line) {
    try {
      return Integer.parseInt(text, from, to, 10);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a number: " + text.substring(from, to) + " in: " + line, e);
    }
  }
}
