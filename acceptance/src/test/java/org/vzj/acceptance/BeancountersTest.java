package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Each beancounter that limits something, with something in a container that wants more of it: it
 * is refused at the limit and counted, and given one below. {@link BeancounterUseTest} has those
 * that are measured alone.
 */
@Tag("root")
@TestInstance(Lifecycle.PER_CLASS)
class BeancountersTest {
  private static final int SIGNALS = 20;
  private static final int LOCKED = 12;
  private static final long PAGE = 4096;

  private final Sandbox sandbox = Sandbox.open();
  private int id;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(
        Files.exists(sandbox.base().resolve("lib/bin/vzubc")), "needs vzubc in packaging's image");
    id = sandbox.create("debian-12-x86_64");
    Hog.install(sandbox.privateArea(id));
    sandbox
        .vzctl("set", "" + id, "--numsiginfo", "" + SIGNALS, "--lockedpages", "" + LOCKED, "--save")
        .expect(0);
    sandbox.vzctl("start", "" + id, "--wait").expect(0);
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  /** What a test has changed, and not saved, it is rid of by this. */
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

  private void set(String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "set";
    all[1] = "" + id;
    System.arraycopy(words, 0, all, 2, words.length);
    String said = sandbox.vzctl(all).ok();
    assertThat(said).startsWith("UB limits were set successfully\n");
  }

  @Test
  void numproc() {
    long before = row("numproc").failcnt();
    long limit = row("numproc").held() + 12;
    set("--numproc", "" + limit);
    try (Hog hog = hog("processes", 100)) {
      assertThat(hog.error()).isEqualTo("EAGAIN");
      assertThat(hog.taken()).isBetween(1, 12);
      Resources row = row("numproc");
      assertThat(row.held()).isEqualTo(limit);
      assertThat(row.maxheld()).isEqualTo(limit);
      assertThat(row.limit()).isEqualTo(limit);
      assertThat(row.barrier()).isEqualTo(limit);
      assertThat(row.failcnt()).isEqualTo(before + 1);
    }
    set("--numproc", "" + (limit + 20));
    try (Hog hog = hog("processes", 12)) {
      assertThat(hog.error()).isEqualTo("-");
    }
    assertThat(row("numproc").failcnt()).isEqualTo(before + 1);
  }

  @Test
  void physpages() {
    set("--ram", "128M", "--swap", "0");
    Resources before = row("physpages");
    assertThat(before.limit()).isEqualTo((128 << 20) / PAGE);
    try (Hog hog = hog("memory", 40)) {
      assertThat(hog.taken()).isEqualTo(40);
      assertThat(row("physpages").held()).isBetween((40 << 20) / PAGE, before.limit());
      assertThat(row("privvmpages").held()).isGreaterThan((40 << 20) / PAGE);
    }
    Result killed = sandbox.vzctl("exec2", "" + id, "perl", "/hog.pl", "memory", "300");
    assertThat(killed.status()).as(killed.toString()).isEqualTo(3);
    assertThat(killed.err()).contains("Got signal 9");
    Resources after = row("physpages");
    assertThat(after.failcnt()).isGreaterThan(before.failcnt());
    assertThat(after.maxheld()).isGreaterThanOrEqualTo((100 << 20) / PAGE);
    assertThat(row("oomguarpages").failcnt()).isGreaterThan(0);
    assertThat(sandbox.status(id)).isEqualTo("exist mounted running");
  }

