package org.vzj.cli.check;

import java.io.OutputStream;
import java.util.List;
import org.vzj.check.CheckResult;
import org.vzj.cli.json.JsonOutput;

/** The report for programs: an object with {@code fit} and an array {@code checks}. */
final class CheckJson {
  private CheckJson() {}

  static void print(OutputStream out, List<CheckResult> results) {
    boolean fit = true;
    for (CheckResult result : results) {
      fit &= !result.prevents();
    }
    try (JsonOutput json = new JsonOutput(out)) {
      json.beginObject();
      json.field("fit", fit);
      json.beginArray("checks");
      for (CheckResult result : results) {
        json.beginObject();
        json.field("area", result.probe().area().title());
        json.field("name", result.probe().name());
        json.field("verdict", result.finding().verdict().word());
        json.field("fact", result.finding().fact());
        json.field("need", result.probe().need().word());
        json.field("purpose", result.probe().purpose());
        json.field("source", result.probe().source());
        json.field("remedy", result.finding().remedy());
        json.endObject();
      }
      json.endArray();
      json.endObject();
    }
  }
}
