package org.vzj.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands in a running container, with pipes. */
@Tag("root")
@Timeout(60)
class ExecRootTest {
  @TempDir private static Path directory;
  private static BusyboxContainer ct;

  @BeforeAll
  static void start() throws IOException {
    ct = new BusyboxContainer(directory);
    ct.start("exec sleep 1000");
  }

  @AfterAll
  static void end() throws Exception {
    if (ct != null) {
      ct.stop();
    }
  }

  @Test
  void everyExitStatusArrives() throws IOException {
    for (int status = 0; status < 256; status++) {
      assertThat(ct.run("exit " + status, "").report()).isEqualTo(new LaunchReport.Exited(status));
    }
  }

  @Test
  void aSignalArrives() throws IOException {
    for (int signal : new int[] {1, 2, 9, 15, 31, 34, 64}) {
      assertThat(ct.run("kill -" + signal + " $$", "").report())
          .isEqualTo(new LaunchReport.Signalled(signal));
    }
  }

  @Test
  void streamsAreKeptApart() throws IOException {
    BusyboxContainer.Run run = ct.run("cat; echo err >&2; tty", "in\n");
    assertThat(run.out()).isEqualTo("in\nnot a tty\n");
    assertThat(run.err()).isEqualTo("err\n");
  }

  @Test
  void theProcessHasNothingOfTheHost() throws IOException {
    String script = "cd /proc/self/fd; for f in 0 1 2 3 4 5 6 7 8 9; do readlink $f; done; true";
    assertThat(ct.run(script, "").out().lines())
        .as("the three pipes, and nothing else")
        .hasSize(3)
        .allMatch(line -> line.startsWith("pipe:"));
    assertThat(ct.run("echo x > /proc/self/fd/1; echo $PATH; pwd; cat /proc/1/comm", "").out())
        .isEqualTo("x\n/bin:/sbin\n/\nsleep\n");
  }

