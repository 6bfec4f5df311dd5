package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A container's owner prepares its files against the administrator who starts it, enters it,
 * changes and stops it: nothing outside is touched, nothing hangs, errors say what is wrong.
 */
@Tag("root")
@Timeout(240)
class HostileGuestTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @TempDir private static Path directory;
  private static Sandbox sandbox;
  private static Path victim;
  private static Path victims;
  private int id;

  @BeforeAll
  static void open() throws IOException {
    sandbox = Sandbox.open();
    victims = Files.createDirectory(sandbox.base().resolve("victims"));
    Host.run("chmod", "777", victims.toString()).expect(0);
    victim = Files.writeString(sandbox.base().resolve("victim"), "untouched");
    Host.run("chmod", "666", victim.toString()).expect(0);
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @BeforeEach
  void create() throws IOException {
    id = sandbox.create("busybox");
    Files.writeString(sandbox.config(id), "STOP_TIMEOUT=\"2\"\n", StandardOpenOption.APPEND);
  }

  @AfterEach
  void nothingOutsideIsTouched() throws IOException {
    assertThat(victim).hasContent("untouched");
    assertThat(Files.getPosixFilePermissions(victim)).hasSize(6);
    assertThat(victims).isEmptyDirectory();
  }

  private Result vzctl(String... words) {
    return sandbox.vzctl(LIMIT, words);
  }

  /** Runs a shell line of the host's in the container's files; V and D are the host's victims. */
  private void prepare(String line) {
    Host.run(
            "bash",
            "-c",
            "cd \"$0\" && V=$1 D=$2 && " + line,
            sandbox.privateArea(id).toString(),
            victim.toString(),
            victims.toString())
        .expect(0);
  }

  private void script(String name, String text) throws IOException {
    Path file = sandbox.privateArea(id).resolve(name);
    Files.deleteIfExists(file);
    Files.writeString(file, "#!/bin/busybox sh\n" + text + "\n");
    Host.run("chmod", "755", file.toString()).expect(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rm -rf dev; ln -s $D dev                       | 0
          rm -rf dev; mkfifo dev                         | 0
          rm -f dev/null; ln -s $V dev/null              | 0
          rm -f dev/null; mkfifo dev/null                | 0
          mkdir -p dev; rm -rf dev/net; ln -s $D dev/net | 0
          rm -rf etc; ln -s $D etc                       | 0
          rm -f etc/machine-id; ln -s $V etc/machine-id  | 0
          rm -f etc/machine-id; mkfifo etc/machine-id    | 0
          rm -f bin/sh; mkfifo bin/sh                    | 0
          rm -rf dev/null; mkdir -p dev/null/x           | 7
          rm -rf proc; ln -s $D proc                     | 7
          rm -rf proc; mkfifo proc                       | 7
          rm -rf sys; ln -s $D sys                       | 7
          rm -rf sys; mkfifo sys                         | 7
          rm -rf run; ln -s $D run                       | 7
          mkdir -p dev; rm -rf dev/pts; ln -s $D dev/pts | 7
          mkdir -p dev; rm -rf dev/shm; ln -s $D dev/shm | 7
          mkdir -p dev; ln -sfn $V dev/console           | 7
          mkdir -p dev/console                           | 7
          rm -rf sbin; ln -s $D sbin                     | 47
          rm -f sbin/init; ln -s $V sbin/init            | 47
          rm -f sbin/init; mkfifo sbin/init              | 47
          rm -f sbin/init; echo nonsense >sbin/init      | 47
          """)
  void startWithPreparedFiles(String preparation, int status) {
    prepare(preparation);
    Result start = vzctl("start", "" + id).expect(status);
    if (status == 0) {
      assertThat(sandbox.status(id)).isEqualTo("exist mounted running");
      vzctl("exec3", "" + id, "/bin/busybox", "true").expect(0);
      vzctl("stop", "" + id, "--fast").expect(0);
    } else {
      assertThat(start.err()).containsAnyOf("Container start failed", "Unable to start init");
      assertThat(start.err()).contains("step ").doesNotContain("Exception");
    }
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
    assertThat(sandbox.remains(id)).isEmpty();
  }

  @Test
  void whatIsReplacedWhileItRuns() {
    vzctl("start", "" + id).expect(0);
    prepare(
        "rm -f bin/sh bin/bash dev/ptmx; mkfifo bin/sh bin/bash dev/ptmx;"
            + " rm -rf dev/net; ln -s $D dev/net");
    vzctl("exec3", "" + id, "/bin/busybox", "umount", "-l", "/dev/pts").expect(0);
    vzctl("exec3", "" + id, "/bin/busybox", "umount", "-l", "/proc");
    prepare("rm -rf dev/pts proc; ln -s $D dev/pts; ln -s / proc");
    assertThat(vzctl("exec2", "" + id, "true").expect(47).err()).contains("EACCES");
    assertThat(vzctl("enter", "" + id).out()).contains("enter into CT " + id + " failed");
    vzctl("exec3", "" + id, "/bin/busybox", "true").expect(0);
    assertThat(vzctl("set", "" + id, "--hostname", "changed", "--save").err())
        .contains("Unable to set the host name");
    vzctl("set", "" + id, "--devnodes", "net/tun:rw", "--save").expect(0);
    assertThat(Files.isSymbolicLink(sandbox.privateArea(id).resolve("dev/net"))).isFalse();
    assertThat(Host.run("stat", "-c", "%F", sandbox.privateArea(id) + "/dev/net/tun").ok())
        .isEqualTo("character special file\n");
    vzctl("stop", "" + id).expect(0);
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
  }

  @Test
  void outputOfTheGuestsOwnShellIsHarmless() throws IOException {
    script("bin/bash", "printf '\\033]0;owned\\007 \\033[2J text\\n'; exit 1");
    vzctl("start", "" + id).expect(0);
    for (Result result :
        List.of(
            vzctl("set", "" + id, "--hostname", "new", "--save"),
            vzctl("stop", "" + id),
            vzctl("start", "" + id))) {
      assertThat(result.out() + result.err()).doesNotContain("\u001b", "\u0007");
    }
    assertThat(vzctl("exec", "" + id, "x").out())
        .as("control: what a user asked for comes as it is")
        .contains("\u001b]0;owned");
  }

  @Test
  void endlessOutputIsNotKept() throws IOException {
    script("bin/bash", "head -c 300000000 /dev/zero; exit 0");
    vzctl("start", "" + id).expect(0);
    Result result = vzctl("set", "" + id, "--hostname", "new", "--save").expect(0);
    assertThat(result.out().length()).isLessThan(200_000);
  }

  @Test
  void initThatIgnoresShutdownIsKilled() throws IOException {
    prepare("cp bin/busybox sbin/sleeper; rm -f sbin/init");
    script("sbin/init", "trap '' TERM USR1 USR2 PWR HUP INT; while :; do sleep 1; done");
    vzctl("start", "" + id).expect(0);
    long begin = System.nanoTime();
    assertThat(vzctl("stop", "" + id).ok())
        .contains("Killing container ...\nContainer was stopped\n");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
  }

  @Test
  void haltCommandThatHangsIsNotWaitedFor() throws IOException {
    prepare("rm -f sbin/init; cp bin/busybox sbin/init");
    for (String name : List.of("sbin/halt", "sbin/poweroff")) {
      script(name, "trap '' TERM HUP INT; while :; do sleep 1; done");
    }
    vzctl("start", "" + id).expect(0);
    long begin = System.nanoTime();
    assertThat(vzctl("stop", "" + id).ok())
        .startsWith("Stopping container ...\nKilling container ...\nContainer was stopped\n");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void forkingWildlyDoesNotSaveIt() {
    Probe.compile(directory).putInto(sandbox.privateArea(id));
    vzctl("start", "" + id).expect(0);
    vzctl(
        "exec3", "" + id, "/bin/busybox", "setsid", "/probe", "as", "1000", "/probe", "fork", "20");
    Host.await("it forks", LIMIT, () -> Host.processes(id).size() > 15);
    vzctl("stop", "" + id).expect(0);
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
    sandbox.assertNothingRemains(id);
  }

  @Test
  void frozenContainerIsStopped() throws IOException {
    vzctl("start", "" + id).expect(0);
    Path state = Path.of("/sys/fs/cgroup/freezer/vz/" + id + "/freezer.state");
    Path unified = Path.of("/sys/fs/cgroup/vz/" + id + "/cgroup.freeze");
    if (Files.exists(state)) {
      Files.writeString(state, "FROZEN");
    } else {
      Files.writeString(unified, "1");
    }
    vzctl("stop", "" + id, "--fast").expect(0);
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
  }

  @Test
  void capabilityThatIsOffIsGone() {
    vzctl("start", "" + id).expect(0);
    String mount = "mount -t tmpfs none /tmp && grep CapBnd /proc/1/status";
    String with = vzctl("exec", "" + id, mount).ok();
    vzctl("stop", "" + id).expect(0);
    vzctl("set", "" + id, "--capability", "sys_admin:off", "--save").expect(0);
    vzctl("start", "" + id).expect(0);
    assertThat(vzctl("exec2", "" + id, mount).err()).contains("permission denied");
    String without = vzctl("exec", "" + id, "grep CapBnd /proc/1/status /proc/self/status").ok();
    long sysAdmin = 1L << 21;
    assertThat(bounding(with) & sysAdmin).isNotZero();
    assertThat(without.lines()).hasSize(2).allMatch(line -> (bounding(line) & sysAdmin) == 0);
  }

  private static long bounding(String line) {
    return Long.parseLong(line.strip().replaceAll(".*\\s", ""), 16);
  }
}
