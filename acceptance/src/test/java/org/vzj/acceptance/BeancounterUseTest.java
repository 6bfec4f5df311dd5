package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each beancounter whose use is measured, with something in a container that takes some of it. */
@Tag("root")
@TestInstance(Lifecycle.PER_CLASS)
class BeancounterUseTest {
  private static final long PAGE = 4096;

  private final Sandbox sandbox = Sandbox.open();
  private int id;

  @BeforeAll
  void start() throws IOException {
    id = sandbox.create("debian-12-x86_64");
    Hog.install(sandbox.privateArea(id));
    sandbox.vzctl("start", "" + id, "--wait").expect(0);
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  @AfterEach
  void limitsOfTheConfiguration() {
    sandbox.vzctl("set", "" + id, "--reset_ub").expect(0);
  }

  private Resources row(String name) {
    return Resources.of(sandbox, id, name);
  }

  private Hog hog(String what, int number) {
    return Hog.take(sandbox, id, what, number);
  }

  /** What is measured: what is taken, how many, the parameter, and by how much it must rise. */
  @ParameterizedTest
  @CsvSource({
    "locks, 15, numflock, 15",
    "files, 150, numfile, 150",
    "listeners, 12, numtcpsock, 12",
    "unix, 15, numothersock, 30",
    "datagrams, 50, dgramrcvbuf, 51200",
    "corked, 64, othersockbuf, 65536",
    "streams, 2, tcpsndbuf, 100000",
    "streams, 2, tcprcvbuf, 10000",
    "memory, 30, privvmpages, 7680",
    "memory, 30, oomguarpages, 7680",
    "processes, 20, kmemsize, 200000",
  })
  void whatIsMeasuredIsHeld(String what, int number, String parameter, long rise) {
    Resources before = row(parameter);
    try (Hog hog = hog(what, number)) {
      assertThat(hog.error()).isEqualTo("-");
      Resources during = row(parameter);
      assertThat(during.held()).isGreaterThanOrEqualTo(before.held() + rise);
      assertThat(during.maxheld()).isGreaterThanOrEqualTo(during.held());
    }
    Resources after = row(parameter);
    assertThat(after.held()).isLessThan(before.held() + rise);
    assertThat(after.maxheld()).isGreaterThanOrEqualTo(before.held() + rise);
  }

  @Test
  void dcachesize() {
    Resources before = row("dcachesize");
    try (Hog hog = hog("names", 3000)) {
      assertThat(hog.error()).isEqualTo("-");
      Resources during = row("dcachesize");
      if (Host.isUnified("memory")) {
        assertThat(during.held()).isGreaterThan(before.held() + 1_000_000);
        assertThat(during.maxheld()).isGreaterThanOrEqualTo(during.held());
      } else {
        assertThat(during.held()).as("v1 does not tell").isZero();
      }
    }
  }

  @Test
  void numiptent() {
    long before = row("numiptent").held();
    long init = sandbox.init(id);
    assumeTrue(nft(init, "add table inet vztest") == 0, "needs nft and nf_tables");
    assertThat(nft(init, "add chain inet vztest held")).isZero();
    for (int i = 0; i < 5; i++) {
      assertThat(nft(init, "add rule inet vztest held drop")).isZero();
    }
    assertThat(row("numiptent").held()).isEqualTo(before + 5);
    nft(init, "delete table inet vztest");
    assertThat(row("numiptent").held()).isEqualTo(before);
    assertThat(row("numiptent").maxheld()).isEqualTo(before + 5);
  }

  private static int nft(long init, String rule) {
    return Host.run("nsenter", "-t", "" + init, "-n", "nft", rule).status();
  }

  @Test
  void vmguarpages() {
    sandbox.set(id, "--vmguarpages", "1000", "--oomguarpages", "500").expect(0);
    assertThat(row("vmguarpages").barrier()).isEqualTo(1000);
    assertThat(row("oomguarpages").barrier()).isEqualTo(500);
    assertThat(guarantee()).isEqualTo("" + 1000 * PAGE);
    sandbox.vzctl("set", "" + id, "--reset_ub").expect(0);
    assertThat(guarantee()).isNotEqualTo("" + 1000 * PAGE);
    assertThat(row("vmguarpages").held()).isZero();
  }

  private String guarantee() {
    return Host.read(
            Host.isUnified("memory")
                ? Path.of("/sys/fs/cgroup/vz/" + id + "/memory.low")
                : Path.of("/sys/fs/cgroup/memory/vz/" + id + "/memory.soft_limit_in_bytes"))
        .strip();
  }

  /** It is for formulas, and the kernel is told nothing of it. */
  @Test
  void avnumproc() {
    Resources before = row("numproc");
    sandbox.set(id, "--avnumproc", "1").expect(0);
    assertThat(row("numproc").limit()).isEqualTo(before.limit());
    try (Hog hog = hog("processes", 5)) {
      assertThat(hog.error()).isEqualTo("-");
    }
    assertThat(Resources.of(sandbox, id)).doesNotContainKey("avnumproc");
  }

  /** The table is drawn from the one in the code; a test there compares the two. */
  @Test
  void eachParameterOfTheTableHasACase() throws IOException {
    Set<String> methods = new TreeSet<>();
    Set<String> cases = new TreeSet<>();
    List<Method> all = new ArrayList<>(List.of(BeancountersTest.class.getDeclaredMethods()));
    all.addAll(List.of(BeancounterUseTest.class.getDeclaredMethods()));
    for (Method method : all) {
      if (method.isAnnotationPresent(Test.class)) {
        methods.add(method.getName());
      }
      CsvSource rows = method.getAnnotation(CsvSource.class);
      for (String row : rows == null ? new String[0] : rows.value()) {
        cases.add(row.split(", *")[2]);
      }
    }
    List<String> without = new ArrayList<>();
    int parameters = 0;
    for (String line : Files.readAllLines(Path.of("../kernel-notes/beancounters.md"))) {
      String[] columns = line.split(" *[|] *");
      if (columns.length == 7 && columns[2].matches("bytes|pages|items")) {
        parameters++;
        // What is refused needs more than to be seen.
        boolean own = methods.contains(columns[1]);
        if (!own && (columns[3].contains("enforced") || !cases.contains(columns[1]))) {
          without.add(columns[1]);
        }
      }
    }
    assertThat(without).isEmpty();
    assertThat(parameters).isEqualTo(22);
  }
}
