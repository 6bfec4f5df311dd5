package org.vzj.beancounters.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The table of vzubc. */
public final class UbcReport {
  /**
   * What is shown, and how.
   *
   * @param containers those to be shown; none: all
   * @param quiet whether only rows with refusals, or close to a limit, are shown
   * @param verbose whether rows without a barrier are shown too
   * @param relative whether refusals are counted since the last time
   * @param incremental whether the change of what is held since the last time is shown
   * @param color whether important rows are coloured
   * @param heldRatio what part of the barrier makes held important; over 1 it is percent
   * @param maxheldRatio the same for maxheld
   */
  public record Options(
      Set<Long> containers,
      boolean quiet,
      boolean verbose,
      boolean relative,
      boolean incremental,
      boolean color,
      double heldRatio,
      double maxheldRatio) {
    /** Copies the set. */
    public Options {
      containers = Set.copyOf(containers);
    }
  }

  /** How important a row is. */
  private enum Rank {
    USUAL("\u001b[0;39m"),
    CLOSE("\u001b[1;33m"),
    FAILED("\u001b[1;31m");

    private final String color;

    Rank(String color) {
      this.color = color;
    }
  }

  /** The rows of a file without a number of its container cannot be compared with earlier ones. */
  public static final class UnknownContainerException extends Exception {
    private static final long serialVersionUID = 1;

    private UnknownContainerException() {
      super("Error: can not use relative/incremental modes: BCID is unknown");
    }
  }

  private static final String BRIGHT = "\u001b[1;32m";

  /** The width of the column that incremental mode adds. */
  private static final int CHANGE_WIDTH = 7;

  private final Options options;
  private final SavedValues saved;
  private final double heldRatio;
  private final double maxheldRatio;
  private final StringBuilder out = new StringBuilder(4096);

  private UbcReport(Options options, SavedValues saved) {
    this.options = options;
    this.saved = saved;
    this.maxheldRatio = ratio(options.maxheldRatio());
    this.heldRatio = Math.min(ratio(options.heldRatio()), maxheldRatio);
  }

  private static double ratio(double given) {
    return given > 1 ? given / 100 : given;
  }

  /**
   * Draws the table.
   *
   * @param groups the rows, of all containers or more
   * @param saved is asked and told in relative and incremental mode only
   * @return its lines; no text if nothing is to be shown
   * @throws UnknownContainerException in those modes, if a group has no number
   */
  public static String draw(List<ReportGroup> groups, Options options, SavedValues saved)
      throws UnknownContainerException, IOException {
    UbcReport report = new UbcReport(options, saved);
    for (ReportGroup group : groups) {
      if (options.containers().isEmpty()
          || group.id() == ReportGroup.UNKNOWN
          || options.containers().contains(group.id())) {
        report.group(group);
      }
    }
    return report.end();
  }

  private void group(ReportGroup group) throws UnknownContainerException, IOException {
    if (group.id() == ReportGroup.UNKNOWN && (options.relative() || options.incremental())) {
      throw new UnknownContainerException();
    }
    List<String> rows = new ArrayList<>();
    for (ReportLine line : group.lines()) {
      String row = row(group.id(), line);
      if (!row.isEmpty()) {
        rows.add(row);
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    if (!out.isEmpty()) {
      out.append('\n');
    }
    head(group.id());
    for (String row : rows) {
      out.append(row);
    }
  }

  private void head(long id) {
    String wide = options.incremental() ? "-".repeat(CHANGE_WIDTH) : "";
    out.append(options.color() ? BRIGHT : "");
    out.append("-".repeat(68)).append(wide).append('\n');
    out.append("CT ").append(Figures.left(id == ReportGroup.UNKNOWN ? "" : Long.toString(id), 10));
    out.append("| HELD").append(options.incremental() ? "  +/-  " : "");
    out.append("  Bar%  Lim%| MAXH  Bar%  Lim%| BAR | LIM |");
    out.append(options.relative() ? '+' : ' ').append("FAIL\n");
    out.append("-------------+-").append(wide);
    out.append("----------------+-----------------+-----+-----+------");
    out.append(options.color() ? Rank.USUAL.color : "").append('\n');
  }

  /** One row; empty if it is not to be shown. */
  private String row(long id, ReportLine line) throws IOException {
    long failcnt = failcnt(id, line);
    long before = options.incremental() ? saved.last(id, line.name(), SavedValues.Kind.HELD) : -1;
    long change = before < 0 ? 0 : line.held() - before;
    Rank rank = rank(line, failcnt);
    boolean hidden =
        (options.quiet() && rank == Rank.USUAL)
            || (!options.verbose() && HumanFigure.isUnlimited(line.barrier()));
    if (hidden && change == 0) {
      return "";
    }
    if (options.relative() && line.failcnt() > 0) {
      saved.keep(id, line.name(), SavedValues.Kind.FAILCNT, line.failcnt());
    }
    if (options.incremental() && (before < 0 || change != 0)) {
      saved.keep(id, line.name(), SavedValues.Kind.HELD, line.held());
    }
    StringBuilder row = new StringBuilder(96);
    row.append(options.color() ? rank.color : "");
    row.append(Figures.right(line.name(), 13)).append('|').append(amount(line, line.held()));
    if (options.incremental()) {
      String sign = change == 0 ? "" : change < 0 ? "-" : "+";
      String text = change == 0 ? "" : sign + HumanFigure.amount(Math.abs(change), line.inPages());
      row.append(Figures.right(text, CHANGE_WIDTH));
    }
    percents(row, line, line.held());
    row.append('|').append(amount(line, line.maxheld()));
    percents(row, line, line.maxheld());
    row.append('|').append(amount(line, line.barrier()));
    row.append('|').append(amount(line, line.limit()));
    row.append("| ").append(Figures.right(HumanFigure.amount(failcnt, false), 5)).append('\n');
    return row.append(options.color() ? Rank.USUAL.color : "").toString();
  }

  private static String amount(ReportLine line, long value) {
    return Figures.right(HumanFigure.amount(value, line.inPages()), 5);
  }

  private static void percents(StringBuilder row, ReportLine line, long value) {
    row.append(' ').append(Figures.right(HumanFigure.percent(value, line.barrier()), 5));
    row.append(' ').append(Figures.right(HumanFigure.percent(value, line.limit()), 5));
  }

  /** Refusals: all, or those since the last time. A container that was started anew has fewer. */
  private long failcnt(long id, ReportLine line) {
    if (!options.relative() || line.failcnt() == 0) {
      return line.failcnt();
    }
    long before = saved.last(id, line.name(), SavedValues.Kind.FAILCNT);
    long since = line.failcnt() - Math.max(0, before);
    return since < 0 ? line.failcnt() : since;
  }

  private Rank rank(ReportLine line, long failcnt) {
    double barrier = (double) (line.barrier() == 0 ? line.limit() : line.barrier());
    if (failcnt > 0 || line.held() > barrier) {
      return Rank.FAILED;
    }
    return line.held() > barrier * heldRatio || line.maxheld() > barrier * maxheldRatio
        ? Rank.CLOSE
        : Rank.USUAL;
  }

  private String end() {
    if (!out.isEmpty()) {
      out.append("-".repeat(options.incremental() ? 68 + CHANGE_WIDTH : 68)).append('\n');
    }
    return out.toString();
  }
}
