package org.vzj.cli.list;

import java.util.List;

/**
 * The value of one field of one container.
 *
 * @param kind what it is
 * @param text how it is shown; {@code -} if there is none
 * @param number what numbers are sorted by; for a flag 1 or 0
 * @param words the elements of a list
 */
record Cell(Kind kind, String text, long number, List<String> words) {
  /** The kinds of values. */
  enum Kind {
    /** There is no value, or none that we can know yet. */
    MISSING,
    /** A text, which is cut to its column. */
    TEXT,
    /** A list, of which a narrow column shows the first element. */
    WORDS,
    /** A number, which is never cut. */
    NUMBER,
    /** Yes or no. */
    FLAG
  }

  static final Cell MISSING = new Cell(Kind.MISSING, "-", 0, List.of());
  static final Cell YES = new Cell(Kind.FLAG, "yes", 1, List.of());
  static final Cell NO = new Cell(Kind.FLAG, "no", 0, List.of());

  /** There is no value, and that is shown in an unusual way. */
  static Cell missing(String text) {
    return new Cell(Kind.MISSING, text, 0, List.of());
  }

  static Cell text(String text) {
    return new Cell(Kind.TEXT, text, 0, List.of());
  }

  static Cell number(long number) {
    return new Cell(Kind.NUMBER, Long.toString(number), number, List.of());
  }

  /** A number that is shown in a form of its own. */
  static Cell number(long number, String text) {
    return new Cell(Kind.NUMBER, text, number, List.of());
  }

  /** Numbers that are shown together. */
  static Cell number(long number, List<String> parts) {
    return new Cell(Kind.NUMBER, String.join("/", parts), number, List.copyOf(parts));
  }

  /** A list; without elements it is {@link #MISSING}. */
  static Cell words(List<String> words) {
    return words.isEmpty()
        ? MISSING
        : new Cell(Kind.WORDS, String.join(" ", words), 0, List.copyOf(words));
  }

  static Cell flag(boolean flag) {
    return flag ? YES : NO;
  }

  boolean isMissing() {
    return kind == Kind.MISSING;
  }

  /** Missing values first, then texts by their characters and numbers by their size. */
  static int compare(Cell a, Cell b) {
    if (a.isMissing() || b.isMissing()) {
      return Boolean.compare(b.isMissing(), a.isMissing());
    }
    if (a.kind == Kind.NUMBER || a.kind == Kind.FLAG) {
      return Long.compare(a.number, b.number);
    }
    return a.text.compareTo(b.text);
  }
}
