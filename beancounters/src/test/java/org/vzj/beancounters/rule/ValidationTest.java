package org.vzj.beancounters.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.beancounters.BarrierLimit;

/** Each check of vzcfgvalidate: its words, its order and its repair. */
class ValidationTest {
  private static final long MAX = Long.MAX_VALUE;

  /** Writes down what is said; answers are yes unless others are given. */
  private static final class Script implements Dialog {
    private final List<String> said = new ArrayList<>();
    private final boolean repairs;
    private final Deque<Boolean> answers = new ArrayDeque<>();

    private Script(boolean repairs, Boolean... answers) {
      this.repairs = repairs;
      this.answers.addAll(List.of(answers));
    }

    @Override
    public void complain(String text) {
      said.add(text);
    }

    @Override
    public boolean repairs() {
      return repairs;
    }

    @Override
    public boolean accepts(String text) {
      said.add(text);
      return answers.isEmpty() || answers.removeFirst();
    }
  }

  private static LimitSheet good() {
    LimitSheet sheet = new LimitSheet();
    sheet.put("numproc", new BarrierLimit(240, 240));
    sheet.put("avnumproc", new BarrierLimit(180, 180));
    sheet.put("numtcpsock", new BarrierLimit(360, 360));
    sheet.put("numothersock", new BarrierLimit(360, 360));
    sheet.put("vmguarpages", new BarrierLimit(33792, MAX));
    sheet.put("kmemsize", new BarrierLimit(14372700, 14790164));
    sheet.put("tcpsndbuf", new BarrierLimit(1720320, 2703360));
    sheet.put("tcprcvbuf", new BarrierLimit(1720320, 2703360));
    sheet.put("othersockbuf", new BarrierLimit(1126080, 2097152));
    sheet.put("dgramrcvbuf", new BarrierLimit(262144, 262144));
    sheet.put("oomguarpages", new BarrierLimit(26112, MAX));
    sheet.put("privvmpages", new BarrierLimit(65536, 69632));
    sheet.put("lockedpages", new BarrierLimit(256, 256));
    sheet.put("shmpages", new BarrierLimit(21504, 21504));
    sheet.put("physpages", new BarrierLimit(0, MAX));
    sheet.put("numfile", new BarrierLimit(9312, 9312));
    sheet.put("numflock", new BarrierLimit(188, 206));
    sheet.put("numpty", new BarrierLimit(16, 16));
    sheet.put("numsiginfo", new BarrierLimit(256, 256));
    sheet.put("dcachesize", new BarrierLimit(3409920, 3624960));
    sheet.put("numiptent", new BarrierLimit(128, 128));
    return sheet;
  }

  private static LimitSheet with(String name, long barrier, long limit) {
    LimitSheet sheet = good();
    sheet.put(name, new BarrierLimit(barrier, limit));
    return sheet;
  }

