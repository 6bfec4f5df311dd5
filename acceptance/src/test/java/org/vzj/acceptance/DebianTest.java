package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian 12 with systemd: boots whole, serves, and stops in order, from outside and inside. */
@Tag("root")
@TestInstance(Lifecycle.PER_CLASS)
class DebianTest {
  private static final Duration SHUTDOWN = Duration.ofSeconds(60);

  private final Sandbox sandbox = Sandbox.open();
  private int id;

  @BeforeAll
  void create() {
    id = sandbox.create("debian-12-x86_64");
    // Proof of an orderly stop: systemd runs this only when it shuts services down.
    Path unit = sandbox.privateArea(id).resolve("etc/systemd/system/vztest.service");
    Installation.write(
        unit,
        """
        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart=/bin/true
        ExecStop=/bin/touch /root/stopped-in-order
        [Install]
        WantedBy=multi-user.target
        """,
        "rw-r--r--");
    Host.run(
            "ln",
            "-s",
            "../vztest.service",
            unit.resolveSibling("multi-user.target.wants/vztest.service").toString())
        .expect(0);
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  @BeforeEach
  void running() throws IOException {
    // After a reboot the monitor's vzctl may still hold the lock for a moment.
    sandbox.awaitUnlocked(id);
    if (!sandbox.status(id).equals("exist mounted running")) {
      sandbox.vzctl("start", "" + id, "--wait").expect(0);
    }
    Files.deleteIfExists(stopMark());
  }

  private Path stopMark() {
    return sandbox.privateArea(id).resolve("root/stopped-in-order");
  }

  private String inside(String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "exec2";
    all[1] = "" + id;
    System.arraycopy(words, 0, all, 2, words.length);
    return sandbox.vzctl(all).out();
  }

  @Test
  void bootsWithoutAFailedUnit() {
    String state = inside("systemctl", "is-system-running", "--wait").strip();
    String failed = inside("systemctl", "--failed", "--no-legend", "--plain");
    assertThat(failed).as("failed units (%s)", state).isEmpty();
    assertThat(state).isIn("running", "degraded");
    assertThat(inside("cat", "/proc/1/comm")).isEqualTo("systemd\n");
    assertThat(inside("systemctl", "is-active", "multi-user.target")).isEqualTo("active\n");
  }

  @Test
  void servesOnItsLoopback() {
    for (String service : new String[] {"ssh", "cron", "apache2"}) {
      assertThat(inside("systemctl", "is-active", service)).as(service).isEqualTo("active\n");
    }
    String page =
        inside(
            "exec 3<>/dev/tcp/127.0.0.1/80;"
                + " printf 'GET / HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; cat <&3");
    assertThat(page).startsWith("HTTP/1.1 200 OK").contains("Apache2");
    assertThat(inside("exec 3<>/dev/tcp/127.0.0.1/22; read line <&3; echo $line"))
        .startsWith("SSH-2.0-OpenSSH");
  }

  @Test
  void hasALoginPromptOnItsConsole() {
    Host.await(
        "a getty on the console",
        Duration.ofSeconds(30),
        () -> inside("ps", "-o", "tty=,args=", "-C", "agetty").contains("console"));
    Host.await(
        "its prompt",
        Duration.ofSeconds(30),
        () -> Host.read(sandbox.state(id).resolve("console.log")).contains("login:"));
    assertThat(inside("cat", "/proc/1/environ").split("\0")).contains("container=lxc");
  }

  @Test
  void stopsInOrder() {
    long begin = System.nanoTime();
    String said = sandbox.vzctl("stop", "" + id).ok();
    assertThat(said)
        .isEqualTo("Stopping container ...\nContainer was stopped\nContainer is unmounted\n");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SHUTDOWN);
    assertThat(stopMark()).exists();
    sandbox.assertNothingRemains(id);
  }

  @Test
  void stopsFast() {
    String said = sandbox.vzctl("stop", "" + id, "--fast").ok();
    assertThat(said)
        .isEqualTo("Killing container ...\nContainer was stopped\nContainer is unmounted\n");
    assertThat(stopMark()).doesNotExist();
    sandbox.assertNothingRemains(id);
  }

  @Test
  void restarts() {
    long before = sandbox.init(id);
    assertThat(sandbox.vzctl("restart", "" + id).ok())
        .isEqualTo(
            """
            Restarting container
            Stopping container ...
            Container was stopped
            Container is unmounted
            Starting container...
            Container is mounted
            Setting CPU units: 1000
            Container start in progress...
            """);
    assertThat(stopMark()).exists();
    assertThat(sandbox.init(id)).isPositive().isNotEqualTo(before);
    assertThat(sandbox.status(id)).isEqualTo("exist mounted running");
  }

  @ParameterizedTest
  @ValueSource(strings = {"poweroff", "halt", "init 0", "shutdown -h now", "systemctl poweroff"})
  void haltFromInsideStopsIt(String command) {
    long init = sandbox.init(id);
    // The shell is among those who are shut down: how it ends is not sure.
    inside(command);
    sandbox.awaitStatus(id, "exist unmounted down");
    sandbox.assertNothingRemains(id);
    assertThat(stopMark()).exists();
    assertThat(Path.of("/proc/" + init)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reboot", "init 6", "shutdown -r now"})
  void rebootFromInsideBringsItBack(String command) {
    long before = sandbox.init(id);
    inside(command);
    Host.await(
        "a new init after " + command,
        SHUTDOWN,
        () -> sandbox.init(id) != 0 && sandbox.init(id) != before);
    assertThat(stopMark()).exists();
    sandbox.awaitStatus(id, "exist mounted running");
    Host.await(
        "booted again",
        SHUTDOWN,
        () -> inside("systemctl", "is-system-running", "--wait").strip().equals("running"));
    assertThat(Path.of("/proc/" + before)).doesNotExist();
  }

  @Test
  void waitsForTheEndOfTheBoot() {
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    assertThat(sandbox.vzctl("start", "" + id, "--wait").ok())
        .isEqualTo(
            """
            Starting container...
            Container is mounted
            Setting CPU units: 1000
            Container start in progress, waiting ...
            Container started successfully
            """);
    assertThat(inside("systemctl", "is-system-running").strip()).isIn("running", "degraded");
  }

  @Test
  void survivesTheEndOfWhoStartedIt() {
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "needs setsid");
    // A session's leader that ends sends SIGHUP to its foreground group.
    ProcessBuilder builder = sandbox.command("vzctl", "start", "" + id);
    builder.command().addAll(0, java.util.List.of("setsid", "--wait"));
    try (Running running = Running.start(builder)) {
      running.await(Sandbox.LIMIT).expect(0);
    }
    Host.pause(200);
    assertThat(sandbox.status(id)).isEqualTo("exist mounted running");
  }
}
