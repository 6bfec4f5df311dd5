package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One row of a container's beancounters, as {@code vzubc --json} tells it.
 *
 * @param held in use
 * @param maxheld the most that was
 * @param barrier the barrier
 * @param limit the limit
 * @param failcnt refusals
 */
record Resources(long held, long maxheld, long barrier, long limit, long failcnt) {

  /** Reads all rows of a running container, by their names. */
  static Map<String, Resources> of(Sandbox sandbox, int id) {
    String json = sandbox.tool("vzubc", "--json", "" + id).ok();
    Map<String, Resources> rows = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      Map<String, Long> values = new HashMap<>();
      String row = "";
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT && ++depth == 2) {
          row = Objects.requireNonNull(parser.currentName());
          values.clear();
        } else if (token == JsonToken.VALUE_NUMBER_INT && depth == 2) {
          values.put(parser.currentName(), parser.getLongValue());
        } else if (token == JsonToken.END_OBJECT && depth-- == 2) {
          rows.put(row, row(values));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
    assertThat(rows).as(json).containsKey("kmemsize");
    return rows;
  }

  /** Reads one row. */
  static Resources of(Sandbox sandbox, int id, String name) {
    return Objects.requireNonNull(of(sandbox, id).get(name), name);
  }

  private static Resources row(Map<String, Long> values) {
    return new Resources(
        value(values, "held"),
        value(values, "maxheld"),
        value(values, "barrier"),
        value(values, "limit"),
        value(values, "failcnt"));
  }

  private static long value(Map<String, Long> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }
}
