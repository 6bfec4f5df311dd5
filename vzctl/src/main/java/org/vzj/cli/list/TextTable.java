package org.vzj.cli.list;

import java.util.List;
import org.vzj.cli.terminal.TerminalText;

/** Rows as columns of text. */
final class TextTable {
  /** Appended in pieces: one by one they are what takes longest in a list of hundreds. */
  private static final String BLANKS = " ".repeat(64);

  private final List<Field> columns;
  private final boolean trim;
  private final StringBuilder out = new StringBuilder(16 * 1024);

  /**
   * @param trim whether a value is cut to its column, unless that is the last one
   */
  TextTable(List<Field> columns, boolean trim) {
    this.columns = columns;
    this.trim = trim;
  }

  /** Adds the line of headings. */
  void header() {
    for (int i = 0; i < columns.size(); i++) {
      Field column = columns.get(i);
      cell(i, column.heading(), column.headingWidth());
    }
    endLine();
  }

  /** Adds a container's line. */
  void row(Ct ct) {
    for (int i = 0; i < columns.size(); i++) {
      Field column = columns.get(i);
      boolean whole = !trim || i == columns.size() - 1;
      Cell cell = column.source().read(ct);
      cell(i, whole ? clean(cell.text()) : cut(cell, Math.abs(column.width())), column.width());
    }
    endLine();
  }

  /** The lines so far. */
  String text() {
    return out.toString();
  }

  private static String cut(Cell cell, int width) {
    return switch (cell.kind()) {
      case TEXT -> cut(clean(cell.text()), width);
      // Half an address would be a wrong one: the first is shown whole.
      case WORDS -> clean(cell.words().getFirst());
      default -> cell.text();
    };
  }

  private static String cut(String text, int width) {
    return text.codePointCount(0, text.length()) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width));
  }

  private static String clean(String text) {
    return TerminalText.of(text);
  }

  private void cell(int index, String text, int width) {
    if (index > 0) {
      out.append(' ');
    }
    int blanks = Math.abs(width) - text.codePointCount(0, text.length());
    if (width < 0) {
      out.append(text);
    }
    while (blanks > 0) {
      int some = Math.min(blanks, BLANKS.length());
      out.append(BLANKS, 0, some);
      blanks -= some;
    }
    if (width >= 0) {
      out.append(text);
    }
  }

  private void endLine() {
    int end = out.length();
    while (end > 0 && out.charAt(end - 1) == ' ') {
      end--;
    }
    out.setLength(end);
    out.append('\n');
  }
}
