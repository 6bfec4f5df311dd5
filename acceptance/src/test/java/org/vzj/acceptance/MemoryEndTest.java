package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that are killed for want of memory are named; equal pages may be merged. */
@Tag("root")
@Timeout(120)
class MemoryEndTest {
  private static Sandbox sandbox;

  @BeforeAll
  static void open() {
    sandbox = Sandbox.open();
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static long kills(int id) {
    Path v1 = Path.of("/sys/fs/cgroup/memory/vz/" + id + "/memory.oom_control");
    Path v2 = Path.of("/sys/fs/cgroup/vz/" + id + "/memory.events");
    String text = Host.read(Files.exists(v1) ? v1 : v2);
    return text.lines()
        .filter(line -> line.startsWith("oom_kill "))
        .mapToLong(line -> Long.parseLong(line.substring(9)))
        .findFirst()
        .orElse(0);
  }

  @Test
  void theVictimIsNamed() {
    assumeTrue(
        Files.isDirectory(Path.of("/sys/fs/cgroup/memory"))
            || Host.read(Path.of("/sys/fs/cgroup/cgroup.controllers")).contains("memory"),
        "needs the cgroup controller memory");
    int id = sandbox.create("busybox");
    sandbox.vzctl("set", "" + id, "--ram", "32M", "--swap", "0", "--save").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    sandbox.vzctl("exec2", "" + id, "dd if=/dev/zero of=/dev/null bs=200M count=1");
    Host.await("a victim", Duration.ofSeconds(20), () -> kills(id) > 0);
    String wanted = "Out of memory: the kernel killed ";
    String said = sandbox.vzctl("set", "" + id, "--cpuunits", "1000").expect(0).err();
    assertThat(said).contains(wanted);
    if (Host.run("dmesg").out().contains("task_memcg=/vz/" + id)) {
      assertThat(said).containsPattern("killed process \\d+ \\((dd|busybox)\\) of user id \\d+");
    }
    assertThat(Host.read(sandbox.base().resolve("vzctl.log")))
        .contains("CT " + id + " : " + wanted);
    // Once is enough.
    assertThat(sandbox.vzctl("set", "" + id, "--cpuunits", "1000").expect(0).err())
        .doesNotContain(wanted);
  }

  @Test
  void equalPagesMayBeMerged() {
    assumeTrue(Files.exists(Path.of("/proc/self/ksm_stat")), "needs KSM, Linux 6.7");
    int id = sandbox.create("busybox");
    sandbox.vzctl("set", "" + id, "--ksm", "yes", "--save").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    String stat = Host.read(Path.of("/proc/" + sandbox.init(id) + "/ksm_stat"));
    assumeTrue(stat.contains("ksm_merge_any"), "needs a kernel that tells, Linux 6.16");
    assertThat(stat).containsPattern("ksm_merge_any:? yes");
    // What enters is as what it enters, whatever the configuration says by now.
    String own = "cat /proc/self/ksm_stat";
    sandbox.vzctl("set", "" + id, "--ksm", "no", "--save").expect(0);
    assertThat(sandbox.vzctl("exec2", "" + id, own).ok()).containsPattern("ksm_merge_any:? yes");
    sandbox.vzctl("restart", "" + id, "--fast").expect(0);
    assertThat(sandbox.vzctl("exec2", "" + id, own).ok()).containsPattern("ksm_merge_any:? no");
    int other = sandbox.start("busybox");
    assertThat(Host.read(Path.of("/proc/" + sandbox.init(other) + "/ksm_stat")))
        .containsPattern("ksm_merge_any:? no");
  }
}
