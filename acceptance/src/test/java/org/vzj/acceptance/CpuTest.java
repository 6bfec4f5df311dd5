package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPU time as containers really get it, counted by the kernel. */
@Tag("root")
@Timeout(120)
class CpuTest {
  private static final int TRIES = 5;
  private static Sandbox sandbox;
  private static List<Integer> ids;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.open();
    assumeTrue(Cpu.hasController("cpu"), "needs the cgroup controller cpu");
    assumeTrue(Cpu.hasController("cpuset"), "needs the cgroup controller cpuset");
    ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(sandbox.start("busybox", "--config", "vswap-256m"));
    }
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static void spin(int id) {
    sandbox.vzctl("exec2", "" + id, "while :; do :; done >/dev/null 2>&1 </dev/null &").expect(0);
  }

  private static void calm(int id) {
    sandbox.vzctl("restart", "" + id, "--fast").expect(0);
  }

  /** How much of the time of one CPU each of the containers used, over some seconds. */
  private static double[] measure(List<Integer> containers, long millis) {
    long[] before = new long[containers.size()];
    double[] parts = new double[containers.size()];
    long start = System.nanoTime();
    for (int i = 0; i < before.length; i++) {
      before[i] = Cpu.usedNanos(containers.get(i));
    }
    Host.pause(millis);
    long end = System.nanoTime();
    for (int i = 0; i < before.length; i++) {
      parts[i] = (Cpu.usedNanos(containers.get(i)) - before[i]) / (double) (end - start);
    }
    return parts;
  }

  /**
   * On one CPU, which they fight for: whoever else wants it takes from the three alike, so that the
   * proportion holds on a busy machine.
   */
  @Test
  void unitsAreProportions() {
    int cpu = Cpu.idlest();
    // With v2 the machine may have one CPU alone, which the test needs too.
    int least = Host.isUnified("cpu") ? 100 : 500;
    int units = least;
    for (int id : ids) {
      sandbox
          .vzctl("set", "" + id, "--cpumask", "" + cpu, "--cpuunits", "" + units, "--save")
          .expect(0);
      units *= 2;
    }
    ids.forEach(CpuTest::spin);
    double worst = 1;
    for (int tries = 0; tries < TRIES && worst > 0.05; tries++) {
      double[] parts = measure(ids, 4000);
      double sum = parts[0] + parts[1] + parts[2];
      System.out.printf(
          "cpuunits %d:%d:%d got %.1f%%, %.1f%%, %.1f%% of what they had on CPU %d (%.0f%%)%n",
          least,
          2 * least,
          4 * least,
          100 * parts[0] / sum,
          100 * parts[1] / sum,
          100 * parts[2] / sum,
          cpu,
          100 * sum);
      worst = 0;
      for (int i = 0; i < 3; i++) {
        worst = Math.max(worst, Math.abs(parts[i] / sum * 7 / (1 << i) - 1));
      }
    }
    assertThat(worst).as("the largest error of a part").isLessThan(0.05);
    ids.forEach(CpuTest::calm);
  }

  @Test
  void aLimitIsALimit() {
    int id = ids.getFirst();
    sandbox.vzctl("set", "" + id, "--cpulimit", "25", "--cpuunits", "100000").expect(0);
    spin(id);
    double part = 0;
    for (int tries = 0; tries < TRIES && Math.abs(part - 0.25) > 0.0125; tries++) {
      part = measure(List.of(id), 4000)[0];
      System.out.printf("cpulimit 25 got %.2f%% of a CPU%n", 100 * part);
      assertThat(part).isLessThan(0.275);
    }
    assertThat(part).isBetween(0.2375, 0.2625);
    // Of that weight and without a limit it would leave nothing of a single CPU to us.
    calm(id);
    sandbox.vzctl("set", "" + id, "--cpulimit", "25").expect(0);
    assertThat(sandbox.vzctl("set", "" + id, "--cpulimit", "0").ok())
        .contains("Setting CPU limit: 0\n");
    assertThat(Cpu.quota(id)).isIn("-1", "max 100000");
  }

  @Test
  void whatWasSetAndNotSavedStaysWhenMoreIsSet() {
    int id = ids.getFirst();
    sandbox.vzctl("set", "" + id, "--cpulimit", "40").expect(0);
    sandbox.vzctl("set", "" + id, "--cpuunits", "700").expect(0);
    assertThat(Cpu.quota(id)).isIn("40000", "40000 100000");
    assertThat(Cpu.weight(id)).isIn("717", "70");
    sandbox.vzctl("set", "" + id, "--cpuburst", "30", "--cpuidle", "yes").expect(0);
    assertThat(Cpu.read(id, "cpu", "cpu.cfs_burst_us", "cpu.max.burst")).isEqualTo("30000");
    assertThat(Cpu.read(id, "cpu", "cpu.idle", "cpu.idle")).isEqualTo("1");
    sandbox.vzctl("restart", "" + id, "--fast").expect(0);
    assertThat(Cpu.quota(id)).isIn("-1", "max 100000");
    assertThat(Cpu.read(id, "cpu", "cpu.idle", "cpu.idle")).isEqualTo("0");
  }

  @Test
  void aContainerSeesItsCpus() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "needs two CPUs");
    int id = ids.getFirst();
    assertThat(sandbox.vzctl("set", "" + id, "--cpumask", "all", "--cpus", "1").ok())
        .contains("Setting CPUs: 1\nSetting CPU mask: all\n");
    assertThat(sandbox.vzctl("exec2", "" + id, "nproc").ok()).isEqualTo("1\n");
    assertThat(Cpu.quota(id)).isIn("100000", "100000 100000");
    sandbox.vzctl("set", "" + id, "--cpus", "2").expect(0);
    assertThat(sandbox.vzctl("exec2", "" + id, "nproc").ok()).isEqualTo("2\n");
    String cpus = Cpu.read(id, "cpuset", "cpuset.cpus", "cpuset.cpus");
    Result bad = sandbox.vzctl("set", "" + id, "--cpulimit", "10", "--cpumask", "8000").expect(2);
    assertThat(bad.err()).contains("Unable to set CPU parameters: ");
    assertThat(Cpu.read(id, "cpuset", "cpuset.cpus", "cpuset.cpus")).isEqualTo(cpus);
    assertThat(Cpu.quota(id)).isNotEqualTo("10000").isNotEqualTo("10000 100000");
    sandbox.vzctl("set", "" + id, "--cpumask", "auto", "--nodemask", "0").expect(0);
    assertThat(Cpu.read(id, "cpuset", "cpuset.mems", "cpuset.mems")).isEqualTo("0");
    calm(id);
  }

  /** Other containers may come and go meanwhile, which is weighed as well. */
  @Test
  void theHostWeighsWhatItIsGiven() {
    sandbox.vzctl("set", "0", "--cpuunits", "1000").expect(0);
    double ratio = 0;
    for (int tries = 0; tries < TRIES && Math.abs(ratio - 4) > 0.1; tries++) {
      double before = Double.parseDouble(Cpu.ofAll());
      Result set = sandbox.vzctl("set", "0", "--cpuunits", "250");
      assertThat(set.ok()).startsWith("Setting CPU units: 250\nWARNING: Settings were not saved");
      ratio = Double.parseDouble(Cpu.ofAll()) / before;
      assertThat(sandbox.vzctl("set", "0", "--cpuunits", "1000", "--save").ok())
          .contains("CT configuration saved to " + sandbox.etc().resolve("conf/0.conf"));
    }
    assertThat(ratio).as("how much more all containers weigh").isBetween(3.9, 4.1);
    assertThat(Host.read(sandbox.etc().resolve("conf/0.conf"))).contains("CPUUNITS=\"1000\"");
    assertThat(sandbox.vzctl("set", "0", "--numproc", "100", "--save").expect(0).err())
        .contains("WARNING: --numproc is not applied: only --cpuunits acts on the host\n");
  }

  /** The kernel's files about CPUs, of either version. */
  private static final class Cpu {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private Cpu() {}

    static boolean hasController(String name) {
      return Files.isDirectory(CGROUPS.resolve(name))
          || Host.read(CGROUPS.resolve("cgroup.controllers")).contains(name);
    }

    static String read(int id, String controller, String v1, String v2) {
      Path old = CGROUPS.resolve(controller);
      return Host.read(
              Files.isDirectory(old)
                  ? old.resolve("vz/" + id).resolve(v1)
                  : CGROUPS.resolve("vz/" + id).resolve(v2))
          .strip();
    }

    /** The weight of the group that has those of all containers. */
    static String ofAll() {
      return read(ids.getFirst(), "cpu", "../cpu.shares", "../cpu.weight");
    }

    static String quota(int id) {
      return read(id, "cpu", "cpu.cfs_quota_us", "cpu.max");
    }

    static String weight(int id) {
      return read(id, "cpu", "cpu.shares", "cpu.weight");
    }

    static long usedNanos(int id) {
      String text = read(id, "cpuacct", "cpuacct.usage", "cpu.stat");
      return text.startsWith("usage_usec ")
          ? Long.parseLong(text.substring(11, text.indexOf('\n'))) * 1000
          : Long.parseLong(text);
    }

    /** The CPU that had most idle time in a moment (proc_stat(5)). */
    static int idlest() {
      String[] before = Host.read(Path.of("/proc/stat")).split("\n");
      Host.pause(300);
      String[] after = Host.read(Path.of("/proc/stat")).split("\n");
      int best = 0;
      long most = -1;
      for (int i = 1; i < after.length && after[i].startsWith("cpu"); i++) {
        long idle = idle(after[i]) - idle(before[i]);
        if (idle > most) {
          most = idle;
          best = Integer.parseInt(after[i].substring(3, after[i].indexOf(' ')));
        }
      }
      return best;
    }

    private static long idle(String line) {
      return Long.parseLong(line.split(" ")[4]);
    }
  }
}
