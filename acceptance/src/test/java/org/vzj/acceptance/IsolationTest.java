package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A container's root, and an ordinary user of it, try to get out. Each attempt must fail; controls
 * show that the same attempt on the host succeeds, so that a success inside would be seen.
 */
@Tag("root")
@Timeout(300)
class IsolationTest {
  /** Attempts that must end with this very error, whatever else a kernel has or lacks. */
  private static final Map<String, String> CERTAIN =
      Map.ofEntries(
          Map.entry("mknod-disk", "EPERM"),
          Map.entry("mknod-mem", "EPERM"),
          Map.entry("mknod-in-tmpfs", "EPERM"),
          Map.entry("open-disk-node", "EPERM"),
          Map.entry("open-kmsg-node", "EPERM"),
          Map.entry("mount-disk-node", "EPERM"),
          Map.entry("core_pattern", "EACCES"),
          Map.entry("kill-outsider", "ESRCH"),
          Map.entry("ptrace-outsider", "ESRCH"),
          Map.entry("read-outsider", "ESRCH"),
          Map.entry("open-marker", "ENOENT"),
          Map.entry("marker-by-proc", "ENOENT"),
          Map.entry("shocker", "EPERM"),
          Map.entry("hostname-of-nested", "EPERM"),
          Map.entry("raise-hard-limit", "EPERM"),
          Map.entry("raise-namespaces", "EACCES"));

  /** A file that opens for writing may be one of these: of a namespace or group of its own. */
  private static final List<String> OWN =
      List.of(
          "/proc/sys/net/",
          "/proc/sys/fs/mqueue/",
          "/proc/sys/kernel/msg",
          "/proc/sys/kernel/auto_msgmni",
          "/proc/sys/kernel/sem",
          "/proc/sys/kernel/shm",
          "/proc/sys/kernel/ns_last_pid",
          "/proc/sys/kernel/pid_max",
          "/proc/sys/kernel/hostname",
          "/proc/sys/kernel/domainname",
          // Asks to be told when the machine is busy; changes nothing.
          "/proc/pressure/",
          // The delegated groups: no controller of v1 is among them.
          "/sys/fs/cgroup/unified/",
          "/sys/fs/cgroup/systemd/");

  /** Of a container's top group in version 2, what is delegated; its limits are not. */
  private static final List<String> DELEGATED =
      List.of("cgroup.procs", "cgroup.subtree_control", "cgroup.threads");

  private static boolean own(String file) {
    String groups = "/sys/fs/cgroup/";
    if (file.startsWith(groups) && Files.exists(Path.of(groups, "cgroup.controllers"))) {
      String name = file.substring(groups.length());
      return name.indexOf('/') > 0 || DELEGATED.contains(name);
    }
    return OWN.stream().anyMatch(file::startsWith);
  }

