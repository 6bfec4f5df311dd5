package org.vzj.beancounters.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.beancounters.report.ResourceReader.UnknownVersionException;

/** The files of OpenVZ's kernel, to the byte, and back. */
class ResourceTextTest {
  private static final List<ReportGroup> BOTH = List.of(Samples.web(), Samples.host());

  @Test
  void userBeancountersHasTheKernelsRows() {
    String text = ResourceText.userBeancounters(BOTH);
    assertThat(text)
        .startsWith(
            """
            Version: 2.5
                   uid  resource                     held              maxheld              barrier                limit              failcnt
                  101:  kmemsize                  2565461              2650112             14372700             14790164                    0
                        lockedpages                     0                    0                 2048                 2048                    0
                        privvmpages                     0                    0  9223372036854775807  9223372036854775807                    0
                        shmpages                        0                    0  9223372036854775807  9223372036854775807                    0
                        dummy                           0                    0  9223372036854775807  9223372036854775807                    0
                        numproc                        23                  235                  240                  240                   17
                        physpages                   25600                51200                    0                65536                    0
            """);
    List<String> lines = text.lines().toList();
    assertThat(lines).hasSize(2 + 24 + 24);
    assertThat(lines.subList(2, 26))
        .extracting(line -> line.substring(12, 24).strip())
        .containsExactly(
            "kmemsize",
            "lockedpages",
            "privvmpages",
            "shmpages",
            "dummy",
            "numproc",
            "physpages",
            "vmguarpages",
            "oomguarpages",
            "numtcpsock",
            "numflock",
            "numpty",
            "numsiginfo",
            "tcpsndbuf",
            "tcprcvbuf",
            "othersockbuf",
            "dgramrcvbuf",
            "numothersock",
            "dcachesize",
            "numfile",
            "dummy",
            "dummy",
            "dummy",
            "numiptent");
    assertThat(lines.get(26)).startsWith("        0:  kmemsize  ");
  }

  @Test
  void resourcesHasSwappagesAndNoDummies() {
    List<String> lines = ResourceText.resources(BOTH).lines().toList();
    assertThat(lines).hasSize(2 + 21 + 21).noneMatch(line -> line.contains("dummy"));
    assertThat(lines.get(22))
        .isEqualTo(
            "            swappages                       1                    1"
                + "                    0               131072                    0");
  }

  @Test
  void fileOfOneContainerHasRowsAlone() {
    String text = ResourceText.ofContainer(Samples.web());
    assertThat(text.lines()).hasSize(21);
    assertThat(text)
        .startsWith(
            "            kmemsize                  2565461              2650112"
                + "             14372700             14790164                    0\n");
  }

  @Test
  void readsWhatItWrites() throws UnknownVersionException {
    assertThat(ResourceReader.parse(ResourceText.resources(BOTH))).isEqualTo(BOTH);
    List<ReportGroup> rows = ResourceReader.parse(ResourceText.userBeancounters(BOTH));
    assertThat(rows).extracting(ReportGroup::id).containsExactly(101L, 0L);
    assertThat(rows.getFirst().lines()).isEqualTo(Samples.web().lines().subList(0, 20));
    ReportGroup one = ResourceReader.parse(ResourceText.ofContainer(Samples.web())).getFirst();
    assertThat(one.id()).isEqualTo(ReportGroup.UNKNOWN);
    assertThat(one.lines()).isEqualTo(Samples.web().lines());
  }

  @Test
  void readsFilesOfKernelsOf32Bits() throws UnknownVersionException {
    String text =
        """
        Version: 2.5
               uid  resource           held    maxheld    barrier      limit    failcnt
              101:  kmemsize        1093535    1263280    2752512    2936012          0
                    lockedpages           0          0         32         32          0
                    dummy                 0          0          0          0          0
                    numproc              23         40 2147483647 2147483647          3
        """;
    ReportGroup group = ResourceReader.parse(text).getFirst();
    assertThat(group.lines())
        .containsExactly(
            new ReportLine("kmemsize", 1093535, 1263280, 2752512, 2936012, 0),
            new ReportLine("lockedpages", 0, 0, 32, 32, 0),
            new ReportLine("numproc", 23, 40, 2147483647, 2147483647, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.4", "3", "2.50"})
  void refusesOtherVersions(String version) {
    assertThatThrownBy(() -> ResourceReader.parse("Version: " + version + "\n"))
        .isInstanceOf(UnknownVersionException.class)
        .hasMessage("Error: unknown version: " + version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "Version: 2.5\n", "::::\n", "12:\n", "\t \n%%% 1 2\n"})
  void findsNothingInWhatHoldsNothing(String text) throws UnknownVersionException {
    assertThat(ResourceReader.parse(text)).isEmpty();
  }

  @Test
  void survivesWhatIsCutOffOrTooLarge() throws UnknownVersionException {
    List<ReportGroup> groups =
        ResourceReader.parse("5: numproc 99999999999999999999 x 3\n  numfile");
    assertThat(groups)
        .containsExactly(
            new ReportGroup(
                5,
                List.of(
                    new ReportLine("numproc", Long.MAX_VALUE, 0, 3, 0, 0),
                    new ReportLine("numfile", 0, 0, 0, 0, 0))));
  }
}
