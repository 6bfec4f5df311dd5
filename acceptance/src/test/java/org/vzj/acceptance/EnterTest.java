package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** {@code vzctl enter} at a real terminal. */
@Tag("root")
@TestInstance(Lifecycle.PER_CLASS)
class EnterTest {
  private final Sandbox sandbox = Sandbox.open();
  private int id;
  private Tmux terminal;

  @BeforeAll
  void start() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/tmux")), "needs tmux");
    id = sandbox.start("sysvinit");
    // A prompt that no profile changes.
    sandbox.vzctl("exec2", "" + id, "echo \"PS1='inner# '\" >/root/.bashrc").expect(0);
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  @BeforeEach
  void open() {
    terminal = Tmux.open(sandbox);
  }

  @AfterEach
  void leave() {
    terminal.close();
    Host.await(
        "no shell stays inside when the terminal has gone",
        Duration.ofSeconds(30),
        () -> sandbox.vzctl("exec2", "" + id, "pgrep -x bash").out().isEmpty());
  }

  private void enter() {
    terminal.line("vzctl enter " + id);
    terminal.awaitLine("entered into CT " + id).awaitLine("inner#");
  }

  private String stty(String name) {
    Path file = sandbox.base().resolve(name);
    terminal.line("stty -g >" + file + " && echo sav''ed-" + name).await("saved-" + name);
    return Host.read(file);
  }

  @Test
  void givesALoginShellOnATerminalOfTheContainer() {
    String before = stty("before");
    assertThat(before).isNotEmpty();
    enter();
    terminal.line("tty").awaitLine("/dev/pts/\\d+");
    terminal
        .line("echo $0 $HOME $USER $LOGNAME $HISTFILE $TERM, $PWD")
        .awaitLine("-bash /root root root /dev/null (screen|tmux)\\S*, /\\S*");
    terminal.line("ls -l $(tty) | cut -d' ' -f3").awaitLine("root");
    terminal.line("shopt login_shell").awaitLine("login_shell\\s+on");
    terminal.line("exit 5").awaitLine("exited from CT " + id);
    terminal.line("echo rc=$?").awaitLine("rc=0");
    assertThat(stty("after")).isEqualTo(before);
  }

  @Test
  void followsTheWindowsSize() {
    enter();
    terminal.line("stty size").awaitLine("30 100");
    terminal.resize(120, 40);
    terminal.line("stty size").awaitLine("40 120");
    terminal.line("trap 'stty size; echo chan''ged' WINCH").resize(90, 35);
    // bash runs traps after the command in the foreground.
    Host.pause(200);
    terminal.key("Enter").await("35 90").awaitLine("changed");
    terminal.line("exit").awaitLine("exited from CT " + id);
  }

  @Test
  void hasJobControl() {
    enter();
    terminal.line("sleep 1071");
    awaitInside("sleep 1071");
    terminal.key("C-z").await("Stopped");
    terminal.line("jobs").awaitLine("\\[1\\]\\+\\s+Stopped\\s+sleep 1071");
    terminal.line("fg").line("");
    Host.await(
        "it runs in the foreground again",
        Duration.ofSeconds(30),
        () -> inside("ps -o stat= -C sleep").contains("S+"));
    terminal.key("C-c");
    terminal.line("echo stat''us $?").awaitLine("status 130");
    terminal.line("exit").awaitLine("exited from CT " + id);
  }

  @Test
  void interruptEndsOnlyTheForegroundJob() {
    enter();
    terminal.line("sleep 1072 &");
    terminal.line("sleep 1073");
    awaitInside("sleep 1073");
    terminal.key("C-c");
    terminal.line("echo still he''re").awaitLine("still here");
    assertThat(inside("pgrep -fx 'sleep 1073'")).isEmpty();
    assertThat(inside("pgrep -fx 'sleep 1072'")).isNotEmpty();
    terminal.line("kill %1; exit").awaitLine("exited from CT " + id);
    terminal.line("echo outer li''ves").awaitLine("outer lives");
  }

  @Test
  void typesTheWordsOfExec() {
    terminal.line("vzctl enter " + id + " --exec echo 'ty''ped $((40+2))'");
    terminal.awaitLine("entered into CT " + id).awaitLine("typed 42");
    terminal.line("echo session is op''en").awaitLine("session is open");
    terminal.line("exit").awaitLine("exited from CT " + id);
  }

  @Test
  void endOfFileEndsTheShell() {
    enter();
    terminal.key("C-d").awaitLine("exited from CT " + id);
    terminal.line("echo rc=$?").awaitLine("rc=0");
  }

  @Test
  void closedTerminalEndsWhatRunsInIt() {
    enter();
    terminal.line("sleep 1074");
    awaitInside("sleep 1074");
    terminal.close();
    Host.await(
        "sleep is gone", Duration.ofSeconds(30), () -> inside("pgrep -fx 'sleep 1074'").isEmpty());
  }

  @Test
  void containerThatStopsGivesTheTerminalBack() {
    String before = stty("stop-before");
    int other = sandbox.start("busybox");
    terminal.line("vzctl enter " + other).awaitLine("entered into CT " + other);
    terminal.line("echo in''side").awaitLine("inside");
    sandbox.vzctl("stop", "" + other, "--fast").expect(0);
    terminal.await("exited from CT " + other);
    assertThat(stty("stop-after")).isEqualTo(before);
  }

  @Test
  void notRunning() {
    int other = sandbox.create("busybox");
    terminal.line("vzctl enter " + other + "; echo rc=$?");
    terminal.awaitLine("Container is not running").awaitLine("rc=31");
    assertThat(sandbox.vzctl("enter", "" + other).expect(31).err())
        .isEqualTo("Container is not running\n");
    assertThat(sandbox.vzctl("enter", "" + id, "--exec").expect(20).err())
        .isEqualTo("No command line given for --exec\n");
    assertThat(sandbox.vzctl("enter", "" + id, "--foo").expect(20).err())
        .isEqualTo("Invalid option '--foo'\n");
  }

  @Test
  void worksWithoutATerminal() {
    Result result = sandbox.vzctlWithInput("tty; echo $((6*7)); exit 3\n", "enter", "" + id);
    result.expect(0);
    assertThat(result.out().replace("\r", ""))
        .startsWith("entered into CT " + id + "\n")
        .endsWith("exited from CT " + id + "\n")
        .containsPattern("/dev/pts/\\d+\n")
        .contains("\n42\n");
    assertThat(result.err()).contains("Unable to get term attr");
    Result empty = sandbox.vzctl("enter", "" + id).expect(0);
    assertThat(empty.out()).endsWith("exited from CT " + id + "\n");
  }

  private String inside(String command) {
    return sandbox.vzctl("exec2", "" + id, command).out();
  }

  private void awaitInside(String line) {
    Host.await(
        line + " runs",
        Duration.ofSeconds(30),
        () -> !inside("pgrep -fx '" + line + "'").isEmpty());
  }
}
