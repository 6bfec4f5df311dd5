package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * lxcfs wired into containers. It is mounted in a mount namespace of the test's own, in which the
 * tools run too: the machine's other containers see nothing of it.
 */
@Tag("root")
@Timeout(120)
class InsideViewTest {
  private static final Path PROGRAM = Path.of("/usr/bin/lxcfs");
  private static final Path RUNTIME = Path.of("/run/lxcfs");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String TOTAL = "MemTotal:         262144 kB";

  private Sandbox sandbox;
  private Path view;
  private Process holder;
  private @Nullable Process lxcfs;
  private boolean hadRuntime;
  private int id;

  @BeforeEach
  void start() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    assumeTrue(Files.isExecutable(PROGRAM), "needs lxcfs: apt-get install lxcfs");
    assumeTrue(Files.exists(Path.of("/dev/fuse")), "needs /dev/fuse");
    hadRuntime = Files.exists(RUNTIME);
    holder =
        new ProcessBuilder("unshare", "-m", "--propagation", "private", "sleep", "300").start();
    Host.await("a mount namespace", PATIENCE, this::isApart);
    // The machine's own, of which this is a copy.
    run("umount", "-l", "-a", "-t", "fuse.lxcfs");
    sandbox = Sandbox.open(there());
    Path configuration = sandbox.etc().resolve("vz.conf");
    Files.writeString(configuration, Host.read(configuration).replace("LXCFS=no\n", "LXCFS=yes\n"));
    view = Files.createDirectory(sandbox.base().resolve("lxcfs"));
  }

  private boolean isApart() {
    try {
      return !Files.readSymbolicLink(Path.of("/proc/" + holder.pid() + "/ns/mnt"))
          .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")));
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void end() throws IOException {
    try {
      if (sandbox != null) {
        if (id != 0) {
          sandbox.vzctl("stop", "" + id, "--fast");
        }
        stopLxcfs();
        sandbox.close();
      }
    } finally {
      if (holder != null) {
        holder.destroyForcibly();
      }
      if (!hadRuntime) {
        for (String made : List.of("controllers", "root", "")) {
          Files.deleteIfExists(RUNTIME.resolve(made));
        }
      }
    }
  }

  private List<String> there() {
    return List.of("nsenter", "-t", "" + holder.pid(), "-m", "--");
  }

  private void run(String... command) {
    List<String> words = new ArrayList<>(there());
    words.addAll(List.of(command));
    Host.run(words.toArray(String[]::new));
  }

  /** A file of the mount namespace. */
  private Path there(Path file) {
    return Path.of("/proc/" + holder.pid() + "/root" + file);
  }

  private void startLxcfs(String... options) throws IOException {
    Path log = sandbox.base().resolve("lxcfs.log");
    List<String> words = new ArrayList<>(there());
    Path pid = sandbox.base().resolve("lxcfs.pid");
    words.add(PROGRAM.toString());
    words.addAll(List.of(options));
    words.addAll(List.of("-p", pid.toString(), view.toString()));
    Process started =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    lxcfs = started;
    Path uptime = there(view.resolve("proc/uptime"));
    Host.holdsWithin(PATIENCE, () -> !Host.read(uptime).isEmpty() || !started.isAlive());
    if (Host.read(uptime).isEmpty()) {
      stopLxcfs();
      assumeTrue(false, "needs a lxcfs that starts here: " + Host.read(log));
    }
    // As where systemd makes mounts: nothing of the container's may get back by way of it.
    run("mount", "--make-shared", view.toString());
  }

  private void stopLxcfs() {
    Process running = lxcfs;
    if (running != null) {
      running.destroyForcibly();
      Host.await("end of lxcfs", PATIENCE, () -> !running.isAlive());
      run("umount", "-l", view.toString());
      lxcfs = null;
    }
  }

  private String inside(String command) {
    return sandbox.vzctl("exec2", "" + id, command).ok().strip();
  }

  private static boolean limitsMemory(int id) {
    return Files.isDirectory(Path.of("/sys/fs/cgroup/memory/vz/" + id))
        || Files.exists(Path.of("/sys/fs/cgroup/vz/" + id + "/memory.max"));
  }

  private static double seconds(String uptime) {
    return Double.parseDouble(uptime.split(" ")[0]);
  }

  /** It was started after `up` was read: by its own clock it is younger. */
  private void assertSeesItself(double up) {
    assertThat(seconds(inside("cat /proc/uptime"))).isLessThan(up);
    if (limitsMemory(id)) {
      assertThat(inside("head -1 /proc/meminfo")).isEqualTo(TOTAL);
    }
    String mounts = inside("grep fuse.lxcfs /proc/self/mountinfo");
    for (String file :
        List.of("cpuinfo", "diskstats", "loadavg", "meminfo", "stat", "swaps", "uptime")) {
      assertThat(mounts).containsOnlyOnce(" /proc/" + file + " ro,");
    }
    assertThat(
            inside("cd /proc && cat cpuinfo diskstats loadavg stat swaps >/dev/null && echo read"))
        .isEqualTo("read");
    assertThat(mounts).containsOnlyOnce(" /sys/devices/system/cpu ro,").doesNotContain("shared:");
    if (Runtime.getRuntime().availableProcessors() > 1) {
      assertThat(inside("nproc; grep -c ^processor /proc/cpuinfo; grep -c '^cpu[0-9]' /proc/stat"))
          .isEqualTo("1\n1\n1");
      assertThat(inside("cat /sys/devices/system/cpu/online")).matches("\\d+");
    }
  }

  private void assertSeesHost(double up) {
    assertThat(seconds(inside("cat /proc/uptime"))).isGreaterThanOrEqualTo(up);
    assertThat(inside("grep -c fuse.lxcfs /proc/self/mountinfo || true")).isEqualTo("0");
    assertThat(inside("head -1 /proc/meminfo")).startsWith("MemTotal:").isNotEqualTo(TOTAL);
  }

  private double upOfHost() {
    double up = seconds(Host.read(Path.of("/proc/uptime")));
    assumeTrue(up > 150, "needs a host that has been up for longer than this test takes");
    return up;
  }

  @Test
  void theContainerSeesItselfAlsoAfterLxcfsWasRestarted() throws IOException {
    startLxcfs();
    id = sandbox.create("busybox", "--config", "vswap-256m");
    sandbox.vzctl("set", "" + id, "--cpus", "1", "--save").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    double up = upOfHost();
    assertSeesItself(up);

    stopLxcfs();
    assertThat(sandbox.vzctl("exec2", "" + id, "cat /proc/meminfo").err())
        .contains("not connected");
    assertThat(sandbox.vzctl("rewire", "" + id).ok())
        .isEqualTo("No lxcfs runs: the host is seen again\n");
    assertSeesHost(up);

    startLxcfs();
    for (int i = 0; i < 2; i++) { // the second time over those that work
      assertThat(sandbox.vzctl("rewire", "" + id).ok()).isEqualTo("Bound lxcfs " + view + "\n");
      assertSeesItself(up);
    }
    assertThat(sandbox.vzctl("rewire", "" + sandbox.create("busybox")).expect(31).err())
        .contains("is not running");
  }

  @Test
  void theBootServiceRunsOneUnlessToldNotTo() throws IOException {
    startLxcfs(); // tells whether one can
    stopLxcfs();
    Path uptime = there(sandbox.base().resolve("run/lxcfs/proc/uptime"));
    Path configuration = sandbox.etc().resolve("vz.conf");
    String text = Host.read(configuration);
    id = sandbox.create("busybox", "--config", "vswap-256m");
    sandbox.vzctl("set", "" + id, "--cpus", "1", "--onboot", "yes", "--save").expect(0);
    double up = upOfHost();
    Files.writeString(configuration, text.replace("LXCFS=yes\n", "LXCFS=no\n"));
    sandbox.vzctl("service", "start").expect(0);
    assertThat(uptime).doesNotExist();
    assertSeesHost(up);

    // Started anew with one, the service shows it to what runs already.
    Files.writeString(configuration, text);
    assertThat(sandbox.vzctl("service", "restart").ok())
        .contains("Container " + id + " rewire: done");
    assertThat(uptime).exists();
    assertSeesItself(up);

    // One that was killed leaves a mount that nothing can look into.
    Host.kill("KILL", Long.parseLong(Host.read(sandbox.base().resolve("run/lxcfs.pid")).strip()));
    Host.await("end of lxcfs", PATIENCE, () -> !Files.exists(uptime));
    assertThat(sandbox.vzctl("check").out()).contains("has ended at ");
    assertThat(sandbox.vzctl("service", "restart").ok())
        .contains("Container " + id + " rewire: done");
    assertSeesItself(up);

    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    assertThat(sandbox.vzctl("service", "restart").ok())
        .contains("Container " + id + " start: done")
        .doesNotContain("rewire");
    assertSeesItself(up);

    assertThat(sandbox.vzctl("service", "stop").ok()).contains("Container " + id + " stop: done");
    assertThat(uptime).doesNotExist();
    assertThat(sandbox.base().resolve("run/lxcfs")).doesNotExist();
    assertThat(sandbox.base().resolve("run/lxcfs.pid")).doesNotExist();
  }

  private String loadAverage() {
    return sandbox.vzlist("-H", "-o", "laverage", "" + id).ok().strip();
  }

  @Test
  void loadIsCountedFromTheFirstQuestionOn() throws IOException {
    startLxcfs("-l");
    id = sandbox.create("busybox", "--config", "vswap-256m");
    assertThat(loadAverage()).isEqualTo("-");
    sandbox.vzctl("start", "" + id).expect(0);
    inside("while :; do :; done >/dev/null 2>&1 </dev/null &");
    assertThat(loadAverage()).isEqualTo("-");
    Host.await(
        "a load",
        Duration.ofSeconds(60),
        () -> loadAverage().matches("0\\.[1-9]\\d(/0\\.\\d\\d){2}"));
    String[] averages = loadAverage().split("/");
    assertThat(Double.parseDouble(averages[0])).isGreaterThan(Double.parseDouble(averages[1]));
    assertThat(Double.parseDouble(averages[1])).isGreaterThan(Double.parseDouble(averages[2]));
    assertThat(sandbox.vzlist("-j", "-o", "laverage", "" + id).ok())
        .containsPattern("\"laverage\": \\[0\\.\\d\\d, 0\\.\\d\\d, 0\\.\\d\\d\\]");

    // Without -l it is the host's file, and not the container's.
    stopLxcfs();
    startLxcfs();
    assertThat(loadAverage()).isEqualTo("-");
    assertThat(loadAverage()).isEqualTo("-");
  }

  @Test
  void memoryOfTheHostIsShownWhereThatIsAskedFor() throws IOException {
    startLxcfs();
    id = sandbox.create("busybox", "--config", "basic");
    sandbox.vzctl("start", "" + id).expect(0);
    assumeTrue(limitsMemory(id), "needs the cgroup controller memory");
    // privvmpages 69632, and what the kernel may take besides
    long pages = 69632 + (14790164 + 2 * 2703360 + 2097152 + 262144) / 4096;
    String own = "MemTotal: *" + pages * 4 + " kB";
    String ofHost = Host.read(Path.of("/proc/meminfo")).lines().findFirst().orElseThrow();
    assertThat(inside("head -1 /proc/meminfo")).matches(own);

    String ct = "" + id;
    assertThat(sandbox.vzctl("set", ct, "--meminfo", "none").ok())
        .startsWith("Configure meminfo: none\n");
    assertThat(inside("head -1 /proc/meminfo; cat /proc/uptime")).startsWith(ofHost);
    sandbox.vzctl("rewire", ct).expect(0);
    assertThat(inside("head -1 /proc/meminfo")).isEqualTo(ofHost);
    assertThat(inside("grep -c 'fuse.lxcfs' /proc/self/mountinfo")).isNotEqualTo("0");

    assertThat(sandbox.vzctl("set", ct, "--meminfo", "privvmpages:1").ok())
        .startsWith(
            "Note: /proc/meminfo shows the "
                + pages
                + " pages that may be used, not privvmpages:1\n");
    assertThat(inside("head -1 /proc/meminfo")).matches(own);
    assertThat(sandbox.vzctl("set", ct, "--meminfo", "pages:" + pages).ok())
        .startsWith("Configure meminfo: " + pages + "\n");

    sandbox.vzctl("set", ct, "--meminfo", "none", "--save").expect(0);
    sandbox.vzctl("restart", ct, "--fast").expect(0);
    assertThat(inside("head -1 /proc/meminfo")).isEqualTo(ofHost);
    stopLxcfs();
    sandbox.vzctl("rewire", ct).expect(0);
    assertThat(sandbox.vzctl("set", ct, "--meminfo", "privvmpages:1").ok())
        .startsWith("Note: --meminfo privvmpages:1 needs lxcfs");

    int modern = sandbox.start("busybox", "--config", "vswap-256m");
    assertThat(sandbox.vzctl("set", "" + modern, "--meminfo", "none").ok())
        .contains("Note: --meminfo is ignored: ");
  }

  /** As distributions do: what is inside would see the load of the host, with all its tasks. */
  @Test
  void besideOneThatCountsNoLoadTheBootServiceRunsItsOwn() throws IOException {
    startLxcfs();
    id = sandbox.create("busybox", "--config", "vswap-256m");
    sandbox.vzctl("set", "" + id, "--onboot", "yes", "--save").expect(0);
    sandbox.vzctl("service", "start").expect(0);
    assertThat(there(sandbox.base().resolve("run/lxcfs/proc/uptime"))).exists();
    assertThat(inside("cat /proc/loadavg")).matches("\\S+ \\S+ \\S+ \\d+/\\d \\d+");
    assertThat(sandbox.vzctl("service", "restart").ok()).doesNotContain("rewire");
    sandbox.vzctl("service", "stop").expect(0);
    assertThat(sandbox.base().resolve("run/lxcfs")).doesNotExist();
  }
}
