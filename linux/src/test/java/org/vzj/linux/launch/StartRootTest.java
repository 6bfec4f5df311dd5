package org.vzj.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers started by real plans on the running kernel. */
@Tag("root")
class StartRootTest {
  private BusyboxContainer ct;

  @BeforeEach
  void makeTree(@TempDir Path directory) throws IOException {
    ct = new BusyboxContainer(directory);
  }

  @AfterEach
  void end() throws Exception {
    ct.stop();
  }

  @Test
  void initRunsAsRootOfItsOwnWorld() throws Exception {
    StartedInit init = ct.start("id -u; hostname; echo $$; tty; exec sleep 1000");
    assertThat(ct.init()[0]).isEqualTo(init.pid());
    assertThat(status(init.pid(), "Uid")).isEqualTo("900000\t900000\t900000\t900000");
    assertThat(status(init.pid(), "Groups")).isEmpty();
    assertThat(Files.readString(Path.of("/proc/" + init.pid() + "/mountinfo")))
        .as("nothing of the host is mounted inside")
        .doesNotContain(" /etc ")
        .hasLineCount(6);
    assertThat(console()).contains("0\r\nvztest-launch\r\n1\r\n/dev/console\r\n");
    assertThat(descriptors(init.pid()))
        .containsExactly("/dev/console", "/dev/console", "/dev/console");
  }

  @Test
  void theMonitorIsSmallAndHoldsNothingOfTheCaller() throws Exception {
    StartedInit init = ct.start("exec sleep 1000");
    long monitor = ct.monitor();
    assertThat(descriptors(monitor))
        .hasSize(8)
        .startsWith("/dev/null", "/dev/null", "/dev/null", "/dev/ptmx")
        .contains(ct.state.resolve("console.log").toString());
    assertThat(Files.readSymbolicLink(Path.of("/proc/" + monitor + "/cwd"))).hasToString("/");
    assertThat(status(monitor, "NSsid")).isEqualTo(Long.toString(monitor));
    // Its stack. The text is a file's, and counts as dirty only until that is written back.
    assertThat(memory(monitor, "Anonymous:")).isLessThanOrEqualTo(12);
    assertThat(memory(monitor, "Rss:")).isLessThanOrEqualTo(24);
    assertThat(init.pid()).isPositive();
  }

  @Test
  void initsEndIsWritten() throws Exception {
    ct.start("exit 7");
    assertThat(exit()).isEqualTo("exit 7");
  }

  @Test
  void rebootAndHaltFromInsideAreToldApart() throws Exception {
    ct.start("reboot -f");
    assertThat(exit()).as("RB_AUTOBOOT").isEqualTo("signal 1");
    Files.delete(ct.state.resolve("exit"));
    ct.start("poweroff -f");
    assertThat(exit()).as("RB_POWER_OFF").isEqualTo("signal 2");
  }

  @Test
  void theReaperRunsOnceWithTheStandardEnvironment() throws Exception {
    Path told = ct.state.resolve("told");
    // Told when it is whole: both lines come by themselves.
    String whole = "; mv " + told + ".new " + told;
    String script = "{ echo $0 $1; ls /proc/self/fd; } > " + told + ".new" + whole;
    ct.start("exit 0", "/bin/sh", "-c", script, "a", "b");
    assertThat(BusyboxContainer.await(told)).startsWith("a b\n0\n1\n2");
    assertThat(exit()).isEqualTo("exit 0");
  }

  @Test
  void theMonitorIsSilentWhileSomeoneStops() throws Exception {
    Path told = ct.state.resolve("told");
    Files.writeString(ct.state.resolve("stopping"), ProcessHandle.current().pid() + "\n");
    ct.start("exit 3", "/bin/sh", "-c", "echo > " + told);
    long monitor = parentOrZero();
    assertThat(exit()).isEqualTo("exit 3");
    BusyboxContainer.awaitEnd(monitor);
    assertThat(told).doesNotExist();
  }

