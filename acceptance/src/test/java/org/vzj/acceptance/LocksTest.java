package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Lock files: who is kept out, who is not, and what becomes of a dead holder's. */
@Tag("root")
@TestInstance(Lifecycle.PER_CLASS)
class LocksTest {
  private final Sandbox sandbox = Sandbox.open();

  @AfterAll
  void close() {
    sandbox.close();
  }

  @Test
  void aLivingHolderKeepsOthersOut() throws IOException {
    int id = sandbox.start("busybox");
    Files.writeString(sandbox.lock(id), ProcessHandle.current().pid() + "\n\n");
    Result locked = sandbox.vzctl("stop", "" + id).expect(9);
    assertThat(locked.err())
        .startsWith("Locked by: pid " + ProcessHandle.current().pid() + ", cmdline ")
        .endsWith("Container already locked\n");
    assertThat(sandbox.status(id)).as("status takes no lock").isEqualTo("exist mounted running");
    assertThat(sandbox.vzctl("exec", "" + id, "echo exec takes none").ok())
        .isEqualTo("exec takes none\n");
    sandbox.vzctl("--skiplock", "stop", "" + id).expect(0);
    assertThat(sandbox.lock(id)).as("somebody else's lock stays").exists();
    Files.delete(sandbox.lock(id));
  }

  @Test
  void aCommandHoldsItWhileItWorks() {
    int id = sandbox.start("busybox");
    Installation.write(
        sandbox.etc().resolve("conf/" + id + ".stop"),
        "while ! test -f /go; do sleep 0.1; done\n",
        "rw-r--r--");
    try (Running stop = sandbox.background("stop", "" + id)) {
      Host.await("the lock", Duration.ofSeconds(30), () -> Files.exists(sandbox.lock(id)));
      String holder = Host.read(sandbox.lock(id)).lines().findFirst().orElse("");
      assertThat(Long.parseLong(holder)).isEqualTo(stop.process().pid());
      Result second = sandbox.vzctl("stop", "" + id).expect(9);
      assertThat(second.err())
          .contains("Locked by: pid " + holder + ", cmdline ")
          .contains("stop " + id);
      sandbox.vzctl("exec2", "" + id, "touch /go").expect(0);
      stop.await(Sandbox.LIMIT).expect(0);
    }
    assertThat(sandbox.lock(id)).doesNotExist();
  }

  @Test
  void aDeadHoldersIsRemoved() throws IOException {
    int id = sandbox.create("busybox");
    Process dead = new ProcessBuilder("true").start();
    dead.onExit().join();
    Files.writeString(sandbox.lock(id), dead.pid() + "\n\n");
    assertThat(sandbox.vzctl("mount", "" + id).ok())
        .isEqualTo("Removing stale lock file " + sandbox.lock(id) + "\nContainer is mounted\n");
    Files.writeString(sandbox.lock(id), "nonsense\n");
    assertThat(sandbox.vzctl("umount", "" + id).ok()).isEqualTo("Container is unmounted\n");
    assertThat(sandbox.lock(id)).doesNotExist();
  }

  @Test
  void aHoldersNumberThatSomebodyElseGotLocksNothing() throws IOException {
    int id = sandbox.create("busybox");
    // Our pid, but the start time of another process.
    Files.writeString(sandbox.lock(id), ProcessHandle.current().pid() + "\n\n1\n");
    assertThat(sandbox.vzctl("mount", "" + id).ok()).contains("Removing stale lock file");
  }

  @Test
  void interruptedCommandTakesItsWorkBack() {
    int id = sandbox.create("busybox");
    Installation.write(
        sandbox.etc().resolve("conf/" + id + ".mount"),
        "#!/bin/sh\ntouch "
            + sandbox.base()
            + "/mounting\nsleep 60 & echo $! >"
            + sandbox.base()
            + "/sleeper\nwait\n",
        "rwxr-xr-x");
    try (Running start = sandbox.background("start", "" + id)) {
      Host.await(
          "the mount script",
          Duration.ofSeconds(30),
          () -> !Host.read(sandbox.base().resolve("sleeper")).isEmpty());
      Host.kill("TERM", start.process().pid());
      Result ended = start.await(Sandbox.LIMIT);
      assertThat(ended.status()).isNotZero();
      assertThat(ended.err()).contains("Cancelling...");
    } finally {
      String sleeper = Host.read(sandbox.base().resolve("sleeper")).strip();
      if (!sleeper.isEmpty()) {
        Host.kill("KILL", Long.parseLong(sleeper));
      }
    }
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
    sandbox.assertNothingRemains(id);
  }

  @Test
  void interruptedCreateLeavesNothing() {
    sandbox.template("debian-12-x86_64");
    int id = sandbox.id();
    Path area = sandbox.privateArea(id);
    try (Running create =
        sandbox.background("create", "" + id, "--ostemplate", "debian-12-x86_64")) {
      Host.await(
          "it unpacks",
          Duration.ofSeconds(30),
          () -> Files.exists(area.resolveSibling(id + ".tmp/usr")));
      Host.kill("INT", create.process().pid());
      assertThat(create.await(Sandbox.LIMIT).status()).isNotZero();
    }
    assertThat(area.resolveSibling(id + ".tmp")).doesNotExist();
    assertThat(area).doesNotExist();
    assertThat(sandbox.config(id)).doesNotExist();
    assertThat(sandbox.status(id)).isEqualTo("deleted unmounted down");
  }
}
