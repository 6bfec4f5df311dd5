package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inits other than systemd: boot, orderly stop, halt and reboot from inside. */
@Tag("root")
@TestInstance(Lifecycle.PER_CLASS)
class InitTest {
  private static final Duration SHUTDOWN = Duration.ofSeconds(60);

  private final Sandbox sandbox = Sandbox.open();
  private final Map<String, Integer> ids = new HashMap<>();

  @AfterAll
  void close() {
    sandbox.close();
  }

  private int running(String root) {
    int id = ids.computeIfAbsent(root, this::create);
    // After a reboot the monitor's vzctl may still hold the lock for a moment.
    sandbox.awaitUnlocked(id);
    if (!sandbox.status(id).equals("exist mounted running")) {
      sandbox.vzctl("start", "" + id, "--wait").expect(0);
    }
    return id;
  }

  private int create(String root) {
    int id = sandbox.create(root);
    if (root.equals("busybox")) {
      // Its own mark lies in /run, which is gone with the container.
      Path inittab = sandbox.privateArea(id).resolve("etc/inittab");
      Installation.write(
          inittab, Host.read(inittab).replace("/run/stopped", "/stopped"), "rw-r--r--");
    }
    return id;
  }

  @ParameterizedTest
  @CsvSource({
    "busybox, test -f /run/started && ps | grep -q syslogd",
    "sysvinit, runlevel | grep -q 'N 2' && pidof cron",
    "openrc, rc-status default | grep cron | grep -q started && pidof cron"
  })
  void boots(String root, String proof) {
    int id = running(root);
    assertThat(sandbox.vzctl("exec2", "" + id, "readlink /proc/1/exe").ok()).isNotEmpty();
    // A service is told to start before its process is there.
    Host.await(
        root + ": " + proof,
        Duration.ofSeconds(30),
        () -> sandbox.vzctl("exec2", "" + id, proof).status() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"busybox", "sysvinit", "openrc"})
  void stopsInOrder(String root) {
    int id = running(root);
    assertThat(sandbox.vzctl("stop", "" + id).ok())
        .endsWith("Stopping container ...\nContainer was stopped\nContainer is unmounted\n");
    sandbox.assertNothingRemains(id);
    if (root.equals("busybox")) {
      assertThat(sandbox.privateArea(id).resolve("stopped-in-order")).exists();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "busybox, poweroff",
    "busybox, halt",
    "sysvinit, poweroff",
    "sysvinit, halt",
    "sysvinit, init 0",
    "sysvinit, shutdown -h now",
    "openrc, poweroff",
    "openrc, init 0"
  })
  void haltFromInsideStopsIt(String root, String command) {
    int id = running(root);
    sandbox.vzctl("exec2", "" + id, command);
    sandbox.awaitStatus(id, "exist unmounted down");
    sandbox.assertNothingRemains(id);
  }

  @ParameterizedTest
  @CsvSource({
    "busybox, reboot",
    "sysvinit, reboot",
    "sysvinit, init 6",
    "sysvinit, shutdown -r now",
    "openrc, reboot",
    "openrc, init 6"
  })
  void rebootFromInsideBringsItBack(String root, String command) {
    int id = running(root);
    long before = sandbox.init(id);
    // System V init loses what it is told while it boots: an administrator would say it again.
    boolean again = false;
    for (int tries = 0; tries < 3 && !again; tries++) {
      sandbox.vzctl("exec2", "" + id, command);
      again = Host.holdsWithin(SHUTDOWN, () -> sandbox.init(id) != 0 && sandbox.init(id) != before);
    }
    assertThat(again).as("a new init after " + command).isTrue();
    sandbox.awaitStatus(id, "exist mounted running");
    assertThat(sandbox.vzctl("exec2", "" + id, "echo alive").ok()).isEqualTo("alive\n");
  }
}