  @Test
  void aProgramThatHeedsNoSignalIsNotWaitedForForEver() throws IOException {
    long begin = System.nanoTime();
    assertThatThrownBy(
            () ->
                ct.launcher.run(
                    ct.shell(StdioMode.PIPES, "trap '' TERM HUP; while :; do sleep 1; done"),
                    Stdio.captured(new byte[0], 100),
                    Duration.ofSeconds(1)))
        .isInstanceOf(LaunchTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void whatAProgramPrintsBeyondTheLimitIsForgotten() throws IOException {
    Stdio stdio = Stdio.captured(new byte[0], 100);
    LaunchReport report =
        ct.launcher.run(
            ct.shell(StdioMode.PIPES, "n=0; while [ $n -lt 9999 ]; do echo y; n=$((n+1)); done"),
            stdio,
            Duration.ofSeconds(30));
    assertThat(report).isEqualTo(new LaunchReport.Exited(0));
    assertThat(stdio.outText()).isEqualTo("y\n".repeat(50));
  }

  @Test
  void programsOfTheHostWorkInItsNetwork() throws IOException {
    long[] init = ct.init();
    LaunchPlan plan =
        LaunchPlan.builder()
            .netns(init[0], init[1])
            .begin(
                true,
                "echo 77 > /proc/sys/net/ipv4/ip_default_ttl; readlink /proc/self/fd/3 >&2; exit 4",
                "sh")
            .await()
            .build();
    LaunchReport.Failed failed = (LaunchReport.Failed) ct.launcher.run(plan);
    assertThat(failed.errno()).isEqualTo("EIO");
    assertThat(failed.step()).as("the one that began it").isEqualTo(2);
    assertThat(failed.message())
        .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
    assertThat(ct.run("cat /proc/sys/net/ipv4/ip_default_ttl", "").out()).isEqualTo("77\n");
    assertThat(Files.readString(Path.of("/proc/sys/net/ipv4/ip_default_ttl")))
        .as("that of the host")
        .isNotEqualTo("77\n");
  }

  @Test
  void aKeptNetworkIsWorkedOnByItsFile(@TempDir Path directory) throws IOException {
    long[] init = ct.init();
    String file = directory.resolve("netns").toString();
    String show = "readlink /proc/self/ns/net >&2; exit 4";
    LaunchPlan.Builder keep = LaunchPlan.builder().netns(init[0], init[1]).netnsKeep(file);
    LaunchReport.Failed kept =
        (LaunchReport.Failed) ct.launcher.run(keep.begin(true, show, "sh").await().build());
    try {
      assertThat(kept.message()).startsWith("net:[");
      LaunchPlan.Builder again = LaunchPlan.builder().netnsFile(file).begin(true, show, "sh");
      assertThat(((LaunchReport.Failed) ct.launcher.run(again.await().build())).message())
          .isEqualTo(kept.message())
          .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
      LaunchPlan.Builder twice = LaunchPlan.builder().netns(init[0], init[1]).netnsKeep(file);
      assertThat(((LaunchReport.Failed) ct.launcher.run(twice.build())).errno())
          .isEqualTo("EEXIST");
    } finally {
      assertThat(ct.launcher.run(LaunchPlan.builder().umount(file, true).build()))
          .isEqualTo(new LaunchReport.Done());
    }
  }

  @Test
  void ofSeveralProgramsAtOnceTheFirstThatFailedIsTold() throws IOException {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    plan.begin(false, "exit 0", "sh").begin(false, "echo one >&2; echo two >&2; exit 1", "sh");
    plan.begin(false, "echo three >&2; exit 1", "sh").await();
    assertThat(ct.launcher.run(plan.build()))
        .isEqualTo(
            new LaunchReport.Failed(
                2,
                "begin host echo\\040one\\040>&2;\\040echo\\040two\\040>&2;\\040exit\\0401 sh",
                "EIO",
                "one|two"));
    assertThat(ct.launcher.run(LaunchPlan.builder().begin(false, "exit 1", "sh").settle().build()))
        .as("it does not matter")
        .isEqualTo(new LaunchReport.Done());
    assertThat(
            ct.launcher.run(
                LaunchPlan.builder().begin(false, "", "vztest-no-such").await().build()))
        .hasToString(
            "Failed[step=1, what=begin host \\e vztest-no-such, errno=EIO,"
                + " message=vztest-no-such: No such file or directory]");
  }

  @Test
  void binaryDataGoesBothWaysUnchanged() throws Exception {
    Path in = directory.resolve("in");
    Path out = directory.resolve("out");
    byte[] block = new byte[1 << 20];
    Random random = new Random(1);
    try (OutputStream stream = Files.newOutputStream(in)) {
      for (int i = 0; i < 100; i++) {
        random.nextBytes(block);
        stream.write(block);
      }
    }
    Process launcher =
        command("cat").redirectInput(in.toFile()).redirectOutput(out.toFile()).start();
    assertThat(launcher.waitFor()).isZero();
    assertThat(Files.mismatch(in, out)).isEqualTo(-1);
    Process piped =
        new ProcessBuilder(
                "sh",
                "-c",
                "cat "
                    + in
                    + " | "
                    + String.join(" ", command("cat").command())
                    + " | cat > "
                    + out)
            .start();
    assertThat(piped.waitFor()).isZero();
    assertThat(Files.mismatch(in, out)).isEqualTo(-1);
  }

  @Test
  void theEndOfInputArrivesWhileOutputGoesOn() throws Exception {
    assertThat(ct.run("cat >/dev/null; sleep 0.2; echo later", "x").out()).isEqualTo("later\n");
  }

  @Test
  void outputAfterACloseOfInputIsNotLost() throws Exception {
    assertThat(ct.run("exec <&-; seq 50000", "x".repeat(200_000)).out()).hasLineCount(50_000);
  }

  @Test
  void theWriterLearnsThatNobodyReads() throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                String.join(" ", command("yes; echo $? >/tmp/yes").command()) + "|head -1")
            .start();
    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("y\n");
  }

