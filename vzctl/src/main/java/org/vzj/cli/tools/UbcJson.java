package org.vzj.cli.tools;

import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import org.vzj.beancounters.report.ReportGroup;
import org.vzj.beancounters.report.ReportLine;
import org.vzj.cli.json.JsonOutput;

/** Beancounters for programs: an array of containers, each with the parameters that vzlist has. */
final class UbcJson {
  private UbcJson() {}

  static void print(PrintStream out, List<ReportGroup> groups, Set<Long> chosen) {
    try (JsonOutput json = new JsonOutput(out)) {
      json.beginArray();
      for (ReportGroup group : groups) {
        if (chosen.isEmpty() || chosen.contains(group.id())) {
          group(json, group);
        }
      }
      json.endArray();
    }
  }

  private static void group(JsonOutput json, ReportGroup group) {
    json.beginObject();
    if (group.id() == ReportGroup.UNKNOWN) {
      json.fieldNull("ctid");
    } else {
      json.field("ctid", group.id());
    }
    for (ReportLine line : group.lines()) {
      json.beginObject(line.name());
      json.field("held", line.held());
      json.field("maxheld", line.maxheld());
      json.field("barrier", line.barrier());
      json.field("limit", line.limit());
      json.field("failcnt", line.failcnt());
      json.endObject();
    }
    json.endObject();
  }
}
