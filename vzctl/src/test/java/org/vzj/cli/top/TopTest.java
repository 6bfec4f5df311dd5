package org.vzj.cli.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.beancounters.cgroup.GroupUse;
import org.vzj.container.CtId;
import org.vzj.usage.HostUse;
import org.vzj.usage.Usage;

class TopTest {
  private static Usage usage(int id, String name, double cpu, double read) {
    GroupUse now = new GroupUse(0, 0, 64L << 20, 0, 256L << 20, 12, List.of(), 1, 2, 3.25, -1, 0);
    return new Usage(new CtId(id), name, cpu, 0, read, 0, now);
  }

  @ParameterizedTest
  @CsvSource({
    "-1,-",
    "0,0",
    "999,999",
    "1000,1.0K",
    "1024,1.0K",
    "10137,9.9K",
    "10240,10K",
    "1048576,1.0M",
    "1047552,1.0M",
    "67108864,64M",
    "9223372036854775807,8.0E"
  })
  void bytesInFewCharacters(long bytes, String text) {
    assertThat(Amounts.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void aTable() {
    HostUse host = new HostUse("0.10 0.20 0.30", 93_780, 2, 8L << 30, 6L << 30, 1.5, 0, -1);
    List<Usage> rows = List.of(usage(101, "web\u001b[2J-and-a-long-name", 150.04, 4096));
    assertThat(String.join("\n", TopText.lines(host, rows)) + "\n")
        .isEqualTo(
            """
            vztop - up 1d 2:03, load 0.10 0.20 0.30, 1 container running
            memory 2.0G of 8.0G, 2 CPUs, pressure: CPU 1.5, memory 0.0, I/O -

                  CTID NAME              CPU%    MEM   LIM%  NPROC READ/s WRIT/s  P.CPU  P.MEM   P.IO  FAIL
                   101 web?[2J-and-a-l  150.0    64M   25.0     12   4.0K      0    3.3      -    0.0     3
            """);
  }

  @Test
  void orders() {
    List<Usage> rows = List.of(usage(1, "", 5, 0), usage(2, "", 50, 0), usage(3, "", 5, 9));
    assertThat(ids(rows, "cpu")).containsExactly(2, 1, 3);
    assertThat(ids(rows, "io")).containsExactly(3, 1, 2);
    assertThat(ids(rows, "ctid")).containsExactly(1, 2, 3);
    for (int key : "cmipft".toCharArray()) {
      assertThat(TopOptions.ORDERS).contains(String.valueOf(TopOptions.orderOfKey(key)));
    }
    assertThat(TopOptions.orderOfKey('x')).isNull();
  }

  private static List<Integer> ids(List<Usage> rows, String order) {
    return TopOptions.sorted(rows, order).stream().map(usage -> usage.id().value()).toList();
  }

  @Test
  void options() {
    TopOptions options = TopOptions.parse(List.of("-b", "-n", "3", "-d0.5", "-s", "mem", "101"));
    assertThat(options)
        .isEqualTo(new TopOptions(true, false, 3, 500, "mem", false, List.of("101")));
    assertThat(TopOptions.parse(List.of("-j")).count()).isEqualTo(1);
    assertThat(TopOptions.parse(List.of("-b")).count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-n0", "-nx", "-d0", "-dx", "-dNaN", "-d1e9", "-sname", "--nosuch"})
  void badOptionsAreRefused(String word) {
    assertThatThrownBy(() -> TopOptions.parse(List.of(word)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(Bad parameter for --.*|.*nosuch.*)");
  }
}
