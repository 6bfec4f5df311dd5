package org.vzj.cli.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonOutputTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonOutput json = new JsonOutput(bytes);

  private String text() {
    json.close();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesTheLayoutOfVzlist() {
    json.beginArray();
    for (int id = 101; id <= 102; id++) {
      json.beginObject();
      json.field("ctid", id);
      json.fieldArray("ip", List.of("10.0.0.1", "10.0.0.2"));
      json.fieldArray("nameserver", List.of());
      json.beginObject("numproc");
      json.field("held", 0);
      json.field("limit", Long.MAX_VALUE);
      json.endObject();
      json.field("onboot", true);
      json.fieldNumber("uptime", "0.000");
      json.fieldNull("laverage");
      json.fieldNumbers("averages", List.of("0.00", "1.25"));
      json.field("name", null);
      json.endObject();
    }
    json.endArray();

    String object =
        """
          {
            "ctid": %d,
            "ip": ["10.0.0.1", "10.0.0.2"],
            "nameserver": [],
            "numproc": {
              "held": 0,
              "limit": 9223372036854775807
            },
            "onboot": true,
            "uptime": 0.000,
            "laverage": null,
            "averages": [0.00, 1.25],
            "name": null
          }""";
    String first = object.formatted(101).indent(2).stripTrailing();
    String second = object.formatted(102).indent(2).stripTrailing();
    assertThat(text()).isEqualTo("[\n" + first + ",\n" + second + "\n]\n");
  }

  @Test
  void writesAnEmptyArrayOnTwoLines() {
    json.beginArray();
    json.endArray();

    assertThat(text()).isEqualTo("[\n]\n");
  }

  @Test
  void writesAnObjectAsDocument() {
    json.beginObject();
    json.field("seconds", 0.25);
    json.beginArray("checks");
    json.beginObject();
    json.field("ok", false);
    json.endObject();
    json.value("x");
    json.endArray();
    json.beginObject("none");
    json.endObject();
    json.endObject();

    assertThat(text())
        .isEqualTo(
            """
            {
              "seconds": 0.25,
              "checks": [{
                "ok": false
              }, "x"],
              "none": {}
            }
            """);
  }

  @Test
  void escapesWhatJsonAndTerminalsDemand() {
    json.beginArray();
    json.value("\"\\\n\t\u001b[2J\u0000 \u007f\u009b31m \u202e Grüße \ud83d\udc27/");
    json.endArray();

    assertThat(text())
        .isEqualTo(
            "[\n  \"\\\"\\\\\\n\\t\\u001B[2J\\u0000 \\u007F\\u009b31m \\u202e Grüße \ud83d\udc27/\"\n]\n");
  }

  @Test
  void leavesTheStreamOpenAndReportsItsFailure() {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws java.io.IOException {
            throw new java.io.IOException("No space left on device");
          }
        };
    JsonOutput output = new JsonOutput(failing);
    output.beginObject();
    output.endObject();

    assertThatThrownBy(output::close)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("No space left");
  }
}
