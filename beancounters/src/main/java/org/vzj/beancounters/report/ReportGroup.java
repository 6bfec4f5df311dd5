package org.vzj.beancounters.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.account.ResourceRow;

/**
 * The rows of one container.
 *
 * @param id its number, 0 for the host, {@link #UNKNOWN} if the file does not say
 * @param lines its rows, in the order of the file
 */
public record ReportGroup(long id, List<ReportLine> lines) {
  /** Of which container the rows are is not known. */
  public static final long UNKNOWN = -1;

  /** Copies the list. */
  public ReportGroup {
    lines = List.copyOf(lines);
  }

  /** The rows that our own accounting gave. */
  public static ReportGroup of(long id, List<ResourceRow> rows) {
    List<ReportLine> lines = new ArrayList<>(rows.size());
    for (ResourceRow row : rows) {
      lines.add(ReportLine.of(row));
    }
    return new ReportGroup(id, lines);
  }

  /** The row of this name, or null. */
  public @Nullable ReportLine line(String name) {
    for (ReportLine line : lines) {
      if (line.name().equals(name)) {
        return line;
      }
    }
    return null;
  }
}
