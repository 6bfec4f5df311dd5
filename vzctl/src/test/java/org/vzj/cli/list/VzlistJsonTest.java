package org.vzj.cli.list;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vzlist -j}. */
class VzlistJsonTest {
  private final FakeHost host;

  VzlistJsonTest(@TempDir Path top) throws IOException {
    host = new FakeHost(top);
  }

  private static String golden(String name) throws IOException {
    try (var in = VzlistJsonTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void writesEveryFieldInOrder() throws IOException {
    host.running(
        101,
        3723,
        "NUMPROC=240:250",
        "PHYSPAGES=0:256M",
        "DISKSPACE=2G:2.2G",
        "IP_ADDRESS=\"10.0.0.1 10.0.0.2\"",
        "NAMESERVER=8.8.8.8",
        "HOSTNAME=web1.example.com",
        "NAME=web1",
        "DESCRIPTION=\"a 'b' – ü\"",
        "OSTEMPLATE=debian-12-x86_64",
        "CPULIMIT=50",
        "ONBOOT=yes",
        "BOOTORDER=7",
        "VM_OVERCOMMIT=1.5",
        "FEATURES=\"nfs:on sit:off\"",
        "CAPABILITY=\"NET_ADMIN:on\"",
        "NETFILTER=stateless");
    host.name("web1", 101).stopped(102);

    assertThat(host.text("-a", "--json")).isEqualTo(golden("all-fields.json"));
  }

  @Test
  void limitsAndReordersFields() throws IOException {
    host.stopped(101).running(102, 5);

    assertThat(host.text("-aHjo", "status,ctid"))
        .isEqualTo(
            """
            [
              {
                "status": "stopped",
                "ctid": 101
              },
              {
                "status": "running",
                "ctid": 102
              }
            ]
            """);
    assertThat(host.text("-j1")).isEqualTo("[\n  {\n    \"veid\": 102\n  }\n]\n");
    assertThat(host.text("-jo", "uptime")).isEqualTo("[\n  {\n    \"uptime\": 5.250\n  }\n]\n");
  }

  @Test
  void writesAnEmptyArrayIfAllAreHidden() throws IOException {
    host.configured(101);

    assertThat(host.text("-aj")).isEqualTo("[\n]\n");
  }

  @Test
  void staysJsonWhateverIsConfigured() throws IOException {
    String nasty = "\u001b[2J'}],{\t\u0001\u007f\u009b\u202e";
    host.stopped(
        101,
        "HOSTNAME=\"q" + nasty + "\"",
        "DESCRIPTION=a\"b\"c",
        "IP_ADDRESS=\"" + nasty.replace('\t', '_') + " 2\"",
        "CPUUNITS=08",
        "BOOTORDER=+5",
        "VM_OVERCOMMIT=.5",
        "CPULIMIT=\"12.5%\"",
        "IOLIMIT=unlimited");

    String text = host.text("-aj");

    assertThat(text).doesNotMatch("(?s).*[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202e].*");
    List<String> strings = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          strings.add(parser.getText());
        }
      }
    }
    assertThat(strings).contains("q" + nasty, "a\"b\"c", nasty.replace('\t', '_'), "2");
    assertThat(text)
        .contains("\"cpuunits\": 8,", "\"bootorder\": 5,", "\"vm_overcommit\": 0.5,")
        .contains("\"cpulimit\": 13,", "\"iolimit\": 0,");
  }
}
