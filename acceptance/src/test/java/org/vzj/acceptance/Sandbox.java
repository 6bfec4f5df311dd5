package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * An installation of the built tools for one test class, apart from everything else on the machine:
 * its own configuration, state, library and containers. Closing it ends and removes the containers
 * by the tools themselves and fails if they left anything behind.
 */
final class Sandbox implements AutoCloseable {
  /** How long a command may take on a busy machine. */
  static final Duration LIMIT = Duration.ofSeconds(90);

  private static final Path ROOTS =
      Path.of(System.getProperty("vzj.test.roots", "/var/cache/vzj/test-roots"));
  private static final String[] SUFFIXES = {".tar", ".tar.gz", ".tar.zst", ".tar.xz"};

  private final Path base;
  private final Claims claims;
  private final TreeSet<Integer> ids = new TreeSet<>();

  /** Words before each command of a tool. */
  private final List<String> prefix;

  private Sandbox(Path base, Claims claims, List<String> prefix) {
    this.base = base;
    this.claims = claims;
    this.prefix = prefix;
  }

  /** Makes a sandbox; the test is skipped where that is impossible. */
  static Sandbox open() {
    return open(List.of());
  }

  /**
   * Makes a sandbox whose tools are started by another program.
   *
   * @param prefix that program and its words
   */
  static Sandbox open(List<String> prefix) {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    assumeTrue(Installation.possible(), "needs packaging/target/image: mvn package makes it");
    assumeTrue(Claims.possible(), "needs a writable /run/lock");
    Claims claims = new Claims();
    try {
      Path base = Files.createTempDirectory(Path.of("/var/tmp"), "vztest-");
      // As /vz: users of the host, and those of containers are some, pass through to their tree.
      Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx--x--x"));
      Installation.make(base, 100_000 + claims.slot() * 100L * 65_536);
      return new Sandbox(base, claims, prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns an id that no other sandbox of the machine uses. */
  int id() {
    return ids(1).getFirst();
  }

  /** Returns neighbouring ids that no other sandbox of the machine uses, in ascending order. */
  List<Integer> ids(int count) {
    List<Integer> claimed = claims.ids(count);
    ids.addAll(claimed);
    return claimed;
  }

  /**
   * Makes a root file system of ./test available as a template; the test is skipped if it is
   * missing.
   *
   * @param name debian-12-x86_64, busybox, sysvinit or openrc
   * @return the name
   */
  String template(String name) {
    for (String suffix : SUFFIXES) {
      Path archive = ROOTS.resolve(name + suffix);
      if (Files.exists(archive)) {
        Installation.template(base, archive);
        return name;
      }
    }
    assumeTrue(false, "needs " + ROOTS.resolve(name) + ".tar.*: ./test builds it");
    return name;
  }

  /** Creates a container from a template and returns its id. */
  int create(String template, String... options) {
    int id = id();
    List<String> words =
        new ArrayList<>(List.of("create", "" + id, "--ostemplate", template(template)));
    words.addAll(List.of(options));
    vzctl(words.toArray(String[]::new)).expect(0);
    return id;
  }

  /** Creates a container and starts it. */
  int start(String template, String... options) {
    int id = create(template, options);
    vzctl("start", "" + id).expect(0);
    return id;
  }

  /** Waits until the systemd of a container has started all that it should. */
  void awaitBoot(int id) {
    Host.await(
        "running",
        LIMIT,
        () -> vzctl("exec", "" + id, "systemctl is-system-running").out().equals("running\n"));
  }

  /** Runs {@code vzctl set}. */
  Result set(int id, String... options) {
    List<String> words = new ArrayList<>(List.of("set", "" + id));
    words.addAll(List.of(options));
    return vzctl(words.toArray(String[]::new));
  }

  /** Runs vzctl to its end with an empty standard input. */
  Result vzctl(String... words) {
    return run(LIMIT, "vzctl", words);
  }

  /** Runs vzctl to its end with its own time limit. */
  Result vzctl(Duration limit, String... words) {
    return run(limit, "vzctl", words);
  }

  /** Runs vzlist to its end. */
  Result vzlist(String... words) {
    return run(LIMIT, "vzlist", words);
  }

  /** Runs another tool to its end. */
  Result tool(String name, String... words) {
    return run(LIMIT, name, words);
  }

  /** Runs vzctl with a text as its standard input. */
  Result vzctlWithInput(String input, String... words) {
    try (Running running = background(words)) {
      try {
        running.input().write(input.getBytes(StandardCharsets.UTF_8));
        running.input().close();
      } catch (IOException e) {
        // it ended without reading all
      }
      return running.await(LIMIT);
    }
  }

  /** Starts vzctl; its standard input is the caller's to close. */
  Running background(String... words) {
    ProcessBuilder command = command("vzctl", words);
    // Tests that were started in the background, where shells ignore ^C, would hand that down.
    command.command().addAll(0, List.of("env", "--default-signal=INT,QUIT"));
    return Running.start(command);
  }

  /** Returns a tool's command with this sandbox's environment, not yet started. */
  ProcessBuilder command(String tool, String... words) {
    List<String> all = new ArrayList<>(prefix);
    all.add(base.resolve("lib/bin").resolve(tool).toString());
    all.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().put("VZ_ETC_DIR", etc().toString());
    builder.environment().put("VZ_RUN_DIR", base.resolve("run").toString());
    builder.environment().put("VZ_STATE_DIR", base.resolve("state").toString());
    builder.environment().put("VZ_LIB_DIR", base.resolve("lib").toString());
    return builder;
  }

  private Result run(Duration limit, String tool, String... words) {
    ProcessBuilder builder = command(tool, words);
    builder.redirectInput(Path.of("/dev/null").toFile());
    try (Running running = Running.start(builder)) {
      return running.await(limit);
    }
  }

  /** Returns the directory of everything in this sandbox. */
  Path base() {
    return base;
  }

  /** Returns what is /etc/vz elsewhere. */
  Path etc() {
    return base.resolve("etc");
  }

  /** Returns a container's configuration file. */
  Path config(int id) {
    return etc().resolve("conf/" + id + ".conf");
  }

  /** Returns a container's files. */
  Path privateArea(int id) {
    return base.resolve("vz/private/" + id);
  }

  /** Returns the mount point of a container's root. */
  Path root(int id) {
    return base.resolve("vz/root/" + id);
  }

  /** Returns a container's lock file. */
  Path lock(int id) {
    return base.resolve("vz/lock/" + id + ".lck");
  }

  /** Returns a container's state directory, which is gone while it is stopped. */
  Path state(int id) {
    return base.resolve("run/" + id);
  }

  /** Returns the pid of a running container's init on the host, 0 if its state names none. */
  long init(int id) {
    String text = Host.read(state(id).resolve("init"));
    int space = text.indexOf(' ');
    return space < 0 ? 0 : Long.parseLong(text.substring(0, space));
  }

  /** Returns the words of the status line after the id. */
  String status(int id) {
    String line = vzctl("status", "" + id).ok();
    assertThat(line).startsWith("CTID " + id + " ").endsWith("\n");
    return line.substring(("CTID " + id + " ").length(), line.length() - 1);
  }

  /** Waits until the status line says so. */
  void awaitStatus(int id, String wanted) {
    Host.await(
        "CTID " + id + " " + wanted, Duration.ofSeconds(60), () -> status(id).equals(wanted));
  }

  /** Waits until no command works on a container. */
  void awaitUnlocked(int id) {
    Host.await("no lock of CT " + id, Duration.ofSeconds(60), () -> !Files.exists(lock(id)));
  }

  /** Lists what a container that is down and unmounted must not have. */
  List<String> remains(int id) {
    List<String> remains = new ArrayList<>();
    Host.cgroups(id).forEach(group -> remains.add("cgroup " + group));
    Host.processes(id).forEach(pid -> remains.add("process " + Host.describe(pid)));
    Host.mounts(root(id)).forEach(mount -> remains.add("mount " + mount));
    for (Path file : List.of(state(id), lock(id))) {
      if (Files.exists(file)) {
        remains.add("file " + file);
      }
    }
    Path links = Path.of("/sys/class/net");
    for (String link : names(links)) {
      if (link.startsWith("veth" + id + ".") || link.equals("venet0." + id)) {
        remains.add("network link " + link);
      }
    }
    return remains;
  }

  /** Asserts, giving what works in the background a moment, that a container has left nothing. */
  void assertNothingRemains(int id) {
    Host.holdsWithin(Duration.ofSeconds(20), () -> remains(id).isEmpty());
    assertThat(remains(id)).as("what container %d left", id).isEmpty();
  }

  /** Stops, unmounts and destroys by the tools themselves, and asserts that nothing stays. */
  @Override
  public void close() {
    List<String> remains = new ArrayList<>();
    try {
      end(remains);
    } finally {
      sweep(remains);
      claims.close();
    }
    assertThat(remains).as("what the containers of %s left on the host", base).isEmpty();
  }

  private void end(List<String> remains) {
    StringBuilder said = new StringBuilder();
    for (int id : ids) {
      if (Files.exists(state(id)) || !Host.mounts(root(id)).isEmpty()) {
        said.append(vzctl("stop", "" + id, "--fast"));
        if (!Host.mounts(root(id)).isEmpty()) {
          said.append(vzctl("umount", "" + id));
        }
      }
      if (Files.exists(config(id))) {
        said.append(vzctl("destroy", "" + id));
      }
    }
    Host.holdsWithin(Duration.ofSeconds(20), () -> left().isEmpty());
    remains.addAll(left());
    if (!remains.isEmpty()) {
      remains.add(said.toString());
    }
  }

  private List<String> left() {
    List<String> left = new ArrayList<>();
    for (int id : ids) {
      left.addAll(remains(id));
      for (Path file : List.of(root(id), privateArea(id), config(id))) {
        if (Files.exists(file)) {
          left.add("file " + file);
        }
      }
    }
    for (String place :
        List.of("vz/private", "vz/root", "vz/lock", "run/plans", "run/ids", "run/addresses")) {
      for (String name : names(base.resolve(place))) {
        if (!name.startsWith(".") || name.startsWith(".vzctl")) {
          left.add("file " + base.resolve(place).resolve(name));
        }
      }
    }
    names(etc().resolve("names")).forEach(name -> left.add("name " + name));
    Host.mounts(base).forEach(mount -> left.add("mount " + mount));
    Host.processesNaming(base.toString()).forEach(pid -> left.add("process " + Host.describe(pid)));
    return left;
  }

  /** What the tools left would stand in the way of other tests. */
  private void sweep(List<String> remains) {
    if (!remains.isEmpty()) {
      for (int id : ids) {
        Host.processes(id).forEach(pid -> Host.kill("KILL", pid));
      }
      Host.processesNaming(base.toString()).forEach(pid -> Host.kill("KILL", pid));
      Host.mounts(base).reversed().forEach(mount -> Host.run("umount", "-l", mount.toString()));
      for (int id : ids) {
        Host.holdsWithin(Duration.ofSeconds(10), () -> Host.processes(id).isEmpty());
        Host.cgroups(id)
            .forEach(
                group -> Host.run("find", group.toString(), "-depth", "-type", "d", "-delete"));
      }
    }
    if (Host.mounts(base).isEmpty()) {
      Host.run("rm", "-rf", "--one-file-system", base.toString());
    }
  }

  private static List<String> names(Path directory) {
    String[] names = directory.toFile().list();
    return names == null ? List.of() : List.of(names);
  }
}
