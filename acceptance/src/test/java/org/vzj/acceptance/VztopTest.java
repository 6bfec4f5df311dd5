package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** vztop, vzctl blame and vzctl reclaim on a container that uses a CPU and one that sleeps. */
@Tag("root")
@Timeout(120)
class VztopTest {
  private static Sandbox sandbox;
  private static int busy;
  private static int idle;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.open();
    idle = sandbox.start("busybox", "--name", "vztest-idle");
    busy = sandbox.start("busybox", "--name", "vztest-busy");
    sandbox.vzctl("exec2", "" + busy, "while :; do :; done >/dev/null 2>&1 </dev/null &").expect(0);
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static Result vztop(String... words) {
    try (Running running = Running.start(sandbox.command("vztop", words))) {
      return running.await(Sandbox.LIMIT);
    }
  }

  @Test
  void theBusyOneIsOnTop() {
    Result result = vztop("-b", "-n", "2", "-d", "1").expect(0);
    String[] tables = result.out().split("\n\n(?=vztop)");
    assertThat(tables).hasSize(2);
    String[] lines = tables[1].split("\n");
    assertThat(lines[3]).startsWith("      CTID NAME").endsWith("FAIL");
    assertThat(lines[4].strip()).startsWith(busy + " vztest-busy");
    assertThat(Double.parseDouble(lines[4].strip().split(" +")[2])).isGreaterThan(10);
    assertThat(lines[5].strip()).startsWith(idle + " vztest-idle");
    assertThat(vztop("-b", "-n1", "vztest-idle").ok()).doesNotContain("vztest-busy");
    assertThat(vztop("-b", "-n1", "vztest-nosuch").expect(1).err()).contains("is invalid");
  }

  @Test
  void programsGetJson() {
    String json = vztop("--json", "-d", "0.5").ok();
    assertThat(json)
        .contains("\"ctid\": " + busy)
        .contains("\"name\": \"vztest-idle\"")
        .contains("\"memory_available\": ")
        .contains("\"oom_kills\": 0");
    assertThat(sandbox.vzctl("--json", "blame", "--delay", "0.5").ok())
        .contains("\"blame\": ")
        .contains("\"ctid\": " + busy);
  }

  @Test
  void theBusyOneIsToBlame() {
    String said = sandbox.vzctl("blame", "--delay", "1").ok();
    assertThat(said).startsWith("Pressure of the host in the last 10 s: CPU ");
    assertThat(said.lines().toList().get(3).strip()).startsWith(busy + " vztest-busy");
    assertThat(sandbox.vzctl("blame", "x").expect(20).err()).contains("Usage: vzctl blame");
  }

  @Test
  void theViewIsDrawnInPlaceAndQuit() {
    try (Tmux tmux = Tmux.open(sandbox)) {
      tmux.resize(110, 20);
      tmux.line("echo before; vztop -d 1; echo after $?");
      tmux.await("vztest-busy");
      assertThat(tmux.screen()).doesNotContain("before").startsWith("vztop - up ");
      tmux.type("t");
      tmux.awaitLine(" *" + Math.min(busy, idle) + " vztest-.*");
      tmux.type("q");
      tmux.await("after 0");
      assertThat(tmux.screen()).contains("before").doesNotContain("vztop - up ");
      tmux.line("stty -a | grep -o ' icanon' | tr -d ' '");
      tmux.awaitLine("icanon");
    }
  }

  @Test
  void vzlistTellsPressure() {
    String[] words = sandbox.vzlist("-Ho", "ctid,cpu_pressure", "" + busy).ok().strip().split(" +");
    assertThat(words[0]).isEqualTo("" + busy);
    boolean told =
        Files.exists(Path.of("/sys/fs/cgroup/unified/vz/" + busy + "/cpu.pressure"))
            || Files.exists(Path.of("/sys/fs/cgroup/vz/" + busy + "/cpu.pressure"));
    assertThat(words[1]).matches(told ? "\\d+\\.\\d\\d" : "-");
  }

  @Test
  void cachedFilesAreTakenBack() {
    Path v1 = Path.of("/sys/fs/cgroup/memory/vz/" + idle);
    Path v2 = Path.of("/sys/fs/cgroup/vz/" + idle + "/memory.reclaim");
    assumeTrue(Files.exists(v1) || Files.exists(v2), "needs the cgroup controller memory");
    sandbox
        .vzctl("exec2", "" + idle, "dd if=/dev/zero of=/cached bs=1M count=24 2>/dev/null; sync")
        .expect(0);
    String said = sandbox.vzctl("reclaim", "" + idle).ok();
    assertThat(said).matches("Reclaimed \\d+ bytes .*\n");
    long bytes = Long.parseLong(said.split(" ")[1]);
    assertThat(bytes).isGreaterThan(12 << 20);
    assertThat(sandbox.vzctl("reclaim", "" + idle, "--size", "x").expect(21).err())
        .isEqualTo("Bad parameter for --size: x\n");
    int down = sandbox.create("busybox");
    sandbox.vzctl("reclaim", "" + down).expect(31);
  }
}
