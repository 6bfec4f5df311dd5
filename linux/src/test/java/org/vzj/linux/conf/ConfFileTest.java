package org.vzj.linux.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.linux.conf.ConfFile.Problem;

class ConfFileTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "K=v|v",
        "K=\"v\"|v",
        "'  \tK=v  '|v",
        "K=\"v\" # comment|v",
        "K=v # comment|v # comment",
        "K=\"a\"b\" rest|a\"b",
        "K=\"a\\\"b\"|a\"b",
        "K=a=b|a=b",
        "K=\"\"|''",
        "K=|''",
        "'K= v'|' v'",
        "K='v'|'''v'''",
        "K=\"/vz/root/$VEID\"|/vz/root/$VEID",
        "K=\\a\\\\b\\|a\\b",
        "K=\"abc\\\"|abc",
        "'K=\"a b \"\r'|'a b '",
      })
  void readsEveryKindOfValue(String line, String value) {
    assertThat(ConfFile.parse(line + "\n").get("K")).isEqualTo(value);
    assertThat(ConfFile.parse(line).get("K")).isEqualTo(value);
    assertThat(ConfFile.parse(line).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "K|'=' not found",
        "K v|'=' not found",
        "K=\"v|unmatched quotes",
        "K=\"|unmatched quotes",
        "K=\"v # x|unmatched quotes",
      })
  void skipsAndKeepsBrokenLines(String line, String reason) {
    ConfFile file = ConfFile.parse("# c\n" + line + "\nL=1\n");
    assertThat(file.problems()).containsExactly(new Problem(2, reason));
    assertThat(file.get("L")).isEqualTo("1");
    assertThat(file.with("L", "2").text()).isEqualTo("# c\n" + line + "\nL=\"2\"\n");
    assertThat(file.problems().get(0).warning(Path.of("/etc/vz/conf/101.conf")))
        .isEqualTo("Warning: can't parse /etc/vz/conf/101.conf:2 (" + reason + "), skipping");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {"^^", "^   ^", "#K=v", "^ \t# K=v^", "\\#K=v"})
  void ignoresCommentsAndEmptyLines(String line) {
    assertThat(ConfFile.parse(line).assignments()).isEmpty();
    assertThat(ConfFile.parse(line).problems()).isEmpty();
    assertThat(ConfFile.parse(line).text()).isEqualTo(line);
  }

  @Test
  void blanksBeforeTheEqualsSignBelongToTheKey() {
    ConfFile file = ConfFile.parse("K =v\nexport K=w\n");
    assertThat(file.get("K")).isNull();
    assertThat(file.get("K ")).isEqualTo("v");
    assertThat(file.get("export K")).isEqualTo("w");
  }

  @Test
  void skipsLinesWithNulBytes() {
    ConfFile file = ConfFile.parse("A=\"a\0b\"\nB=1\n# c\0\n");
    assertThat(file.problems()).containsExactly(new Problem(1, "NUL byte"));
    assertThat(file.get("B")).isEqualTo("1");
    assertThat(file.with("B", "2").text()).isEqualTo("A=\"a\0b\"\nB=\"2\"\n# c\0\n");
  }

  @Test
  void readsValuesOfSeveralLinesAndKeepsTheirLayout() {
    String text =
        "NETIF=\"ifname=eth0;\n  ifname=eth1\" # two\nIPTABLES=\"ipt_REJECT\n\n\tipt_tos\"\nA=1\n";
    ConfFile file = ConfFile.parse(text);
    assertThat(file.problems()).isEmpty();
    assertThat(file.get("NETIF")).isEqualTo("ifname=eth0;\n  ifname=eth1");
    assertThat(file.get("IPTABLES")).isEqualTo("ipt_REJECT\n\n\tipt_tos");
    assertThat(file.assignments().get(2).line()).isEqualTo(6);
    assertThat(file.with("A", "2").text()).isEqualTo(text.replace("A=1", "A=\"2\""));
    assertThat(file.with("IPTABLES", "ipt_tos").text())
        .isEqualTo("NETIF=\"ifname=eth0;\n  ifname=eth1\" # two\nIPTABLES=\"ipt_tos\"\nA=1\n");
    assertThat(file.without("NETIF").text()).startsWith("IPTABLES=");
  }

  @Test
  void anOpenQuoteNeverSwallowsAssignmentsOrComments() {
    assertThat(ConfFile.parse("A=\"x\nB=\"y\"\n").get("B")).isEqualTo("y");
    assertThat(ConfFile.parse("A=\"x\n# the end\"\nB=1\n").get("B")).isEqualTo("1");
    assertThat(ConfFile.parse("A=\"x\nmore \"words\"\n").problems())
        .containsExactly(new Problem(1, "unmatched quotes"), new Problem(2, "'=' not found"));
    assertThat(ConfFile.parse("A=\"x\nmore\n\n").problems())
        .containsExactly(new Problem(1, "unmatched quotes"), new Problem(2, "'=' not found"));
  }

  @Test
  void firstAssignmentIsReadAndAllAreListed() {
    ConfFile file = ConfFile.parse("A=1\nB=2\nA=3\n");
    assertThat(file.get("A")).isEqualTo("1");
    assertThat(file.assignments())
        .extracting(ConfFile.Assignment::value)
        .containsExactly("1", "2", "3");
  }

  @Test
  void replacesInPlaceAndAppendsAtTheEnd() {
    ConfFile file = ConfFile.parse("# top\n A=1 # old\nB=2\nA=3\nA=\"broken\nC=4");
    assertThat(file.with("A", "x").text()).isEqualTo("# top\nA=\"x\"\nB=2\nC=4");
    assertThat(file.with("D", "").text())
        .isEqualTo("# top\n A=1 # old\nB=2\nA=3\nA=\"broken\nC=4\nD=\"\"\n");
    assertThat(file.with("DCACHESIZE", "B", "5").text())
        .isEqualTo("# top\n A=1 # old\nDCACHESIZE=\"5\"\nA=3\nA=\"broken\nC=4");
    assertThat(file.without("A").text()).isEqualTo("# top\nB=2\nC=4");
    assertThat(ConfFile.empty().with("A", "1").text()).isEqualTo("A=\"1\"\n");
  }

  @Test
  void keepsLineEndsOfDos() {
    ConfFile file = ConfFile.parse("A=\"1\"\r\n\r\n# c\r\nB=2\r\n");
    assertThat(file.problems()).isEmpty();
    assertThat(file.get("B")).isEqualTo("2");
    assertThat(file.with("A", "3").with("C", "4").text())
        .isEqualTo("A=\"3\"\r\n\r\n# c\r\nB=2\r\nC=\"4\"\r\n");
  }

  @Test
  void writesValuesThatShellAndReaderUnderstandAlike() {
    String value = "a\"b\\c`d$e $VEID ${VEID} $VEIDX \\";
    ConfFile file = ConfFile.empty().with("K", value);
    assertThat(file.text()).isEqualTo("K=\"a\\\"b\\\\c\\`d\\$e $VEID ${VEID} \\$VEIDX \\\\\"\n");
    assertThat(file.get("K")).isEqualTo(value);
  }

  @Test
  void refusesKeysAndValuesThatWouldBreakTheFile() {
    assertThatThrownBy(() -> ConfFile.empty().with("K", "a\nb"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConfFile.empty().with("K", "a\0b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConfFile.empty().with("K L", "a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConfFile.empty().with("", "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsUtf8AndElseLatin1AndKeepsTheBytes() {
    byte[] bytes =
        "A=\"gr\u00fcn\"\n#\u00ff\nB=\"gr\u00fcn\"\nC=1\n".getBytes(StandardCharsets.ISO_8859_1);
    ConfFile latin = ConfFile.ofBytes(bytes);
    assertThat(latin.get("A")).isEqualTo("gr\u00fcn");
    assertThat(latin.bytes()).isEqualTo(bytes);
    assertThat(latin.with("C", "2").bytes()).startsWith(Arrays.copyOf(bytes, bytes.length - 4));
    ConfFile utf8 = ConfFile.empty().with("A", "gr\u00fcn \u20ac");
    assertThat(utf8.get("A")).isEqualTo("gr\u00fcn \u20ac");
    assertThat(utf8.bytes()).isEqualTo("A=\"gr\u00fcn \u20ac\"\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anyBytesSurvive() {
    Random random = new Random(1);
    String alphabet = "AB=\"\\#\n\r \t$x\0\u00e9";
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
      }
      ConfFile file = ConfFile.ofBytes(bytes);
      assertThat(file.bytes()).isEqualTo(bytes);
      ConfFile changed = file.with("NEW", "v");
      assertThat(changed.get("NEW")).isEqualTo("v");
      assertThat(Arrays.copyOf(changed.bytes(), bytes.length)).isEqualTo(bytes);
      assertThat(changed.with("NEW", "v").bytes()).isEqualTo(changed.bytes());
      assertThat(changed.without("NEW").assignments()).isEqualTo(file.assignments());
    }
  }

  @Test
  void anyValueOfOneLineComesBack() {
    Random random = new Random(2);
    String alphabet = "aK=\"\\#' \t$`{}VEID\u00e9\u20ac";
    ConfFile file = ConfFile.parse("A=1\nK=old\nB=\"2\n");
    for (int round = 0; round < 20_000; round++) {
      StringBuilder value = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        value.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      ConfFile changed = file.with("K", value.toString());
      assertThat(changed.get("K")).isEqualTo(value.toString());
      assertThat(changed.problems()).containsExactly(new Problem(3, "unmatched quotes"));
    }
  }

  @Test
  void readsBigFilesAndLongLinesInReasonableTime() {
    String longValue = "x".repeat(1_000_000);
    StringBuilder text = new StringBuilder("LONG=\"" + longValue + "\"\n");
    for (int i = 0; i < 100_000; i++) {
      text.append("K").append(i).append("=\"open\nword\n");
    }
    long start = System.nanoTime();
    ConfFile file = ConfFile.parse(text.toString());
    assertThat(file.get("LONG")).isEqualTo(longValue);
    assertThat(file.problems()).hasSize(200_000);
    assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
  }
}
