package org.vzj.beancounters.capacity;

import java.util.List;
import org.vzj.beancounters.report.Figures;
import org.vzj.beancounters.report.HumanFigure;
import org.vzj.beancounters.report.ReportGroup;
import org.vzj.beancounters.report.ReportLine;

/** The table of vzoversell: RAM and swap of containers beside those that the host has. */
public final class OversellReport {
  private static final int KB_OF_PAGE = 4096;
  private static final ReportLine NOTHING = new ReportLine("", 0, 0, 0, 0, 0);

  private static final String HEAD =
      """
                 --------- RAM ---------  -------- Swap ---------  Flags
                  used  peak limit fails   used  peak limit fails
      """;
  private static final String FOOT =
      """
                 ----- ----- ----- -----  ----- ----- ----- -----
      """;

  private static final String[] LEGEND = {
    "  R: non-VSwap container, RAM limit guessed based on privvmpages\n",
    "  U: unlimited container, RAM limit not included into totals\n",
    "  S: unlimited swap (ok for non-vswap), not counted into total swap limit\n",
    "  f: RAM failctl > 0 (swap used), use vzubc to check details\n",
    "  F: beancounter failctl > 0, use vzubc to check details\n"
  };

  private final StringBuilder text = new StringBuilder(HEAD);
  private final long[] ram = new long[4];
  private final long[] swap = new long[4];
  private String flags = "";

  private OversellReport() {}

  /**
   * Draws the table.
   *
   * @param groups rows with physpages, privvmpages and swappages; the host's own are passed over
   */
  public static String draw(List<ReportGroup> groups, HostCapacity host) {
    OversellReport report = new OversellReport();
    for (ReportGroup group : groups) {
      if (group.id() > 0 && group.line("swappages") != null) {
        report.container(group);
      }
    }
    report.foot(host.ram() / KB_OF_PAGE, host.swap() / KB_OF_PAGE);
    return report.text.toString();
  }

  private void container(ReportGroup group) {
    ReportLine physpages = line(group, "physpages");
    ReportLine swappages = line(group, "swappages");
    long allocated = line(group, "privvmpages").limit();
    long ramLimit = physpages.limit();
    long swapLimit = swappages.limit();
    String own = "";
    if (ramLimit == 0 || HumanFigure.isUnlimited(ramLimit)) {
      boolean unlimited = HumanFigure.isUnlimited(allocated);
      ramLimit = unlimited ? 0 : allocated / 2;
      own = unlimited ? "U" : "R";
    }
    if (HumanFigure.isUnlimited(swapLimit)) {
      swapLimit = 0;
      own += "S";
    }
    long fails = 0;
    for (ReportLine line : group.lines()) {
      fails += line.failcnt();
    }
    if (fails > 0) {
      own += fails == physpages.failcnt() ? "f" : "F";
    }
    long[] ramRow = {physpages.held(), physpages.maxheld(), ramLimit, physpages.failcnt()};
    long[] swapRow = {swappages.held(), swappages.maxheld(), swapLimit, swappages.failcnt()};
    for (int i = 0; i < ram.length; i++) {
      ram[i] += ramRow[i];
      swap[i] += swapRow[i];
    }
    flags += own;
    text.append(Figures.right(Long.toString(group.id()), 10));
    values(ramRow);
    text.append(' ');
    values(swapRow);
    text.append("  ").append(own).append('\n');
  }

  private static ReportLine line(ReportGroup group, String name) {
    ReportLine line = group.line(name);
    return line == null ? NOTHING : line;
  }

  private void foot(long hostRam, long hostSwap) {
    text.append(FOOT).append(" TOTAL    ");
    values(ram);
    text.append(' ');
    values(swap);
    text.append("\n\n");
    summary("RAM      ", hostRam, ram[2]);
    summary("Swap     ", hostSwap, swap[2]);
    summary("RAM+Swap ", hostRam + hostSwap, ram[2] + swap[2]);
    if (!flags.isEmpty()) {
      text.append("\nFlags:\n");
      for (String line : LEGEND) {
        text.append(flags.indexOf(line.charAt(2)) >= 0 ? line : "");
      }
    }
  }

  /** Three numbers of pages and one of failures. */
  private void values(long[] row) {
    for (int i = 0; i < row.length; i++) {
      text.append(' ').append(Figures.right(HumanFigure.amount(row[i], i < row.length - 1), 5));
    }
  }

  private void summary(String name, long available, long allocated) {
    text.append(name).append("  available: ");
    text.append(Figures.right(HumanFigure.amount(available, true), 5)).append("  allocated: ");
    text.append(Figures.right(HumanFigure.amount(allocated, true), 5)).append("  oversell: ");
    text.append(HumanFigure.percent(allocated, available)).append('\n');
  }
}
