package org.vzj.beancounters.report;

import java.util.List;

/**
 * Writes the files that a kernel of OpenVZ has in /proc, version 2.5, as one of 64 bits does. In
 * {@code user_beancounters} a container has 24 rows, four of which are called dummy.
 */
public final class ResourceText {
  private static final String VERSION = "Version: 2.5\n";
  private static final int VALUE_WIDTH = 20;
  private static final String DUMMY = "dummy";
  private static final ReportLine DUMMY_LINE =
      new ReportLine(DUMMY, 0, 0, Long.MAX_VALUE, Long.MAX_VALUE, 0);

  /** The rows of {@code user_beancounters}, in its order. */
  private static final List<String> ROWS =
      List.of(
          "kmemsize",
          "lockedpages",
          "privvmpages",
          "shmpages",
          DUMMY,
          "numproc",
          "physpages",
          "vmguarpages",
          "oomguarpages",
          "numtcpsock",
          "numflock",
          "numpty",
          "numsiginfo",
          "tcpsndbuf",
          "tcprcvbuf",
          "othersockbuf",
          "dgramrcvbuf",
          "numothersock",
          "dcachesize",
          "numfile",
          DUMMY,
          DUMMY,
          DUMMY,
          "numiptent");

  private ResourceText() {}

  /** {@code /proc/user_beancounters}: no swappages, rows that are unused are there. */
  public static String userBeancounters(List<ReportGroup> groups) {
    StringBuilder text = head();
    for (ReportGroup group : groups) {
      String head = group.id() + ":";
      for (String name : ROWS) {
        ReportLine line = group.line(name);
        row(text, head, line == null ? DUMMY_LINE : line, name);
        head = "";
      }
    }
    return text.toString();
  }

  /** {@code /proc/bc/resources}: what is used, swappages as the last. */
  public static String resources(List<ReportGroup> groups) {
    StringBuilder text = head();
    for (ReportGroup group : groups) {
      rows(text, group.id() + ":", group);
    }
    return text.toString();
  }

  /** {@code /proc/bc/CTID/resources}: the rows alone, without a head and its number. */
  public static String ofContainer(ReportGroup group) {
    StringBuilder text = new StringBuilder(4096);
    rows(text, "", group);
    return text.toString();
  }

  private static void rows(StringBuilder text, String head, ReportGroup group) {
    String first = head;
    for (ReportLine line : group.lines()) {
      row(text, first, line, line.name());
      first = "";
    }
  }

  private static StringBuilder head() {
    StringBuilder text = new StringBuilder(8192).append(VERSION);
    begin(text, "uid", "resource");
    value(text, "held");
    value(text, "maxheld");
    value(text, "barrier");
    value(text, "limit");
    value(text, "failcnt");
    return text.append('\n');
  }

  private static void row(StringBuilder text, String head, ReportLine line, String name) {
    begin(text, head, name);
    value(text, Long.toString(line.held()));
    value(text, Long.toString(line.maxheld()));
    value(text, Long.toString(line.barrier()));
    value(text, Long.toString(line.limit()));
    value(text, Long.toString(line.failcnt()));
    text.append('\n');
  }

  private static void begin(StringBuilder text, String head, String name) {
    text.append(Figures.right(head, 10)).append("  ").append(Figures.left(name, 12));
  }

  private static void value(StringBuilder text, String value) {
    text.append(' ').append(Figures.right(value, VALUE_WIDTH));
  }
}