  @Test
  void hasNothingToSayOfWhatIsGood() {
    Script script = new Script(true);
    assertThat(Validation.classic(good(), script, false)).isTrue();
    assertThat(script.said).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numproc | 240 | 250 | Error: barrier should be equal to limit for numproc (currently, 240:250) | 250:250",
        "numtcpsock | 360 | 300 | Error: barrier should be equal to limit for numtcpsock (currently, 360:300) | 360:360",
        "numothersock | 1 | 2 | Error: barrier should be equal to limit for numothersock (currently, 1:2) | 2:2",
        "vmguarpages | 10 | 20 | Error: limit should be = 9223372036854775807 for vmguarpages (currently, 20) | 9223372036854775807",
        "kmemsize | 14372701 | 5 | Error: barrier should be <= limit for kmemsize (currently, 14372701:5) | 14372701:14372701",
        "dgramrcvbuf | 262144 | 1 | Error: barrier should be <= limit for dgramrcvbuf (currently, 262144:1) | 262144:262144",
        "oomguarpages | 10 | 20 | Error: limit should be = 9223372036854775807 for oomguarpages (currently, 20) | 9223372036854775807",
        "privvmpages | 65536 | 65535 | Error: barrier should be <= limit for privvmpages (currently, 65536:65535) | 65536:65536",
        "lockedpages | 3 | 2 | Error: barrier should be <= limit for lockedpages (currently, 3:2) | 3:3",
        "shmpages | 3 | 2 | Error: barrier should be equal to limit for shmpages (currently, 3:2) | 3:3",
        "physpages | 1 | 9223372036854775807 | Error: barrier should be = 0 for physpages (currently, 1) | 0",
        "physpages | 0 | 5 | Error: limit should be = 9223372036854775807 for physpages (currently, 5) | 9223372036854775807",
        "numfile | 9312 | 9313 | Error: barrier should be equal to limit for numfile (currently, 9312:9313) | 9313:9313",
        "numflock | 7 | 6 | Error: barrier should be <= limit for numflock (currently, 7:6) | 7:7",
        "numpty | 7 | 6 | Error: barrier should be equal to limit for numpty (currently, 7:6) | 7:7",
        "numsiginfo | 7 | 6 | Error: barrier should be equal to limit for numsiginfo (currently, 7:6) | 7:7",
        "dcachesize | 3624961 | 3624960 | Error: barrier should be <= limit for dcachesize (currently, 3624961:3624960) | 3624961:3624961",
        "numiptent | 7 | 6 | Error: barrier should be equal to limit for numiptent (currently, 7:6) | 7:7",
        "dcachesize | 5 | 6 | Warning: dcachesize.lim should be > 3575808 (currently, 6) | 3575808",
        "kmemsize | 1000 | 2000 | Error: kmemsize.bar should be > 10997760 (currently, 1000) | 10997760:10998760",
        "privvmpages | 5 | 6 | Warning: privvmpages.bar should be > 33792 (currently, 5) | 33792",
        "tcpsndbuf | 70000 | 70001 | Error: tcpsndbuf.lim-tcpsndbuf.bar should be > 921600 (currently, 70001-70000=1) | 70000:991600",
        "othersockbuf | 140000 | 140001 | Error: othersockbuf.lim-othersockbuf.bar should be > 921600 (currently, 140001-140000=1) | 140000:1061600",
        "tcprcvbuf | 70000 | 70001 | Warning: tcprcvbuf.lim-tcprcvbuf.bar should be > 921600 (currently, 70001-70000=1) | 70000:991600",
        "tcprcvbuf | 65535 | 2000000 | Warning: tcprcvbuf.bar should be > 65536 (currently, 65535) | 65536:2000001",
        "tcpsndbuf | 65535 | 2000000 | Warning: tcpsndbuf.bar should be > 65536 (currently, 65535) | 65536:2000001",
        "dgramrcvbuf | 32767 | 32767 | Warning: dgramrcvbuf.bar should be > 32768 (currently, 32767) | 32768:32768",
        "othersockbuf | 32767 | 1000000 | Warning: othersockbuf.bar should be > 32768 (currently, 32767) | 32768:1000001",
        "numtcpsock | 9000 | 9000 | Error: tcpsndbuf.lim-tcpsndbuf.bar should be > 23040000 (currently, 2703360-1720320=983040) | 1720320:24760320",
        "numfile | 5000 | 5000 | Warning: numfile should be > 5760 (currently, 5000) | 5760:5760",
      })
  void complainsAndRepairs(String name, long barrier, long limit, String said, String repair) {
    Script silent = new Script(false);
    assertThat(Validation.classic(with(name, barrier, limit), silent, false)).isFalse();
    assertThat(silent.said.getFirst()).isEqualTo(said);

    Script mender = new Script(true);
    LimitSheet sheet = with(name, barrier, limit);
    assertThat(Validation.classic(sheet, mender, false)).isTrue();
    assertThat(mender.said.subList(0, 2)).containsExactly(said, "set to " + repair);
    assertThat(sheet.changes()).isNotEmpty();
    Script content = new Script(false);
    assertThat(Validation.classic(sheet, content, false)).as("repaired").isTrue();
    assertThat(content.said).noneMatch(text -> !text.startsWith("Recommendation"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dgramrcvbuf", "othersockbuf"})
  void recommendsLargerBuffers(String name) {
    Script silent = new Script(false);
    assertThat(Validation.classic(with(name, 100000, 1100000), silent, false)).isTrue();
    assertThat(silent.said)
        .containsExactly("Recommendation: " + name + ".bar should be > 132096 (currently, 100000)");
    Script mender = new Script(true);
    LimitSheet sheet = with(name, 100000, 1100000);
    assertThat(Validation.classic(sheet, mender, false)).isTrue();
    assertThat(sheet.changes()).isEqualTo(Map.of(name, new BarrierLimit(132096, 1132096)));
  }

  @Test
  void refusedRepairsLeaveItInvalid() {
    LimitSheet sheet = with("numproc", 240, 250);
    sheet.put("numpty", new BarrierLimit(7, 6));
    Script script = new Script(true, false, true);
    assertThat(Validation.classic(sheet, script, false)).isFalse();
    assertThat(sheet.changes()).isEqualTo(Map.of("numpty", new BarrierLimit(7, 7)));
    Script recommendation = new Script(true, false);
    assertThat(Validation.classic(with("dgramrcvbuf", 100000, 100000), recommendation, false))
        .isTrue();
  }

  @Test
  void namesAllThatIsMissingAndStops() {
    Script script = new Script(true);
    LimitSheet sheet = new LimitSheet();
    sheet.put("numproc", new BarrierLimit(1, 2));
    assertThat(Validation.classic(sheet, script, false)).isFalse();
    assertThat(script.said)
        .containsExactly(
            "Error: parameter numtcpsock not found",
            "Error: parameter numothersock not found",
            "Error: parameter oomguarpages not found",
            "Error: parameter vmguarpages not found",
            "Error: parameter kmemsize not found",
            "Error: parameter tcpsndbuf not found",
            "Error: parameter tcprcvbuf not found",
            "Error: parameter othersockbuf not found",
            "Error: parameter dgramrcvbuf not found",
            "Error: parameter privvmpages not found",
            "Error: parameter numfile not found",
            "Error: parameter dcachesize not found",
            "Error: parameter physpages not found",
            "Error: parameter numpty not found");
  }

  @Test
  void looksAtTheDiskOnlyIfItIsLimited() {
    LimitSheet sheet = with("diskspace", 5, 4);
    assertThat(Validation.classic(sheet, new Script(false), false)).isTrue();
    Script script = new Script(false);
    assertThat(Validation.classic(sheet, script, true)).isFalse();
    assertThat(script.said)
        .containsExactly(
            "Error: barrier should be <= limit for diskspace (currently, 5:4)",
            "Error: parameter diskinodes not found");
  }

  @Test
  void withoutAvnumprocHalfOfNumprocCounts() {
    LimitSheet sheet = new LimitSheet();
    for (String name :
        List.of(
            "numtcpsock",
            "numothersock",
            "vmguarpages",
            "tcpsndbuf",
            "tcprcvbuf",
            "othersockbuf",
            "dgramrcvbuf",
            "oomguarpages",
            "privvmpages",
            "lockedpages",
            "shmpages",
            "physpages",
            "numfile",
            "numflock",
            "numpty",
            "numsiginfo",
            "dcachesize",
            "numiptent")) {
      sheet.put(name, new BarrierLimit(good().barrier(name), good().limit(name)));
    }
    sheet.put("numproc", new BarrierLimit(100, 100));
    sheet.put("kmemsize", new BarrierLimit(1, MAX));
    Script script = new Script(true);
    assertThat(Validation.classic(sheet, script, false)).isTrue();
    assertThat(script.said)
        .containsExactly(
            "Error: kmemsize.bar should be > 5672960 (currently, 1)",
            "set to 5672960:9223372036854775807");
  }

  @Test
  void vswapLooksAtRamAndSwapAlone() {
    LimitSheet sheet = new LimitSheet();
    sheet.put("physpages", new BarrierLimit(1, 2000));
    sheet.put("swappages", new BarrierLimit(0, 501));
    Script script = new Script(true);
    assertThat(Validation.vswap(sheet, script, 1000, 500)).isTrue();
    assertThat(script.said)
        .containsExactly(
            "Error: physpages.bar should be = 0 (currently, 1)",
            "set to 0",
            "Warning: physpages.lim should be <= 1000 (currently, 2000)",
            "set to 1000",
            "Warning: swappages.lim should be <= 500 (currently, 501)",
            "set to 500");
    assertThat(sheet.changes())
        .isEqualTo(
            Map.of("physpages", new BarrierLimit(0, 1000), "swappages", new BarrierLimit(0, 500)));
    Script missing = new Script(true);
    assertThat(Validation.vswap(new LimitSheet(), missing, 1, 1)).isFalse();
    assertThat(missing.said)
        .containsExactly(
            "Error: parameter physpages not found", "Error: parameter swappages not found");
  }
}