  @TempDir private static Path directory;
  private static Sandbox sandbox;
  private static Probe probe;
  private static int busybox;
  private static int debian;
  private static Path marker;
  private static Process outsider;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.open();
    probe = Probe.compile(directory);
    busybox = sandbox.create("busybox");
    debian = sandbox.create("debian-12-x86_64");
    marker = Files.writeString(sandbox.base().resolve("marker"), "of the host");
    for (int id : new int[] {busybox, debian}) {
      Path area = sandbox.privateArea(id);
      probe.putInto(area);
      // As an archive or a careless administrator could leave them.
      Host.run("mknod", "-m", "666", area + "/planted-disk", "b", major(), minor()).expect(0);
      Host.run("mknod", "-m", "666", area + "/planted-kmsg", "c", "1", "11").expect(0);
    }
    sandbox.vzctl("start", "" + busybox).expect(0);
    sandbox.vzctl("start", "" + debian, "--wait").expect(0);
    outsider = new ProcessBuilder("sleep", "1000").start();
  }

  @AfterAll
  static void end() {
    if (outsider != null) {
      outsider.destroyForcibly();
    }
    if (sandbox != null) {
      sandbox.close();
    }
  }

  /** A disk of the host that really is there; the one that the tests' own files are on, mostly. */
  private static String disk() {
    return Host.run(
            "sh", "-c", "ls /dev/vda /dev/sda /dev/nvme0n1 /dev/loop0 2>/dev/null | head -n 1")
        .ok()
        .strip();
  }

  private static String major() {
    return "" + Integer.parseInt(Host.run("stat", "-c", "%t", disk()).ok().strip(), 16);
  }

  private static String minor() {
    return "" + Integer.parseInt(Host.run("stat", "-c", "%T", disk()).ok().strip(), 16);
  }

  private static String[] exec(int id, String... words) {
    List<String> all = new ArrayList<>(List.of("exec", "" + id));
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }

  private static String tries() {
    return "/probe tries " + marker + " " + outsider.pid() + " " + major() + ":" + minor();
  }

  private static void assertNoneSucceeds(Result result) {
    Map<String, String> results = Probe.results(result.ok());
    assertThat(results).hasSizeGreaterThan(45);
    assertThat(results).doesNotContainValue("ok").doesNotContainValue("unknown");
    assertThat(results.values()).noneMatch(value -> value.startsWith("signal-"));
    assertThat(results).containsAllEntriesOf(CERTAIN);
    assertThat(outsider.isAlive()).isTrue();
  }

  @Test
  void rootOfDebianStaysInside() {
    assertNoneSucceeds(sandbox.vzctl(exec(debian, tries())));
  }

  @Test
  void rootOfBusyboxStaysInside() {
    assertNoneSucceeds(sandbox.vzctl(exec(busybox, tries())));
  }

  @Test
  void userOfDebianStaysInside() {
    assertNoneSucceeds(sandbox.vzctl(exec(debian, "/probe as 1000 " + tries())));
  }

  @Test
  void theSameSucceedsOutside() throws IOException {
    assertThat(marker).hasContent("of the host");
    assertThat(outsider.isAlive()).isTrue();
    Path node = directory.resolve("disk");
    Host.run("mknod", node.toString(), "b", major(), minor()).expect(0);
    Host.run("dd", "if=" + node, "of=/dev/null", "bs=512", "count=1").expect(0);
    Map<String, String> opened =
        Probe.results(
            probe.onHost("open", "/proc/sys/kernel/core_pattern", "/dev/kmsg", disk()).ok());
    assertThat(opened)
        .containsOnly(
            Map.entry("/proc/sys/kernel/core_pattern", "ok"),
            Map.entry("/dev/kmsg", "ok"),
            Map.entry(disk(), "ok"));
    for (String file : List.of("pids/vz/%d/pids.max", "devices/vz/%d/devices.allow")) {
      Path path = Path.of("/sys/fs/cgroup", file.formatted(busybox));
      if (Files.exists(path)) {
        assertThat(probe.onHost("open", path.toString()).ok()).isEqualTo(path + " ok\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"busybox", "debian"})
  void whatOpensForWritingIsItsOwn(String which) {
    int id = which.equals("busybox") ? busybox : debian;
    List<String> opened =
        sandbox
            .vzctl(Duration.ofMinutes(2), exec(id, "/probe", "writable", "/proc", "/sys"))
            .lines();
    assertThat(opened).as("control: something does").contains("/proc/sys/net/core/somaxconn");
    assertThat(opened).allMatch(IsolationTest::own);
    assertThat(opened).noneMatch(file -> file.endsWith("/release_agent"));
  }

  @Test
  void onTheHostMoreOpensForWriting() {
    assertThat(probe.onHost("writable", "/proc/sys/kernel", "/proc/sys/vm").lines())
        .contains("/proc/sys/kernel/core_pattern", "/proc/sys/vm/drop_caches");
  }

  @Test
  void devicesAreTheHarmlessOnes() {
    // Not find -type: it trusts the directory, where a bind mount's node is a plain file.
    // And /dev/core, which systemd links to /proc/kcore, is /dev/null where the kernel has that.
    String find =
        "for f in $(find /dev); do if [ -c $f -o -b $f ]; then"
            + " [ $f != /dev/null -a $(stat -Lc %t:%T $f) = 1:3 ] || echo $f; fi; done";
    for (int id : new int[] {busybox, debian}) {
      assertThat(sandbox.vzctl(exec(id, find)).lines())
          .containsOnly(
              "/dev/console",
              "/dev/full",
              "/dev/null",
              "/dev/ptmx",
              "/dev/pts/ptmx",
              "/dev/random",
              "/dev/tty",
              "/dev/urandom",
              "/dev/zero");
    }
    assertThat(sandbox.vzctl(exec(debian, "dmesg 2>&1; true")).ok())
        .contains("Operation not permitted");
    Host.run("dmesg").expect(0);
  }

  @Test
  void networkIsItsOwn() {
    String list = "ls /sys/class/net; cut -d: -f1 /proc/net/dev | tail -n +3";
    assertThat(sandbox.vzctl(exec(busybox, list)).ok().split("\\s+")).containsOnly("lo");
    assertThat(Host.read(Path.of("/proc/net/dev")).lines().count())
        .as("control: the host has more")
        .isGreaterThan(3);
  }

  @Test
  void abstractSocketsAndSharedMemoryAreItsOwn() {
    String name = "vztest-" + ProcessHandle.current().pid();
    String key = "" + (ProcessHandle.current().pid() % 100_000 + 900_000_000);
    try (Running listener = probe.background("listen", name)) {
      Host.await("listening", Duration.ofSeconds(20), () -> listener.outSoFar().contains("ok"));
      probe.onHost("connect", name).expect(0);
      assertThat(sandbox.vzctl(exec(busybox, "/probe connect " + name)).out())
          .isEqualTo("connect ECONNREFUSED\n");
    }
    probe.onHost("shm", key).expect(0);
    try {
      probe.onHost("shmat", key).expect(0);
      assertThat(sandbox.vzctl(exec(busybox, "/probe shmat " + key)).out())
          .isEqualTo("shmat ENOENT\n");
    } finally {
      probe.onHost("shmrm", key).expect(0);
    }
  }

  @Test
  void processesOfTheHostAreNotSeen() {
    String words = sandbox.vzctl(exec(busybox, "cat /proc/[0-9]*/cmdline | tr '\\0' ' '")).ok();
    assertThat(words).contains("cat /proc").doesNotContain("sleep 1000");
    assertThat(Host.read(Path.of("/proc/" + outsider.pid() + "/cmdline"))).contains("sleep");
    assertThat(sandbox.vzctl(exec(busybox, "readlink /proc/1/exe")).ok()).contains("busybox");
  }
}