  @Test
  void aStaleStoppingFileDoesNotSilenceTheMonitor() throws Exception {
    Path told = ct.state.resolve("told");
    // This process, but with the start time of another.
    Files.writeString(ct.state.resolve("stopping"), ProcessHandle.current().pid() + " 1\n");
    ct.start("exit 3", "/bin/sh", "-c", "echo > " + told);
    assertThat(BusyboxContainer.await(told)).isEmpty();
  }

  @Test
  void aRefusedGateLeavesNothing() throws Exception {
    LaunchPlan plan =
        ct.startPlan().gate().exec("/bin/sh", List.of("sh", "-c", "touch /tmp/ran")).build();
    List<Long> pids = new ArrayList<>();
    assertThatThrownBy(
            () ->
                ct.launcher.start(
                    plan,
                    pid -> {
                      pids.add(pid);
                      return false;
                    }))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("refused at the gate");
    assertThatThrownBy(
            () ->
                ct.launcher.start(
                    plan,
                    pid -> {
                      pids.add(pid);
                      throw new IOException("no network");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("no network");
    for (long pid : pids) {
      assertThat(Path.of("/proc/" + pid)).doesNotExist();
    }
    assertThat(pids).hasSize(2);
    assertNothingRemains();
  }

  @Test
  void aKilledCallerAtTheGateLeavesNothing() throws Exception {
    LaunchPlan plan =
        ct.startPlan().gate().exec("/bin/sh", List.of("sh", "-c", "touch /tmp/ran")).build();
    for (boolean killLauncher : new boolean[] {false, true}) {
      Process launcher =
          new ProcessBuilder(BusyboxContainer.VZLAUNCH.toString(), ct.planFile(plan).toString())
              .start();
      byte[] ready = new byte[6];
      assertThat(launcher.getInputStream().readNBytes(ready, 0, 6)).isEqualTo(6);
      long pid = ct.init()[0];
      if (killLauncher) {
        launcher.destroyForcibly();
      } else {
        launcher.getOutputStream().close();
      }
      assertThat(launcher.waitFor(5, TimeUnit.SECONDS)).isTrue();
      BusyboxContainer.awaitEnd(pid);
      assertThat(Path.of("/proc/" + pid)).doesNotExist();
      Thread.sleep(50);
      assertNothingRemains();
    }
  }

  @Test
  void aKilledHostProcessAtTheGateLeavesNoInit() throws Exception {
    LaunchPlan plan =
        ct.startPlan().gate().exec("/bin/sh", List.of("sh", "-c", "touch /tmp/ran")).build();
    assertThatThrownBy(
            () ->
                ct.launcher.start(
                    plan,
                    pid -> {
                      ProcessHandle.of(ct.monitor()).orElseThrow().destroyForcibly();
                      return true;
                    }))
        .isInstanceOf(LaunchException.class);
    long pid = ct.init()[0];
    BusyboxContainer.awaitEnd(pid);
    assertThat(Path.of("/proc/" + pid)).doesNotExist();
    assertThat(ct.root.resolve("tmp/ran")).doesNotExist();
  }

  @Test
  void aFailedStepIsNamedAndLeavesNothing() throws Exception {
    LaunchPlan plan =
        ct.startPlan()
            .mount("/nonexistent", "/tmp", "-", "bind", "-")
            .exec("/bin/true", List.of("true"))
            .build();
    int step = plan.steps().size() - 1;
    assertThatThrownBy(() -> ct.launcher.start(plan, pid -> true))
        .isInstanceOfSatisfying(
            LaunchException.class,
            e ->
                assertThat(e.failed())
                    .isEqualTo(
                        new LaunchReport.Failed(
                            step,
                            "mount /nonexistent /tmp - bind -",
                            "ENOENT",
                            "No such file or directory")));
    assertNothingRemains();
  }

  @Test
  void aLaterProgramIsTriedIfThereIsNone() throws Exception {
    LaunchPlan plan =
        ct.startPlan()
            .tryExec("/sbin/init", List.of("init"))
            .tryExec("/bin/true/init", List.of("init"))
            .exec("/bin/sh", List.of("sh", "-c", "exit 9"))
            .build();
    ct.launcher.start(plan, pid -> true);
    assertThat(exit()).isEqualTo("exit 9");
    LaunchPlan none = ct.startPlan().exec("/sbin/init", List.of("init")).build();
    assertThatThrownBy(() -> ct.launcher.start(none, pid -> true))
        .hasMessageContaining("exec /sbin/init init): ENOENT");
  }

  @Test
  void cgroupsAreJoinedByTheChildOnly() throws Exception {
    Path v1 = Path.of("/sys/fs/cgroup/pids/vztest-launch");
    Path v2 = Path.of("/sys/fs/cgroup/unified/vztest-launch");
    assumeTrue(
        Files.exists(v1.resolveSibling("cgroup.procs"))
            && Files.exists(v2.resolveSibling("cgroup.procs")),
        "needs hybrid cgroups");
    Files.createDirectories(v1);
    Files.createDirectories(v2);
    try {
      LaunchPlan.Builder plan = LaunchPlan.builder().detach();
      plan.cloneInto(
          BusyboxContainer.BASE,
          BusyboxContainer.BASE,
          v2.toString(),
          Namespace.USER,
          Namespace.PID,
          Namespace.MOUNT,
          Namespace.NET,
          Namespace.IPC,
          Namespace.UTS);
      plan.cgroup(v1.toString())
          .uidmap(0, BusyboxContainer.BASE, 65536)
          .gidmap(0, BusyboxContainer.BASE, 65536)
          .pidfile(ct.state.resolve("init").toString())
          .monitor(BusyboxContainer.VZMONITOR.toString(), List.of(ct.state.toString()));
      String r = ct.root.toString();
      plan.inside()
          .unshareCgroup()
          .mount("-", "/", "-", "rprivate", "-")
          .mount(r, r, "-", "rbind", "-")
          .mount("proc", r + "/proc", "proc", "-", "-")
          .mount("/dev/null", makeFile(ct.root.resolve("dev/null")), "-", "bind", "-")
          .pivot(r)
          .exec("/bin/sleep", List.of("sleep", "1000"));
      StartedInit init = ct.launcher.start(plan.build(), pid -> true);
      assertThat(Files.readString(Path.of("/proc/" + init.pid() + "/cgroup")))
          .contains(":pids:/vztest-launch\n")
          .contains("0::/vztest-launch\n");
      assertThat(Files.readString(Path.of("/proc/" + ct.monitor() + "/cgroup")))
          .doesNotContain("vztest");
      assertThat(ct.run("cat /proc/self/cgroup", "").out())
          .contains(":pids:/..\n")
          .contains("0::/..\n");
      ct.stop();
    } finally {
      deleteGroup(v1);
      deleteGroup(v2);
    }
  }

  private static void deleteGroup(Path group) throws Exception {
    for (int i = 0; i < 100; i++) {
      try {
        Files.deleteIfExists(group);
        return;
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
  }

  private static String makeFile(Path file) throws IOException {
    Files.createFile(file);
    return file.toString();
  }

  private long parentOrZero() {
    try {
      return ct.monitor();
    } catch (IOException e) {
      return 0;
    }
  }

  private void assertNothingRemains() throws IOException {
    assertThat(ct.state.resolve("init")).doesNotExist();
    assertThat(ct.state.resolve("console.sock")).doesNotExist();
    assertThat(ct.root.resolve("tmp/ran")).doesNotExist();
    assertThat(ct.root.resolve("proc/self")).doesNotExist();
  }

  private String exit() throws Exception {
    return BusyboxContainer.await(ct.state.resolve("exit"));
  }

  private String console() throws Exception {
    for (int i = 0; i < 200; i++) {
      String text = Files.readString(ct.state.resolve("console.log"));
      if (text.contains("console\r\n")) {
        return text;
      }
      Thread.sleep(10);
    }
    return Files.readString(ct.state.resolve("console.log"));
  }

  private static List<String> descriptors(long pid) throws IOException {
    List<String> targets = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path file : files.sorted().toList()) {
        targets.add(Files.readSymbolicLink(file).toString());
      }
    }
    return targets;
  }

  private static String status(long pid, String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith(key + ":")) {
        return line.substring(key.length() + 1).strip();
      }
    }
    return "";
  }

  private static long memory(long pid, String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.substring(key.length(), line.length() - 2).strip());
      }
    }
    return -1;
  }
}
