package org.vzj.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands at a terminal, and the console. */
@Tag("root")
@Timeout(60)
class TerminalRootTest {
  @TempDir private static Path directory;
  private static Path driver;
  private static BusyboxContainer ct;

  @BeforeAll
  static void start() throws Exception {
    ct = new BusyboxContainer(directory);
    driver = Terminal.compile(directory);
    ct.start("echo first words; while read line; do echo \"heard $line\"; stty size; done");
  }

  @AfterAll
  static void end() throws Exception {
    if (ct != null) {
      ct.stop();
    }
  }

  @Test
  void itIsTheContainersOwnTerminal() throws Exception {
    Terminal terminal = shell("tty; stty size; ls /dev/pts | cat; exit 3");
    assertThat(terminal.expect("[modes same]")).isEqualTo("/dev/pts/0\r\n24 80\r\n0\r\nptmx\r\n");
    assertThat(terminal.end()).isEqualTo(3);
  }

  @Test
  void anInteractiveShellHasJobControlAndFollowsTheWindow() throws Exception {
    Terminal terminal = interactive();
    terminal.type("sleep 100\n");
    terminal.expect("sleep 100\r\n");
    Thread.sleep(200);
    terminal.type("\u0003");
    terminal.expect("# ");
    terminal.type("echo status $?\n");
    terminal.expect("status 130\r\n");
    terminal.type("sleep 100\n");
    terminal.expect("sleep 100\r\n");
    Thread.sleep(200);
    terminal.type("\u001a");
    terminal.expect("Stopped");
    terminal.type("kill -9 %1; wait; stty size\n");
    terminal.expect("24 80\r\n");
    terminal.resize();
    Thread.sleep(200);
    terminal.type("stty size\n");
    terminal.expect("50 132\r\n");
    terminal.type("exit 7\n");
    terminal.expect("[modes same]");
    assertThat(terminal.end()).isEqualTo(7);
  }

  @Test
  void allOutputArrives() throws Exception {
    for (int i = 0; i < 5; i++) {
      Terminal terminal = shell("seq 20000");
      assertThat(terminal.expect("[modes same]")).endsWith("\n19999\r\n20000\r\n");
      assertThat(terminal.end()).isZero();
    }
  }

  @Test
  void theTerminalIsRestoredWhateverEndsTheLauncher() throws Exception {
    for (String signal : List.of("TERM", "HUP", "USR1", "ALRM", "SEGV")) {
      Terminal terminal = interactive();
      long pid = terminal.command().pid();
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
      terminal.expect("[modes same]");
      assertThat(terminal.end()).isGreaterThan(128);
    }
  }

  @Test
  void theShellIsHungUpWhenTheLauncherIsKilled() throws Exception {
    Terminal terminal =
        shell("trap 'echo > /tmp/hup; exit' HUP; echo ready; while :; do sleep 0.1; done");
    terminal.expect("ready");
    terminal.command().destroyForcibly();
    assertThat(BusyboxContainer.await(ct.root.resolve("tmp/hup"))).isEmpty();
    terminal.end();
  }

  @Test
  void inputMayComeFromAPipe() throws Exception {
    Path plan = ct.planFile(ct.shell(StdioMode.PTY, "cat; echo done; exit 4"));
    Process launcher =
        new ProcessBuilder(BusyboxContainer.VZLAUNCH.toString(), plan.toString()).start();
    launcher.getOutputStream().write("some line\nno end".getBytes(StandardCharsets.US_ASCII));
    launcher.getOutputStream().close();
    assertThat(launcher.waitFor()).isEqualTo(4);
    assertThat(launcher.getInputStream().readAllBytes())
        .asString()
        .isEqualTo("some line\r\nno endsome line\r\nno enddone\r\n");
  }

  @Test
  void thePlanMayTypeFirst() throws Exception {
    LaunchPlan plan =
        ct.enter(StdioMode.PTY).type("echo typed; exit 6\n").exec("/bin/sh", List.of("sh")).build();
    Terminal terminal = run(plan);
    terminal.expect("\r\ntyped\r\n");
    terminal.expect("[modes same]");
    assertThat(terminal.end()).isEqualTo(6);
  }

  @Test
  void aHostilePtmxIsRefused() throws Exception {
    String hide = "mount -t tmpfs none /dev/pts && mknod /dev/pts/ptmx p; exec sleep 1000";
    BusyboxContainer hostile =
        new BusyboxContainer(Files.createDirectory(directory.resolve("hostile")));
    try {
      hostile.start(hide);
      Thread.sleep(300);
      LaunchReport report = hostile.launcher.run(hostile.shell(StdioMode.PTY, "true"));
      assertThat(report).isInstanceOf(LaunchReport.Failed.class);
      assertThat(((LaunchReport.Failed) report).text()).contains("ENODEV no pseudo-terminals");
    } finally {
      hostile.stop();
    }
  }

  @Test
  void theConsoleShowsWhatWasSaidAndTakesInput() throws Exception {
    Terminal terminal =
        run(LaunchPlan.builder().attach(ct.state.resolve("console.sock").toString()).build());
    terminal.expect("first words\r\n");
    terminal.type("hello\r");
    terminal.expect("heard hello\r\n");
    terminal.expect("24 80\r\n");
    terminal.resize();
    Thread.sleep(200);
    Terminal second =
        run(LaunchPlan.builder().attach(ct.state.resolve("console.sock").toString()).build());
    second.expect("heard hello\r\n");
    terminal.type("x\u001b.y\u001b[A\r");
    terminal.expect("heard x\u001b.y\u001b[A\r\n");
    second.expect("heard x\u001b.y\u001b[A\r\n");
    terminal.type("\u001b.");
    terminal.expect("[modes same]");
    assertThat(terminal.end()).isZero();
    second.type("\u001b!\u001b.");
    assertThat(second.end()).isZero();
  }

  @Test
  void theConsoleCanBeReadWithoutATerminal() throws Exception {
    Process launcher =
        new ProcessBuilder(
                BusyboxContainer.VZLAUNCH.toString(),
                ct.planFile(
                        LaunchPlan.builder()
                            .attach(ct.state.resolve("console.sock").toString())
                            .build())
                    .toString())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    assertThat(launcher.getInputStream().readAllBytes()).asString().contains("first words\r\n");
    assertThat(launcher.waitFor()).isZero();
  }

  private static Terminal interactive() throws IOException, InterruptedException {
    Terminal terminal =
        run(ct.enter(StdioMode.PTY).env("PS1", "# ").exec("/bin/sh", List.of("-sh")).build());
    terminal.expect("# ");
    return terminal;
  }

  private static Terminal shell(String script) throws IOException {
    return run(ct.shell(StdioMode.PTY, script));
  }

  private static Terminal run(LaunchPlan plan) throws IOException {
    return Terminal.run(driver, BusyboxContainer.VZLAUNCH.toString(), ct.planFile(plan).toString());
  }
}
