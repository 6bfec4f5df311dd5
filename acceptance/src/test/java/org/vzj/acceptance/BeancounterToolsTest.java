package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/** The small tools, on a container that runs. */
@Tag("root")
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BeancounterToolsTest {
  private final Sandbox sandbox = Sandbox.open();
  private int id;
  private Path run = Path.of("/");

  @BeforeAll
  void start() {
    id = sandbox.start("busybox");
    run = sandbox.base().resolve("run");
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  private static List<String> rows(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  @Test
  @Order(1)
  void vzubcShowsWhatItHolds() {
    Result all = sandbox.tool("vzubc", "-v", "" + id).expect(0);
    assertThat(all.lines()).hasSize(3 + 21 + 1);
    assertThat(all.lines().get(1)).startsWith("CT " + id + " ").contains("| HELD  Bar%  Lim%|");
    assertThat(all.out()).containsPattern("(?m)^ +numproc\\| +[1-9][0-9]* ");
    assertThat(sandbox.tool("vzubc", "--json", "" + id).expect(0).out())
        .startsWith("[\n  {\n    \"ctid\": " + id + ",\n    \"kmemsize\": {\n");
    assertThat(sandbox.tool("vzubc", "9999999").expect(0).out()).isEmpty();
    assertThat(sandbox.tool("vzubc", "-x").status()).isEqualTo(1);
  }

  @Test
  @Order(2)
  void filesAreThoseOfOpenvzsKernel() throws IOException {
    sandbox.tool("vzubc", "--refresh").expect(0);
    List<String> all = rows(run.resolve("user_beancounters"));
    assertThat(all.getFirst()).isEqualTo("Version: 2.5");
    assertThat(all).hasSize(2 + 24 + 24);
    assertThat(all.get(2)).contains(" " + id + ":  kmemsize ").hasSize(24 + 5 * 21);
    assertThat(all.get(26)).startsWith("        0:  kmemsize ");
    assertThat(rows(run.resolve("bc/resources"))).hasSize(2 + 21 + 21);
    assertThat(rows(run.resolve("bc/" + id + "/resources"))).hasSize(21);
    Result saved =
        sandbox.tool("vzubc", "-v", "-f", run.resolve("user_beancounters").toString(), "" + id);
    assertThat(saved.expect(0).lines()).hasSize(3 + 20 + 1);
  }

  @Test
  @Order(3)
  void vzlistHasAllFields() {
    Result list =
        sandbox.vzlist(
            "-H", "-o", "numproc,numproc.m,physpages,physpages.m,numfile,numproc.f", "" + id);
    String[] fields = list.expect(0).out().strip().split(" +");
    assertThat(fields).hasSize(6);
    for (int i = 0; i < 5; i++) {
      assertThat(Long.parseLong(fields[i])).as("column " + i).isPositive();
    }
    assertThat(Long.parseLong(fields[1])).isGreaterThanOrEqualTo(Long.parseLong(fields[0]));
    assertThat(fields[5]).isEqualTo("0");
    assertThat(sandbox.vzlist("-H", "-o", "numiptent", "" + id).expect(0).out().strip())
        .containsOnlyDigits();
    assertThat(sandbox.vzlist("-j", "" + id).expect(0).out()).doesNotContain("\"held\": null");
  }

  @Test
  @Order(4)
  void vzpidFindsTheContainer() {
    long init = sandbox.init(id);
    long own = ProcessHandle.current().pid();
    Result pids = sandbox.tool("vzpid", "-p", "" + init, "" + own).expect(0);
    assertThat(pids.lines().getFirst()).isEqualTo("Pid\tCT/Pid\tCTID\tName");
    assertThat(pids.lines().get(1)).startsWith(init + "\t1\t" + id + "\t");
    assertThat(pids.lines().get(2)).startsWith(own + "\t").contains("\t0\t");
  }

  @Test
  @Order(5)
  void othersCompareItWithTheHost() {
    assertThat(sandbox.tool("vzmemcheck", "-v").expect(0).out())
        .startsWith("Output values in %\n")
        .containsPattern("(?m)^" + id + " .*[0-9]$");
    assertThat(sandbox.tool("vzcpucheck", "-v").expect(0).out())
        .startsWith("VEID\t\tCPUUNITS\n")
        .contains("\n" + id + "\t\t1000\n");
    assertThat(sandbox.tool("vzoversell").expect(0).out())
        .containsPattern("(?m)^ +" + id + " ")
        .contains("RAM+Swap   available: ");
    String capabilities = sandbox.tool("vzcptcheck", "caps").expect(0).out().strip();
    sandbox.tool("vzcptcheck", "caps", "" + id, capabilities).expect(0);
    assertThat(sandbox.tool("vzcptcheck", "caps", "0").status()).isEqualTo(2);
  }

  @Test
  @Order(6)
  void vzsplitMakesWhatVzcfgvalidateFindsGood() {
    sandbox.tool("vzsplit", "-n", "20", "-v", "no", "-f", "vztest").expect(0);
    Path sample = sandbox.etc().resolve("conf/ve-vztest.conf-sample");
    assertThat(sandbox.tool("vzcfgvalidate", "-v", "no", sample.toString()).err())
        .endsWith("Validation completed: success\n");
    assertThat(sandbox.tool("vzcfgvalidate", "none").status()).isEqualTo(1);
    assertThat(sandbox.tool("vzfsync", "-s", sample.toString()).status()).isZero();
  }

  @Test
  @Order(7)
  void nothingIsShownOfAStoppedOne() {
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    assertThat(sandbox.tool("vzubc", "" + id).expect(0).out()).isEmpty();
    assertThat(sandbox.vzlist("-H", "-o", "kmemsize,numproc.m,numproc.f", "" + id).out().strip())
        .isEqualTo("-          -          -");
    sandbox.tool("vzubc", "--refresh").expect(0);
    assertThat(run.resolve("bc/" + id)).doesNotExist();
    sandbox.assertNothingRemains(id);
  }
}