  @Test
  void ramBelowTheUseIsRefusedWithTheNumber() {
    assumeTrue(
        Host.read(Path.of("/proc/swaps")).lines().count() < 2, "needs a host without swap space");
    try (Hog hog = hog("memory", 100)) {
      assertThat(hog.taken()).isEqualTo(100);
      Resources before = row("physpages");
      Result refused = sandbox.vzctl("set", "" + id, "--ram", "64M", "--swap", "64M", "--save");
      assertThat(refused.status()).as(refused.toString()).isEqualTo(1);
      assertThat(refused.err())
          .contains("Unable to set memory to 67108864 bytes: ")
          .contains(" bytes are in use and cannot be reclaimed")
          .contains("Error: failed to apply some parameters, not saving configuration file!");
      assertThat(row("physpages").limit()).isEqualTo(before.limit());
      assertThat(row("swappages").limit()).isEqualTo((512 << 20) / PAGE);
      assertThat(Host.read(sandbox.config(id))).doesNotContain("16384");
    }
    set("--ram", "96M", "--swap", "64M");
    assertThat(row("physpages").limit()).isEqualTo((96 << 20) / PAGE);
    set("--ram", "1G", "--swap", "unlimited");
    assertThat(row("swappages").limit()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void pageCacheIsNoUseThatCannotBeReclaimed() {
    set("--ram", "512M", "--swap", "0");
    sandbox
        .vzctl("exec", "" + id, "dd if=/dev/zero of=/root/cache bs=1M count=200 status=none")
        .expect(0);
    sandbox.vzctl("exec", "" + id, "sync /root/cache").expect(0);
    assertThat(row("physpages").held()).isGreaterThan((150 << 20) / PAGE);
    set("--ram", "128M", "--swap", "0");
    assertThat(row("physpages").held()).isLessThanOrEqualTo((128 << 20) / PAGE);
    sandbox.vzctl("exec", "" + id, "rm /root/cache").expect(0);
  }

  @Test
  void numpty() {
    long before = row("numpty").held();
    set("--numpty", "" + (before + 4));
    try (Hog hog = hog("terminals", 20)) {
      assertThat(hog.error()).isEqualTo("ENOSPC");
      assertThat(hog.taken()).isEqualTo(4);
      assertThat(row("numpty").held()).isEqualTo(before + 4);
      assertThat(row("numpty").limit()).isEqualTo(before + 4);
      set("--numpty", "" + (before + 5));
      try (Hog one = hog("terminals", 20)) {
        assertThat(one.taken()).isOne();
      }
    }
    assertThat(row("numpty").held()).isEqualTo(before);
    assertThat(row("numpty").maxheld()).isEqualTo(before + 4);
  }

  @Test
  void shmpages() {
    long before = row("shmpages").held();
    set("--shmpages", "30");
    try (Hog hog = hog("segments", 100)) {
      assertThat(hog.error()).isEqualTo("ENOSPC");
      assertThat(hog.taken()).isEqualTo(30);
    }
    try (Hog hog = hog("shared", 100)) {
      assertThat(hog.error()).isEqualTo("ENOSPC");
      assertThat(hog.taken()).isEqualTo(30);
    }
    set("--shmpages", "2000");
    try (Hog hog = hog("shared", 1000)) {
      assertThat(hog.error()).isEqualTo("-");
      assertThat(row("shmpages").held()).isBetween(before + 900, before + 1200);
    }
    assertThat(row("shmpages").maxheld()).isGreaterThanOrEqualTo(before + 900);
  }

  @Test
  void numsiginfo() {
    assertThat(row("numsiginfo").limit()).isEqualTo(SIGNALS);
    try (Hog hog = hog("signals", 100)) {
      assertThat(hog.error()).isEqualTo("EAGAIN");
      assertThat(hog.taken()).isEqualTo(SIGNALS);
      assertThat(row("numsiginfo").held()).isEqualTo(SIGNALS);
      // The limit is of all its users together.
      String other =
          sandbox
              .vzctl("exec", "" + id, "setpriv --reuid 1 perl /hog.pl signals 5 < /dev/null")
              .ok();
      assertThat(other).isEqualTo("took 0 EAGAIN\n");
    }
    try (Hog hog = hog("signals", SIGNALS - 1)) {
      assertThat(hog.error()).isEqualTo("-");
    }
    assertThat(row("numsiginfo").maxheld()).isEqualTo(SIGNALS);
  }

  @Test
  void whatIsFixedAtTheStartIsSaidToChangeAtTheNext() {
    Result result = sandbox.vzctl("set", "" + id, "--numsiginfo", "50", "--lockedpages", "50");
    assertThat(result.ok())
        .contains("Note: numsiginfo changes when the container is started again\n")
        .contains("Note: lockedpages changes when the container is started again\n");
    assertThat(row("numsiginfo").limit()).isEqualTo(SIGNALS);
    assertThat(row("lockedpages").limit()).isEqualTo(LOCKED);
  }

  @Test
  void lockedpages() {
    long before = row("lockedpages").held();
    try (Hog hog = hog("locked", 100)) {
      assertThat(hog.error()).isIn("ENOMEM", "EPERM");
      assertThat(hog.taken()).isEqualTo(LOCKED);
      assertThat(row("lockedpages").held()).isEqualTo(before + LOCKED);
      // For each process alone, as the table of mechanisms says.
      try (Hog another = hog("locked", LOCKED)) {
        assertThat(another.error()).isEqualTo("-");
      }
    }
    assertThat(row("lockedpages").maxheld()).isGreaterThanOrEqualTo(before + LOCKED);
  }

  @Test
  void swappages() throws IOException {
    assumeTrue(
        Boolean.getBoolean("vzj.test.swap"),
        "needs a machine whose swap space is the test's: the virtual one");
    Path file = sandbox.base().resolve("swap");
    Host.run("dd", "if=/dev/zero", "of=" + file, "bs=1M", "count=256", "status=none").expect(0);
    Host.run("chmod", "600", file.toString()).expect(0);
    Host.run("mkswap", file.toString()).expect(0);
    Host.run("swapon", file.toString()).expect(0);
    try {
      set("--ram", "96M", "--swap", "64M");
      Resources before = row("swappages");
      assertThat(before.limit()).isEqualTo((64 << 20) / PAGE);
      try (Hog hog = hog("memory", 120)) {
        assertThat(hog.error()).isEqualTo("-");
        assertThat(row("swappages").held()).isBetween((15L << 20) / PAGE, before.limit());
      }
      assertThat(row("swappages").failcnt()).isEqualTo(before.failcnt());
      Result killed = sandbox.vzctl("exec2", "" + id, "perl", "/hog.pl", "memory", "300");
      assertThat(killed.status()).as(killed.toString()).isEqualTo(3);
      Resources after = row("swappages");
      assertThat(after.failcnt()).isGreaterThan(before.failcnt());
      assertThat(after.maxheld()).isBetween((60L << 20) / PAGE, before.limit());
    } finally {
      sandbox.vzctl("set", "" + id, "--reset_ub");
      Host.run("swapoff", file.toString()).expect(0);
    }
  }

  @Test
  void tcpBuffersAreKeptSmallOnCgroupV1() {
    assumeTrue(
        Files.exists(Path.of("/sys/fs/cgroup/memory/memory.kmem.tcp.limit_in_bytes")),
        "needs cgroup v1's memory controller with memory.kmem.tcp");
    long all;
    try (Hog hog = hog("streams", 4)) {
      assertThat(hog.error()).isEqualTo("-");
      all = row("tcpsndbuf").held() + row("tcprcvbuf").held();
    }
    set("--tcpsndbuf", "131072", "--tcprcvbuf", "131072");
    try (Hog hog = hog("streams", 4)) {
      assertThat(hog.error()).isEqualTo("-");
      long limited = row("tcpsndbuf").held() + row("tcprcvbuf").held();
      assertThat(limited).isLessThan(all / 2);
    }
  }

  @Test
  void changesThatAreNotSavedStayTogetherUntilReset() {
    set("--numproc", "500");
    set("--numpty", "9");
    assertThat(row("numproc").limit()).isEqualTo(500);
    assertThat(row("numpty").limit()).isEqualTo(9);
    sandbox.vzctl("set", "" + id, "--reset_ub").expect(0);
    assertThat(row("numproc").limit()).isEqualTo(Long.MAX_VALUE);
    assertThat(row("numpty").limit()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void ramAndSwapImplyOthers() {
    set("--ram", "256M", "--swap", "256M", "--vm_overcommit", "1.5");
    assertThat(row("vmguarpages").barrier()).isEqualTo((512 << 20) / PAGE);
    assertThat(row("oomguarpages").barrier()).isEqualTo((256 << 20) / PAGE);
    assertThat(row("privvmpages").limit()).isEqualTo((768 << 20) / PAGE);
    assertThat(row("lockedpages").limit()).isEqualTo(LOCKED);
  }

  @Test
  void theOlderParametersBoundMemoryToo() {
    int old = sandbox.create("debian-12-x86_64", "--config", "basic");
    try {
      Hog.install(sandbox.privateArea(old));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    sandbox.vzctl("start", "" + old).expect(0);
    try {
      Map<String, Resources> rows = Resources.of(sandbox, old);
      assertThat(rows.get("privvmpages"))
          .extracting(Resources::barrier, Resources::limit)
          .containsExactly(65536L, 69632L);
      // Between barrier and limit the kernel only slows it down, for minutes.
      sandbox.vzctl("set", "" + old, "--privvmpages", "69632").expect(0);
      Result killed = sandbox.vzctl("exec2", "" + old, "perl", "/hog.pl", "memory", "600");
      assertThat(killed.status()).as(killed.toString()).isEqualTo(3);
      assertThat(Resources.of(sandbox, old, "privvmpages").failcnt()).isPositive();
    } finally {
      sandbox.vzctl("stop", "" + old, "--fast").expect(0);
    }
  }

  @Test
  void aConfigurationThatLacksSomeIsRefused() {
    int lacking = sandbox.create("busybox", "--config", "basic");
    Path file = sandbox.config(lacking);
    Installation.write(
        file, Host.read(file).replaceAll("(?m)^(NUMFLOCK|NUMPTY)=.*\n", ""), "rw-r--r--");
    Result result = sandbox.vzctl("start", "" + lacking).expect(28);
    assertThat(result.err().lines())
        .containsSequence(
            "Error: required UB parameter numflock not set",
            "Error: required UB parameter numpty not set");
    sandbox.assertNothingRemains(lacking);
  }

  @Test
  void withoutLimitsNothingIsPaid() {
    int free = sandbox.create("busybox");
    Path file = sandbox.config(free);
    Installation.write(
        file, Host.read(file).replaceAll("(?m)^(PHYSPAGES|SWAPPAGES)=.*\n", ""), "rw-r--r--");
    sandbox.vzctl("start", "" + free).expect(0);
    assertThat(sandbox.state(free).resolve("limits")).doesNotExist();
    assertThat(Resources.of(sandbox, free, "physpages").limit()).isEqualTo(Long.MAX_VALUE);
    sandbox.vzctl(Duration.ofSeconds(60), "stop", "" + free, "--fast").expect(0);
  }
}
