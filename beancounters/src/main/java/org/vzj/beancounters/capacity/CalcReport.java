package org.vzj.beancounters.capacity;

import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.report.Figures;
import org.vzj.beancounters.report.ReportGroup;
import org.vzj.beancounters.report.ReportLine;

/** The table of vzcalc: what part of the host one container takes, is promised and can take. */
public final class CalcReport {
  private static final int WIDTH = 10;
  private static final String NONE = "n/a";

  private CalcReport() {}

  /**
   * Draws the table.
   *
   * @param configured its barriers and limits by its configuration
   * @param held what it uses; null: it does not run
   * @param verbose whether all rows are shown, or their greatest values alone
   * @param page the size of a page in bytes
   */
  public static String draw(
      ReportGroup configured,
      @Nullable ReportGroup held,
      HostCapacity host,
      boolean verbose,
      long page) {
    double low = (double) host.lowForContainers();
    double all = (double) host.ramAndSwap();
    MemoryShare promise = MemoryShare.promised(configured, page);
    double lowPromised = promise.low() / low;
    double swapPromised = promise.memSwap() / all;
    double allocPromised = promise.alloc() / all;
    double allocMost = MemoryShare.allocLimit(configured, page) / all;
    double tasksMost = numproc(configured, true) / (double) host.threads();
    MemoryShare use = held == null ? new MemoryShare(0, 0, 0, 0) : MemoryShare.held(held, page);
    double lowUsed = use.low() / low;
    double ramUsed = use.ram() / (double) host.ram();
    double swapUsed = use.memSwap() / all;
    double allocUsed = use.alloc() / all;
    double tasksUsed = held == null ? 0 : numproc(held, false) / (double) host.threads();

    boolean runs = held != null;
    StringBuilder text = new StringBuilder("Resource     Current(%)  Promised(%)  Max(%)\n");
    if (verbose) {
      row(text, "Low Mem    ", runs, lowUsed).append(' ').append(percent(lowPromised));
      text.append(' ').append(percent(lowPromised)).append('\n');
      row(text, "Total RAM  ", runs, ramUsed).append("        n/a        n/a \n");
      row(text, "Mem + Swap ", runs, swapUsed).append(' ').append(percent(swapPromised));
      text.append("        n/a\n");
      row(text, "Alloc. Mem ", runs, allocUsed).append(' ').append(percent(allocPromised));
      text.append(' ').append(percent(allocMost)).append('\n');
      row(text, "Num. Proc  ", runs, tasksUsed).append("        n/a ");
      text.append(percent(tasksMost)).append('\n');
      text.append("-".repeat(44)).append('\n');
    }
    double used =
        Math.max(Math.max(lowUsed, ramUsed), Math.max(swapUsed, Math.max(allocUsed, tasksUsed)));
    row(text, "Memory     ", runs, used).append(' ');
    text.append(percent(Math.max(lowPromised, Math.max(swapPromised, allocPromised)))).append(' ');
    text.append(percent(Math.max(lowPromised, Math.max(allocMost, tasksMost)))).append('\n');
    return text.toString();
  }

  private static StringBuilder row(StringBuilder text, String name, boolean runs, double used) {
    return text.append(name).append(runs ? percent(used) : Figures.right(NONE, WIDTH));
  }

  private static String percent(double part) {
    return Figures.right(Figures.fixed(part * 100, 2), WIDTH);
  }

  private static double numproc(ReportGroup group, boolean barrier) {
    ReportLine line = group.line("numproc");
    return line == null ? 0 : (double) (barrier ? line.barrier() : line.held());
  }
}
