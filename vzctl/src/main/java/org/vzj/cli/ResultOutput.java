package org.vzj.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.vzj.cli.json.JsonOutput;

/** The results of a command on several containers, for people and for programs. */
final class ResultOutput {
  private ResultOutput() {}

  /**
   * Prints one container's line.
   *
   * @param full show all that was said: for commands whose output is what one asked for
   */
  static void line(Session session, Runner.Result result, boolean full) {
    String prefix = "CT " + result.id() + ": ";
    if (full) {
      for (String text : result.lines()) {
        for (String line : text.split("\n", -1)) {
          session
              .out()
              .println(result.lines().size() == 1 && isStatus(line) ? line : prefix + line);
        }
      }
    } else if (result.status() == 0) {
      String last = result.lines().isEmpty() ? "done" : result.lines().getLast();
      session.out().println(prefix + last + " (" + seconds(result.millis()) + " s)");
    }
    session.out().flush();
    if (result.status() != 0) {
      String why = result.error().isEmpty() ? lastLine(result) : result.error();
      session
          .err()
          .println(prefix + "failed (" + result.status() + ")" + (why.isEmpty() ? "" : ": " + why));
      session.err().flush();
    }
  }

  /** Prints the closing line. */
  static void summary(Session session, String name, List<Runner.Result> results, boolean full) {
    int failed = 0;
    for (Runner.Result result : results) {
      failed += result.status() == 0 ? 0 : 1;
    }
    if (full && failed == 0) {
      return;
    }
    session
        .out()
        .println(
            name
                + ": "
                + results.size()
                + " containers, "
                + (results.size() - failed)
                + " done, "
                + failed
                + " failed");
  }

  /** Prints an array with an object for each container. */
  static void json(PrintStream out, String name, List<Runner.Result> results) {
    JsonOutput json = new JsonOutput(out);
    json.beginArray();
    for (Runner.Result result : results) {
      json.beginObject();
      json.field("ctid", result.id().value());
      json.field("command", name);
      json.field("exit", result.status());
      for (Map.Entry<String, Boolean> fact : result.facts().entrySet()) {
        json.field(fact.getKey(), fact.getValue());
      }
      for (Map.Entry<String, List<Map<String, Object>>> table : result.tables().entrySet()) {
        table(json, table.getKey(), table.getValue());
      }
      json.field("seconds", result.millis() / 1000.0);
      json.fieldArray("messages", result.lines());
      json.endObject();
    }
    json.endArray();
    json.close();
  }

  private static void table(JsonOutput json, String name, List<Map<String, Object>> rows) {
    json.beginArray(name);
    for (Map<String, Object> row : rows) {
      json.beginObject();
      for (Map.Entry<String, Object> field : row.entrySet()) {
        if (field.getValue() instanceof Long number) {
          json.field(field.getKey(), number);
        } else if (field.getValue() instanceof Boolean flag) {
          json.field(field.getKey(), (boolean) flag);
        } else {
          json.field(field.getKey(), String.valueOf(field.getValue()));
        }
      }
      json.endObject();
    }
    json.endArray();
  }

  private static boolean isStatus(String line) {
    return line.startsWith("CTID ");
  }

  private static String lastLine(Runner.Result result) {
    return result.lines().isEmpty() ? "" : result.lines().getLast();
  }

  private static String seconds(long millis) {
    return millis / 1000 + "." + (millis % 1000 / 100) + (millis % 100 / 10);
  }
}
