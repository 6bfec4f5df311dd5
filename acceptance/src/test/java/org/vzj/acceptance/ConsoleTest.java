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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** {@code vzctl console}: what was printed is kept, what is typed arrives, detaching works. */
@Tag("root")
@TestInstance(Lifecycle.PER_CLASS)
class ConsoleTest {
  private final Sandbox sandbox = Sandbox.open();
  private int id;

  @BeforeAll
  void start() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/tmux")), "needs tmux");
    id = sandbox.create("debian-12-x86_64", "--hostname", "vztest");
    // systemd 252 may cut a line within an escape sequence, and a terminal then swallows the rest.
    Path settings = sandbox.privateArea(id).resolve("etc/systemd/system.conf");
    Installation.write(settings, "[Manager]\nStatusUnitFormat=name\n", "rw-r--r--");
    sandbox.vzctl("start", "" + id, "--wait").expect(0);
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  @Test
  void showsALoginPromptAndDetaches() {
    try (Tmux terminal = Tmux.open(sandbox)) {
      terminal.line("vzctl console " + id);
      terminal.await("Attached to CT " + id + " (ESC . to detach)").await("vztest login:");
      // The first Enter begins a line, at which ESC is looked at.
      terminal.key("Enter").type("root").key("Enter").await("Password:");
      terminal.key("C-d").key("Enter");
      terminal.key("Escape").type(".").await("Detached from CT " + id);
      terminal
          .line("echo rc=$?; stty -a | grep -o ' [-]*icanon'")
          .awaitLine("rc=0")
          .awaitLine(" icanon");
    }
  }

  @Test
  void keepsWhatWasPrintedBeforeAndShowsWhatComes() {
    sandbox.vzctl("exec2", "" + id, "echo prin''ted before >/dev/console").expect(0);
    try (Tmux terminal = Tmux.open(sandbox)) {
      terminal.line("vzctl console " + id).await("printed before");
      sandbox.vzctl("exec2", "" + id, "echo printed now >/dev/console").expect(0);
      terminal.await("printed now");
      terminal.key("Enter").key("Escape").type(".").await("Detached from CT " + id);
    }
  }

  @Test
  void startUpMessagesOfSystemVInitAreKept() {
    int other = sandbox.create("sysvinit");
    sandbox.vzctl("start", "" + other, "--wait").expect(0);
    Result shown = sandbox.vzctl("console", "" + other).expect(0);
    assertThat(shown.out()).contains("INIT: version").contains("Entering runlevel: 2");
    assertThat(shown.err())
        .isEqualTo(
            "Attached to CT " + other + " (ESC . to detach)\nDetached from CT " + other + "\n");
  }

  @Test
  void ringHoldsOnlySoMuch() {
    int other = sandbox.start("busybox");
    sandbox
        .vzctl("exec2", "" + other, "seq 1 50000 >/dev/console; echo the e''nd >/dev/console")
        .expect(0);
    Host.await(
        "all is printed",
        Duration.ofSeconds(30),
        () -> sandbox.vzctl("console", "" + other).out().contains("the end"));
    assertThat(sandbox.state(other).resolve("console.log").toFile().length()).isLessThan(80_000);
    String shown = sandbox.vzctl("console", "" + other).ok();
    assertThat(shown).contains("50000").doesNotContain("\n1\r").endsWith("the end\r\n");
  }

  @Test
  void consoleGoesWithItsContainer() {
    int other = sandbox.start("busybox");
    try (Running console = sandbox.background("console", "" + other)) {
      Host.await(
          "attached",
          Duration.ofSeconds(30),
          () -> Files.exists(sandbox.state(other).resolve("console.sock")));
      Host.pause(300);
      sandbox.vzctl("stop", "" + other, "--fast").expect(0);
      console.await(Duration.ofSeconds(30));
    }
    assertThat(sandbox.vzctl("console", "" + other).status()).isNotZero();
    assertThat(sandbox.vzctl("console", "" + id, "99").expect(21).err()).contains("99");
    sandbox.vzctl("console", "" + id, "1", "2").expect(20);
  }
}
