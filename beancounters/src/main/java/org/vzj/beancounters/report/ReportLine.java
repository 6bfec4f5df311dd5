package org.vzj.beancounters.report;

import org.vzj.beancounters.account.ResourceRow;

/**
 * One row of a file of beancounters: like {@link ResourceRow}, but of a name that need not be ours.
 *
 * @param name the parameter, as {@code numproc}
 * @param held in use
 * @param maxheld the most that was in use
 * @param barrier the barrier
 * @param limit the limit
 * @param failcnt refusals
 */
public record ReportLine(
    String name, long held, long maxheld, long barrier, long limit, long failcnt) {

  /** A row that our own accounting gave. */
  public static ReportLine of(ResourceRow row) {
    return new ReportLine(
        row.parameter().parameterName(),
        row.held(),
        row.maxheld(),
        row.barrier(),
        row.limit(),
        row.failcnt());
  }

  /** Whether it is counted in pages of memory: the name tells. */
  boolean inPages() {
    return name.endsWith("pages");
  }
}
