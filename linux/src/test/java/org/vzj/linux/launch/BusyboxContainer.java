package org.vzj.linux.launch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A container made of busybox alone, for tests as root; its init is a script given by the test. */
final class BusyboxContainer {
  static final long BASE = 900_000;
  static final Path VZLAUNCH = Path.of("target/native/vzlaunch").toAbsolutePath();
  static final Path VZMONITOR = Path.of("target/native/vzmonitor").toAbsolutePath();

  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final List<String> APPLETS =
      List.of(
          "sh",
          "cat",
          "sleep",
          "id",
          "ls",
          "head",
          "dd",
          "tty",
          "stty",
          "true",
          "false",
          "yes",
          "reboot",
          "halt",
          "poweroff",
          "seq",
          "kill",
          "readlink",
          "setsid",
          "cksum",
          "stat",
          "touch",
          "echo",
          "mknod",
          "mount",
          "hostname",
          "grep",
          "pwd",
          "env");

  final Path root;
  final Path state;
  final Launcher launcher;
  private final Path plans;

  /**
   * Makes the tree.
   *
   * @param directory an empty directory
   */
  BusyboxContainer(Path directory) throws IOException {
    assumeTrue(Files.isExecutable(BUSYBOX), "needs busybox-static");
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs to run as root");
    // The container's root, a stranger to the host, must be able to pass.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    root = directory.resolve("root");
    state = directory.resolve("state");
    plans = directory.resolve("plans");
    launcher = new Launcher(VZLAUNCH, plans);
    for (String name : List.of("bin", "sbin", "dev/pts", "proc", "sys", "etc", "tmp", "run")) {
      Files.createDirectories(root.resolve(name));
    }
    Files.createDirectories(state);
    Files.copy(BUSYBOX, root.resolve("bin/busybox"));
    for (String applet : APPLETS) {
      Files.createSymbolicLink(root.resolve("bin/" + applet), Path.of("busybox"));
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setAttribute(file, "unix:uid", (int) BASE, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", (int) BASE, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** The host section of a start, up to and without the monitor. */
  LaunchPlan.Builder hostSection(LaunchPlan.Builder plan) {
    String r = root.toString();
    plan.mkdirBeneath(r, "dev/pts", 0755, BASE, BASE)
        .mknodBeneath(r, "dev/null", 'c', 1, 3, 0666, BASE, BASE)
        .mknodBeneath(r, "dev/zero", 'c', 1, 5, 0666, BASE, BASE)
        .mknodBeneath(r, "dev/tty", 'c', 5, 0, 0666, BASE, BASE)
        .symlinkBeneath(r, "dev/ptmx", "pts/ptmx", BASE, BASE)
        .console(
            state.resolve("console.log").toString(),
            state.resolve("console.sock").toString(),
            4096,
            BASE,
            BASE)
        .stdio(StdioMode.CONSOLE)
        .cloneInto(
            BASE,
            BASE,
            "-",
            Namespace.USER,
            Namespace.PID,
            Namespace.MOUNT,
            Namespace.NET,
            Namespace.IPC,
            Namespace.UTS)
        .uidmap(0, BASE, 65536)
        .gidmap(0, BASE, 65536)
        .pidfile(state.resolve("init").toString());
    return plan;
  }

  /** The inside section, up to and without the gate. */
  LaunchPlan.Builder insideSection(LaunchPlan.Builder plan) {
    String r = root.toString();
    return plan.inside()
        .mount("-", "/", "-", "rprivate", "-")
        .mount(r, r, "-", "rbind", "-")
        .mount("proc", r + "/proc", "proc", "nosuid,nodev,noexec", "-")
        .mount("sysfs", r + "/sys", "sysfs", "ro,nosuid,nodev,noexec", "-")
        .mount(r + "/dev", r + "/dev", "-", "bind", "-")
        .mount("devpts", r + "/dev/pts", "devpts", "nosuid,noexec", "newinstance,ptmxmode=0666")
        .bindConsole(r + "/dev/console")
        .pivot(r)
        .hostname("vztest-launch")
        .session()
        .env("PATH", "/bin:/sbin");
  }

  LaunchPlan.Builder startPlan(String... reaper) {
    LaunchPlan.Builder plan = hostSection(LaunchPlan.builder().detach());
    List<String> arguments = new ArrayList<>(List.of(state.toString()));
    arguments.addAll(List.of(reaper));
    plan.monitor(VZMONITOR.toString(), arguments);
    return insideSection(plan);
  }

  /** Starts it with a shell script as init. */
  StartedInit start(String script, String... reaper) throws IOException {
    LaunchPlan plan = startPlan(reaper).gate().exec("/bin/sh", List.of("sh", "-c", script)).build();
    return launcher.start(plan, pid -> true);
  }

  /** Init's pid and start time from the file that the launcher wrote. */
  long[] init() throws IOException {
    String[] words = Files.readString(state.resolve("init")).strip().split(" ");
    return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])};
  }

  /** A plan for a command inside, up to what is to be executed. */
  LaunchPlan.Builder enter(StdioMode mode) throws IOException {
    long[] init = init();
    LaunchPlan.Builder plan =
        LaunchPlan.builder()
            .setns(init[0], init[1], Namespace.values())
            .stdio(mode)
            .fork()
            .inside();
    if (mode == StdioMode.PTY) {
      plan.sessionWithTerminal();
    } else {
      plan.session();
    }
    return plan.chdir("/").env("PATH", "/bin:/sbin").env("TERM", "dumb");
  }

  LaunchPlan shell(StdioMode mode, String script) throws IOException {
    return enter(mode).exec("/bin/sh", List.of("sh", "-c", script)).build();
  }

  /** Runs a shell script inside with captured output. */
  Run run(String script, String input) throws IOException {
    Stdio stdio = Stdio.captured(input.getBytes(StandardCharsets.UTF_8));
    LaunchReport report = launcher.run(shell(StdioMode.PIPES, script), stdio);
    return new Run(report, stdio.outText(), stdio.errText());
  }

  /** Writes a plan into a file, for a test that starts the launcher itself. */
  Path planFile(LaunchPlan plan) throws IOException {
    Files.createDirectories(plans);
    Path file = Files.createTempFile(plans, "test", ".plan");
    Files.writeString(file, plan.text());
    return file;
  }

  /** The monitor: init's parent. */
  long monitor() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + init()[0] + "/status"))) {
      if (line.startsWith("PPid:")) {
        return Long.parseLong(line.substring(5).strip());
      }
    }
    throw new IOException("no parent");
  }

  /** Waits until a file is there and complete, and reads it. */
  static String await(Path file) throws IOException, InterruptedException {
    for (int i = 0; i < 500; i++) {
      if (Files.exists(file)) {
        String text = Files.readString(file);
        if (text.endsWith("\n")) {
          return text.strip();
        }
      }
      Thread.sleep(10);
    }
    throw new IOException(file + " did not come");
  }

  static void awaitEnd(long pid) throws InterruptedException {
    for (int i = 0; i < 500 && Files.exists(Path.of("/proc/" + pid)); i++) {
      Thread.sleep(10);
    }
  }

  /** Kills init, and with it all that is inside. */
  void stop() throws Exception {
    if (!Files.exists(state.resolve("init"))) {
      return;
    }
    long[] init = init();
    if (Files.exists(Path.of("/proc/" + init[0]))) {
      launcher.run(LaunchPlan.builder().signal(init[0], init[1], 9).build());
      awaitEnd(init[0]);
    }
  }

  /** A command that was run inside. */
  record Run(LaunchReport report, String out, String err) {}
}
