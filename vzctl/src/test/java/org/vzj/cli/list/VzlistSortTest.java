package org.vzj.cli.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of rows. */
class VzlistSortTest {
  private final FakeHost host;

  VzlistSortTest(@TempDir Path top) throws IOException {
    host = new FakeHost(top);
  }

  private String order(String field) {
    return host.text("-1as", field).strip().replaceAll("\\s+", " ");
  }

  @Test
  void sortsTextsWithMissingOnesFirst() throws IOException {
    host.stopped(9)
        .stopped(101, "HOSTNAME=b")
        .stopped(102, "HOSTNAME=a")
        .stopped(103, "HOSTNAME=B");

    assertThat(order("hostname")).isEqualTo("9 103 102 101");
    assertThat(order("-hostname")).isEqualTo("101 102 103 9");
    assertThat(order("ctid")).isEqualTo("9 101 102 103");
    assertThat(order("-veid")).isEqualTo("103 102 101 9");
  }

  @Test
  void sortsNumbersByTheirSize() throws IOException {
    host.stopped(101, "CPUUNITS=900", "NUMPROC=5:70");
    host.stopped(102, "CPUUNITS=1000", "NUMPROC=6:60");
    host.stopped(103);

    assertThat(order("cpuunits")).isEqualTo("103 101 102");
    assertThat(order("numproc.b")).isEqualTo("103 101 102");
    assertThat(order("numproc.l")).isEqualTo("103 102 101");
  }

  @Test
  void sortsTheLongestUptimeFirst() throws IOException {
    host.running(101, 10).running(102, 500).running(103, 60).stopped(104);

    assertThat(order("uptime")).isEqualTo("102 103 101 104");
    assertThat(order("-uptime")).isEqualTo("104 101 103 102");
  }

  @Test
  void sortsForTheBootService() throws IOException {
    host.stopped(101, "BOOTORDER=5").stopped(102, "BOOTORDER=10").stopped(103).stopped(104);
    host.stopped(105, "BOOTORDER=5").stopped(106, "BOOTORDER=-1");

    assertThat(order("bootorder")).isEqualTo("104 103 106 105 101 102");
    assertThat(order("-bootorder")).isEqualTo("102 101 105 106 103 104");
  }

  @Test
  void leavesTheOrderForFieldsThatDoNotSort() throws IOException {
    host.stopped(101, "ONBOOT=yes", "DISABLED=yes").stopped(102, "ONBOOT=no").stopped(103);

    for (String field :
        new String[] {
          "onboot", "features", "vswap", "disabled", "vm_overcommit", "netfilter", "capability"
        }) {
      assertThat(order(field)).isEqualTo("101 102 103");
    }
    assertThat(order("-onboot")).isEqualTo("103 102 101");
  }
}
