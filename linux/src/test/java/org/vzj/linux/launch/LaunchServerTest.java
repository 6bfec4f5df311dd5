package org.vzj.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of many threads in one process of the launcher. */
@Tag("root")
class LaunchServerTest {
  @TempDir Path directory;

  private final Launcher launcher =
      new Launcher(BusyboxContainer.VZLAUNCH, Path.of("/nonexistent"));

  private static LaunchPlan plan(Path made) {
    return LaunchPlan.builder().mkdir(made.toString(), 0750).build();
  }

  private static long servers() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/vzlaunch"))
        .count();
  }

  @Test
  void plansOfManyThreadsAreAnsweredEachWithItsOwnReport() throws Exception {
    long before = servers();
    Callable<List<LaunchReport>> work =
        () ->
            List.of(
                launcher.execute(plan(directory.resolve("t" + Thread.currentThread().threadId()))),
                launcher.execute(
                    plan(Path.of("/nonexistent/t" + Thread.currentThread().threadId()))));
    try (ExecutorService pool = Executors.newFixedThreadPool(10)) {
      for (Future<List<LaunchReport>> each :
          pool.invokeAll(IntStream.range(0, 40).mapToObj(i -> work).toList())) {
        assertThat(each.get().getFirst()).isEqualTo(new LaunchReport.Done());
        assertThat(each.get().get(1))
            .isInstanceOfSatisfying(
                LaunchReport.Failed.class,
                failed -> {
                  assertThat(failed.errno()).isEqualTo("ENOENT");
                  assertThat(failed.what()).startsWith("mkdir /nonexistent/t");
                });
      }
    }
    assertThat(servers() - before).isEqualTo(1);
    try (var made = Files.list(directory)) {
      assertThat(made).hasSize(10);
    }
  }

  @Test
  void aContainerStartsWithoutAGate() throws Exception {
    BusyboxContainer ct = new BusyboxContainer(directory);
    try {
      LaunchPlan plan = ct.startPlan().exec("/bin/sh", List.of("sh", "-c", "sleep 1000")).build();
      assertThat(ct.launcher.start(plan).pid()).isEqualTo(ct.init()[0]);
      assertThat(ct.run("echo $$ >/dev/null; readlink /proc/1/exe", "").out())
          .isEqualTo("/bin/busybox\n");
      // SIGPIPE ignored, or a signal blocked, would be inherited by all of the container.
      assertThat(signals(ct, "SigBlk")).isZero();
      assertThat(signals(ct, "SigIgn") & 1 << 12).as("SIGPIPE").isZero();
    } finally {
      ct.stop();
    }
  }

  private static long signals(BusyboxContainer ct, String which) throws IOException {
    String line = ct.run("grep " + which + " /proc/1/status", "").out();
    return Long.parseUnsignedLong(line.substring(which.length() + 1).strip(), 16);
  }

  @Test
  void aPlanWithoutAUserNamespaceIsRefused() throws Exception {
    LaunchPlan plan =
        LaunchPlan.builder()
            .detach()
            .cloneInto(0, 0, "-", Namespace.PID)
            .inside()
            .exec("/bin/true", List.of("true"))
            .build();
    assertThatThrownBy(() -> launcher.start(plan))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("needs its own launcher");
  }

  @Test
  void anInterruptedPlanIsGivenUpAndTheNextOneRuns() throws Exception {
    // Opening a FIFO waits for somebody to read it.
    Path fifo = directory.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      LaunchPlan stuck = LaunchPlan.builder().write(fifo.toString(), "x").build();
      Future<LaunchReport> waiting = pool.submit(() -> launcher.execute(stuck));
      assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      pool.shutdownNow();
      assertThatThrownBy(waiting::get).hasCauseInstanceOf(InterruptedIOException.class);
    }
    assertThat(launcher.execute(plan(directory.resolve("after"))))
        .isEqualTo(new LaunchReport.Done());
  }

  @Test
  void theServersEndIsAnError() throws Exception {
    List<ProcessHandle> before = ProcessHandle.current().children().toList();
    launcher.execute(plan(directory.resolve("a")));
    ProcessHandle server =
        ProcessHandle.current()
            .children()
            .filter(child -> !before.contains(child))
            .findFirst()
            .orElseThrow();
    server.destroyForcibly();
    server.onExit().get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> launcher.execute(plan(directory.resolve("b"))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatIsThereAlreadyOrMountedIsAnError() throws Exception {
    String there = directory.toString();
    assertThat(launcher.execute(LaunchPlan.builder().cgroupMake(there).build()))
        .isInstanceOfSatisfying(
            LaunchReport.Failed.class, failed -> assertThat(failed.errno()).isEqualTo("EEXIST"));
    assertThat(launcher.execute(LaunchPlan.builder().unmounted("/proc").build()))
        .isInstanceOfSatisfying(
            LaunchReport.Failed.class, failed -> assertThat(failed.errno()).isEqualTo("EBUSY"));
    LaunchPlan fine = LaunchPlan.builder().unmounted(there).unmounted(there + "/missing").build();
    assertThat(launcher.execute(fine)).isEqualTo(new LaunchReport.Done());
  }

  @Test
  void controlFilesAreWrittenAndOwned() throws Exception {
    Path file = Files.createFile(directory.resolve("control"));
    LaunchPlan plan =
        LaunchPlan.builder()
            .write(file.toString(), "c 1:3 rwm")
            .chown(file.toString(), 900_001, 900_002)
            .build();
    assertThat(launcher.execute(plan)).isEqualTo(new LaunchReport.Done());
    assertThat(file).hasContent("c 1:3 rwm");
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(900_001);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(900_002);
    assertThat(launcher.execute(LaunchPlan.builder().write(directory + "/missing", "x").build()))
        .as("a control file is never made")
        .isInstanceOf(LaunchReport.Failed.class);
  }
}