  @Test
  void aChildThatKeepsThePipeIsNotWaitedFor() throws Exception {
    long before = System.nanoTime();
    BusyboxContainer.Run run = ct.run("sleep 30 & seq 20000", "");
    assertThat(run.out()).hasLineCount(20_000);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before)).isLessThan(10);
    assertThat(ct.run("(while echo x; do true; done) & sleep 0.2; exit 5", "").report())
        .as("even if it writes on and on")
        .isEqualTo(new LaunchReport.Exited(5));
  }

  @Test
  void signalsArePassedOn() throws Exception {
    for (String name : List.of("TERM", "HUP", "INT", "QUIT")) {
      Process launcher =
          command("trap 'echo got; exit 42' " + name + "; echo ready; while :; do sleep 0.1; done")
              .start();
      assertThat(launcher.getInputStream().readNBytes(6)).asString().isEqualTo("ready\n");
      new ProcessBuilder("kill", "-" + name, Long.toString(launcher.pid())).start().waitFor();
      assertThat(launcher.waitFor()).isEqualTo(42);
      assertThat(launcher.getInputStream().readAllBytes()).asString().isEqualTo("got\n");
    }
  }

  @Test
  void theProcessSeesTheEndOfAKilledLauncher() throws Exception {
    Process launcher = command("echo ready; cat; echo end > /tmp/killed").start();
    assertThat(launcher.getInputStream().readNBytes(6)).asString().isEqualTo("ready\n");
    launcher.destroyForcibly().waitFor();
    assertThat(BusyboxContainer.await(ct.root.resolve("tmp/killed"))).isEqualTo("end");
  }

  @Test
  void theLauncherDoesNotOutliveItsCaller() throws Exception {
    List<String> words = command("echo $$ > /tmp/orphan; sleep 1000").command();
    Process caller =
        new ProcessBuilder("sh", "-c", String.join(" ", words) + " </dev/null & sleep 1000")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BusyboxContainer.await(ct.root.resolve("tmp/orphan"));
    ProcessHandle launcher =
        caller
            .children()
            .filter(c -> c.info().command().orElse("").endsWith("vzlaunch"))
            .findAny()
            .orElseThrow();
    caller
        .children()
        .filter(c -> c.pid() != launcher.pid())
        .forEach(ProcessHandle::destroyForcibly);
    caller.destroyForcibly().waitFor();
    launcher.onExit().get(5, TimeUnit.SECONDS);
    assertThat(launcher.isAlive()).isFalse();
  }

  @Test
  void anInterruptEndsTheCommand() throws Exception {
    Thread waiting = Thread.currentThread();
    Thread interrupter =
        new Thread(
            () -> {
              try {
                BusyboxContainer.await(ct.root.resolve("tmp/begun"));
              } catch (IOException | InterruptedException e) {
                // The test fails by its own assertions.
              }
              waiting.interrupt();
            });
    interrupter.start();
    LaunchPlan plan =
        ct.shell(
            StdioMode.PIPES,
            "trap 'echo > /tmp/ended; exit' TERM; echo > /tmp/begun; sleep 30 & wait");
    assertThatThrownBy(() -> ct.launcher.run(plan, Stdio.captured(new byte[0])))
        .satisfies(e -> assertThat(e).isInstanceOf(InterruptedIOException.class));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(BusyboxContainer.await(ct.root.resolve("tmp/ended"))).isEmpty();
  }

  @Test
  void aReusedPidIsRefused() throws IOException {
    long[] init = ct.init();
    LaunchPlan plan =
        LaunchPlan.builder()
            .setns(init[0], init[1] + 1, Namespace.values())
            .fork()
            .inside()
            .exec("/bin/true", List.of("true"))
            .build();
    assertThat(ct.launcher.run(plan))
        .isEqualTo(
            new LaunchReport.Failed(
                1,
                "setns " + init[0] + " " + (init[1] + 1) + " user,pid,mount,net,ipc,uts,cgroup",
                "ESRCH",
                "the process has ended"));
    assertThat(ct.launcher.run(LaunchPlan.builder().signal(init[0], init[1] + 1, 9).build()))
        .isInstanceOf(LaunchReport.Failed.class);
    assertThat(Path.of("/proc/" + init[0])).exists();
  }

  @Test
  void limitsCapabilitiesAndUserAreSet() throws IOException {
    LaunchPlan plan =
        ct.enter(StdioMode.PIPES)
            .rlimit("nofile", "77", "88")
            .rlimit("core", "0", "unlimited")
            .umask(027)
            .capabilities(List.of(0, 6, 7))
            .user(33, 34, List.of(5L, 6L))
            .exec(
                "/bin/sh",
                List.of("sh", "-c", "id; umask; ulimit -n; ulimit -Hn; grep Cap /proc/self/status"))
            .build();
    Stdio stdio = Stdio.captured(new byte[0]);
    assertThat(ct.launcher.run(plan, stdio)).isEqualTo(new LaunchReport.Exited(0));
    assertThat(stdio.outText())
        .contains("uid=33 gid=34 groups=5,6\n0027\n77\n88\n")
        .contains("CapInh:\t0000000000000000")
        .contains("CapEff:\t0000000000000000")
        .contains("CapBnd:\t00000000000000c1")
        .contains("CapAmb:\t0000000000000000");
  }

  private static ProcessBuilder command(String script) throws IOException {
    Path plan = ct.planFile(ct.shell(StdioMode.PIPES, script));
    return new ProcessBuilder(BusyboxContainer.VZLAUNCH.toString(), plan.toString());
  }
}
