package org.vzj.beancounters.report;

import java.util.ArrayList;
import java.util.List;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.account.ResourceRow;

/** Rows to try things with. */
final class Samples {
  static final long UNLIMITED = Long.MAX_VALUE;

  private Samples() {}

  /** A container with kmemsize, numproc and physpages in use and nothing limited but those. */
  static ReportGroup web() {
    List<ResourceRow> rows = new ArrayList<>();
    for (Beancounter parameter : Beancounter.kernelRows()) {
      rows.add(
          switch (parameter) {
            case KMEMSIZE -> new ResourceRow(parameter, 2565461, 2650112, 14372700, 14790164, 0);
            case NUMPROC -> new ResourceRow(parameter, 23, 235, 240, 240, 17);
            case PHYSPAGES -> new ResourceRow(parameter, 25600, 51200, 0, 65536, 0);
            case LOCKEDPAGES -> new ResourceRow(parameter, 0, 0, 2048, 2048, 0);
            default -> new ResourceRow(parameter, 0, 0, UNLIMITED, UNLIMITED, 0);
          });
    }
    rows.add(new ResourceRow(Beancounter.SWAPPAGES, 1, 1, 0, 131072, 0));
    return ReportGroup.of(101, rows);
  }

  static ReportGroup host() {
    List<ResourceRow> rows = new ArrayList<>();
    for (Beancounter parameter : Beancounter.kernelRows()) {
      rows.add(new ResourceRow(parameter, 7, 8, UNLIMITED, UNLIMITED, 0));
    }
    rows.add(new ResourceRow(Beancounter.SWAPPAGES, 9, 9, UNLIMITED, UNLIMITED, 0));
    return ReportGroup.of(0, rows);
  }
}
