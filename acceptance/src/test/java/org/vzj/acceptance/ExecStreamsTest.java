package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Much data through a command's streams, callers that vanish, scripts, several containers. */
@Tag("root")
@TestInstance(Lifecycle.PER_CLASS)
class ExecStreamsTest {
  private static final int MEGABYTES = 100;

  private final Sandbox sandbox = Sandbox.open();
  private int id;
  private String ct = "";

  @BeforeAll
  void start() {
    id = sandbox.start("sysvinit");
    ct = "" + id;
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  private Path random() throws IOException {
    Path file = sandbox.base().resolve("random");
    if (!Files.exists(file)) {
      Host.run("dd", "if=/dev/urandom", "of=" + file, "bs=1M", "count=" + MEGABYTES, "status=none")
          .expect(0);
    }
    return file;
  }

  private static String hash(Path file) {
    return Host.run("sha256sum", file.toString()).ok().substring(0, 64);
  }

  @Test
  void hundredMegabytesThroughFiles() throws IOException {
    Path in = random();
    Path out = sandbox.base().resolve("copy");
    ProcessBuilder builder = sandbox.command("vzctl", "exec2", ct, "cat");
    builder.redirectInput(in.toFile()).redirectOutput(out.toFile());
    try (Running running = Running.start(builder)) {
      running.await(Sandbox.LIMIT).expect(0);
    }
    assertThat(hash(out)).isEqualTo(hash(in));
  }

  @Test
  void hundredMegabytesThroughPipes() throws IOException {
    Path in = random();
    Path sums = sandbox.base().resolve("sums");
    Path script = sandbox.base().resolve("pipes");
    Installation.write(
        script,
        "cat \"$1\" | \"$2\" exec2 $3 'tee /dev/stderr | sha256sum' 2>\"$4.err\" >\"$4\"\n",
        "rw-------");
    ProcessBuilder builder = sandbox.command("vzctl"); // for its environment
    builder.command(
        "bash",
        "-o",
        "pipefail",
        script.toString(),
        in.toString(),
        sandbox.base().resolve("lib/bin/vzctl").toString(),
        ct,
        sums.toString());
    try (Running running = Running.start(builder)) {
      running.await(Sandbox.LIMIT).expect(0);
    }
    assertThat(Host.read(sums)).startsWith(hash(in));
    assertThat(hash(Path.of(sums + ".err"))).isEqualTo(hash(in));
  }

  @Test
  void readerThatGoesAwayEndsTheWriter() {
    ProcessBuilder builder = sandbox.command("vzctl");
    builder.command(
        "bash",
        "-c",
        "\"$1\" exec2 $2 'yes 62.7' | head -n 2",
        "bash",
        sandbox.base().resolve("lib/bin/vzctl").toString(),
        ct);
    try (Running running = Running.start(builder)) {
      assertThat(running.await(Duration.ofSeconds(60)).ok()).isEqualTo("62.7\n62.7\n");
    }
    assertGone("yes 62[.]7");
  }

  @Test
  void callerThatIsKilledLeavesNothingInside() {
    try (Running running = sandbox.background("exec2", ct, "echo up; sleep 63.7; echo after")) {
      Host.await("it runs", Duration.ofSeconds(60), () -> running.outSoFar().equals("up\n"));
      Host.kill("KILL", running.process().pid());
    }
    assertGone("sleep 63[.]7");
  }

  @Test
  void callerThatIsTerminatedLeavesNothingInside() {
    try (Running running = sandbox.background("exec2", ct, "echo up; sleep 64.7; echo after")) {
      Host.await("it runs", Duration.ofSeconds(60), () -> running.outSoFar().equals("up\n"));
      Host.kill("TERM", running.process().pid());
      assertThat(running.await(Duration.ofSeconds(60)).status()).isNotZero();
    }
    assertGone("sleep 64[.]7");
  }

  private void assertGone(String pattern) {
    Host.await(
        "nothing of " + pattern + " runs inside",
        Duration.ofSeconds(30),
        () -> sandbox.vzctl("exec2", ct, "pgrep -f '" + pattern + "'").status() == 1);
    Host.await(
        "no launcher outside",
        Duration.ofSeconds(30),
        () -> Host.processesNaming(sandbox.base() + "/run/plans").isEmpty());
  }

  @Test
  void scriptRunsInARunningContainer() throws IOException {
    File script = sandbox.base().resolve("script").toFile();
    Files.writeString(script.toPath(), "echo runs on $(readlink /proc/1/exe); exit 17\n");
    Result result = sandbox.vzctl("runscript", ct, script.toString()).expect(17);
    assertThat(result.out()).isEqualTo("runs on /usr/sbin/init\n");
    assertThat(sandbox.vzctl("runscript", ct, "/no/such").expect(11).err())
        .isEqualTo("Script not found: /no/such\n");
    assertThat(sandbox.vzctl("runscript", ct).expect(20).err()).isEqualTo("Script not specified\n");
  }

  @Test
  void scriptRunsInAStoppedContainerWithoutInit() throws IOException {
    int stopped = sandbox.create("busybox");
    Path script = sandbox.base().resolve("stopped-script");
    Files.writeString(script, "echo pid $$; hostname; touch /made; sleep 1000 & exit 5\n");
    Result result = sandbox.vzctl("runscript", "" + stopped, script.toString()).expect(5);
    assertThat(result.out()).isEqualTo("pid 1\nCT" + stopped + "\n");
    assertThat(sandbox.privateArea(stopped).resolve("made")).exists();
    assertThat(sandbox.status(stopped)).isEqualTo("exist unmounted down");
    sandbox.assertNothingRemains(stopped);
  }

  @Test
  void severalContainersAtOnce() {
    int other = sandbox.start("busybox");
    Result result =
        sandbox.vzctl("exec2", ct + "," + other, "echo to stdout; echo to stderr >&2").expect(0);
    for (int each : List.of(id, other)) {
      assertThat(result.out()).contains("CT " + each + ": to stdout\n");
    }
    Result failed =
        sandbox.vzctl("exec2", ct + "," + other, "test -e /etc/debian_version || exit 9");
    assertThat(failed.status()).isEqualTo(9);
    assertThat(failed.err()).contains("CT " + other + ": failed (9)");
  }
}
