package org.vzj.beancounters.capacity;

import java.util.List;
import org.vzj.beancounters.report.Figures;
import org.vzj.beancounters.report.ReportGroup;

/** The table of vzmemcheck: what parts of the host all containers take and are promised. */
public final class MemcheckReport {
  private static final String BLANKS = "           ";
  private static final double MEGABYTE = 1024 * 1024;
  private static final int COLUMNS = 8;

  private final HostCapacity host;
  private final boolean absolute;
  private final boolean verbose;
  private final long page;
  private final double[] sums = new double[COLUMNS];
  private final StringBuilder text = new StringBuilder();

  private MemcheckReport(HostCapacity host, boolean absolute, boolean verbose, long page) {
    this.host = host;
    this.absolute = absolute;
    this.verbose = verbose;
    this.page = page;
  }

  /**
   * Draws the table.
   *
   * @param containers those that run
   * @param absolute whether in megabytes, not in percent
   * @param verbose whether with a row for each container
   * @param page the size of a page in bytes
   */
  public static String draw(
      List<ReportGroup> containers,
      HostCapacity host,
      boolean absolute,
      boolean verbose,
      long page) {
    MemcheckReport report = new MemcheckReport(host, absolute, verbose, page);
    report.head();
    for (ReportGroup container : containers) {
      report.container(container);
    }
    report.summary();
    return report.text.toString();
  }

  private void head() {
    text.append(absolute ? "Output values in Mbytes\n" : "Output values in %\n");
    text.append(verbose ? "CTID       " : "");
    text.append(" LowMem  LowMem     RAM MemSwap MemSwap   Alloc   Alloc   Alloc\n");
    text.append(verbose ? BLANKS : "");
    text.append("   util  commit    util    util  commit    util  commit   limit\n");
  }

  private void container(ReportGroup group) {
    MemoryShare use = MemoryShare.held(group, page);
    MemoryShare promise = MemoryShare.promised(group, page);
    double low = (double) host.lowForContainers();
    double ram = (double) host.ram();
    double all = (double) host.ramAndSwap();
    double[] row = {
      figure(use.low(), low),
      figure(promise.low(), low),
      figure(use.ram(), ram),
      figure(use.memSwap(), all),
      figure(promise.memSwap(), all),
      figure(use.alloc(), all),
      figure(promise.alloc(), all),
      figure(MemoryShare.allocLimit(group, page), all)
    };
    for (int i = 0; i < COLUMNS; i++) {
      sums[i] += row[i];
    }
    if (verbose) {
      row(Figures.left(Long.toString(group.id()), 10) + " ", row);
    }
  }

  private double figure(double bytes, double whole) {
    return absolute ? bytes / MEGABYTE : bytes / whole * 100;
  }

  private void summary() {
    if (verbose) {
      text.append("-".repeat(74)).append('\n');
    }
    row(verbose ? "Summary:   " : "", sums);
    if (absolute) {
      double low = megabytes(host.lowForContainers());
      double ram = megabytes(host.ram());
      double all = megabytes(host.ramAndSwap());
      row(verbose ? BLANKS : "", new double[] {low, low, ram, all, all, all, all, all});
    }
  }

  /** Whole ones, as the original divides. */
  private static double megabytes(long bytes) {
    return (double) (bytes >> 20);
  }

  private void row(String head, double[] values) {
    text.append(head);
    for (int i = 0; i < COLUMNS; i++) {
      text.append(i == 0 ? "" : " ").append(Figures.right(Figures.fixed(values[i], 2), 7));
    }
    text.append('\n');
  }
}
