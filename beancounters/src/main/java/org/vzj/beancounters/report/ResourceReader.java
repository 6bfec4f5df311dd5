package org.vzj.beancounters.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the files that {@link ResourceText} writes, and those of OpenVZ's kernels of 32 and 64
 * bits: columns are told by blanks. Lines that are no rows are passed over, as are those called
 * dummy.
 */
public final class ResourceReader {
  private static final String VERSION = "2.5";
  private static final int VALUES = 5;

  private final List<ReportGroup> groups = new ArrayList<>();
  private final List<ReportLine> lines = new ArrayList<>();
  private long id = ReportGroup.UNKNOWN;

  private ResourceReader() {}

  /** The file is of a version whose rows may mean something else. */
  public static final class UnknownVersionException extends Exception {
    private static final long serialVersionUID = 1;

    private UnknownVersionException(String version) {
      super("Error: unknown version: " + version);
    }
  }

  /**
   * Reads a file's text. It may be cut off, or hold one container's rows alone.
   *
   * @return the containers in the order of the file; numbers that are too large are {@link
   *     Long#MAX_VALUE}, those that are none 0
   * @throws UnknownVersionException with OpenVZ's message
   */
  public static List<ReportGroup> parse(String text) throws UnknownVersionException {
    ResourceReader reader = new ResourceReader();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      reader.line(text.startsWith("Version: ", at), words(text, at, end));
      at = end + 1;
    }
    reader.endGroup();
    return List.copyOf(reader.groups);
  }

  private void line(boolean version, List<String> words) throws UnknownVersionException {
    if (words.isEmpty() || words.getFirst().equals("uid")) {
      return;
    }
    if (version) {
      String number = words.size() < 2 ? "" : words.get(1);
      if (!number.equals(VERSION)) {
        throw new UnknownVersionException(number);
      }
      return;
    }
    String first = words.getFirst();
    List<String> row = words;
    if (isGroup(first)) {
      endGroup();
      id = number(first.substring(0, first.length() - 1));
      row = words.subList(1, words.size());
    }
    if (!row.isEmpty() && isName(row.getFirst()) && !row.getFirst().startsWith("dummy")) {
      lines.add(
          new ReportLine(
              row.getFirst(),
              value(row, 1),
              value(row, 2),
              value(row, 3),
              value(row, 4),
              value(row, VALUES)));
    }
  }

  private void endGroup() {
    if (!lines.isEmpty()) {
      groups.add(new ReportGroup(id, lines));
      lines.clear();
    }
  }

  private static boolean isGroup(String word) {
    int end = word.length() - 1;
    for (int i = 0; i < end; i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        return false;
      }
    }
    return end > 0 && word.charAt(end) == ':';
  }

  private static boolean isName(String word) {
    return word.charAt(0) >= 'a' && word.charAt(0) <= 'z';
  }

  private static long value(List<String> words, int index) {
    return index < words.size() ? number(words.get(index)) : 0;
  }

  private static long number(String word) {
    long value = 0;
    for (int i = 0; i < word.length(); i++) {
      int digit = word.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return Long.MAX_VALUE;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static List<String> words(String text, int from, int to) {
    List<String> words = new ArrayList<>(VALUES + 2);
    int start = -1;
    for (int i = from; i <= to; i++) {
      boolean blank = i == to || text.charAt(i) == ' ' || text.charAt(i) == '\t';
      if (blank && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      } else if (!blank && start < 0) {
        start = i;
      }
    }
    return words;
  }
}
