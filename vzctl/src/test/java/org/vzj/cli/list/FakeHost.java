package org.vzj.cli.list;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.vzj.cli.Session;

/** A host in a temporary directory: /etc/vz, /run/vz, /proc, private areas and cgroups. */
final class FakeHost {
  /** What a run of vzlist left. */
  record Result(int status, String out, String err) {}

  private static final int UP_SECONDS = 1_000_000;

  private final Path top;

  FakeHost(Path top) throws IOException {
    this.top = top;
    write("proc/self/status", "Name:\tjava\nUmask:\t0022\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n");
    write("proc/self/mountinfo", "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
    write("proc/uptime", UP_SECONDS + ".25 1234.00\n");
    Files.createDirectories(top.resolve("etc/conf"));
    Files.createDirectories(top.resolve("etc/names"));
    Files.createDirectories(top.resolve("run"));
    write(
        "etc/vz.conf",
        "VE_ROOT="
            + top
            + "/root/$VEID\nVE_PRIVATE=\""
            + top
            + "/private/${VEID}/\"\nDUMPDIR="
            + top
            + "/dump\nNAMESERVER=inherit\n");
  }

  Path path(String name) {
    return top.resolve(name);
  }

  FakeHost write(String name, String content) throws IOException {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  FakeHost write(String name, byte[] content) throws IOException {
    Path file = top.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return this;
  }

  /** A container with these lines of configuration and a private area. */
  FakeHost stopped(int id, String... lines) throws IOException {
    Files.createDirectories(top.resolve("private/" + id));
    return configured(id, lines);
  }

  /** A container without a private area. */
  FakeHost configured(int id, String... lines) throws IOException {
    return write("etc/conf/" + id + ".conf", String.join("\n", lines) + "\n");
  }

  /** A container that has run for so many seconds with 23 tasks. */
  FakeHost running(int id, long seconds, String... lines) throws IOException {
    long start = (UP_SECONDS - seconds) * 100;
    int pid = 5000 + id;
    configured(id, lines);
    write("run/" + id + "/init", pid + " " + start + "\n");
    write(
        "run/" + id + "/cgroup", top + "/cg/freezer/" + id + "\n" + top + "/cg/pids/" + id + "\n");
    write("cg/freezer/" + id + "/cgroup.procs", pid + "\n");
    write("cg/pids/" + id + "/pids.current", "23\n");
    return process(pid, 'S', start);
  }

  FakeHost process(int pid, char state, long start) throws IOException {
    String zeros = " 0".repeat(16);
    return write(
        "proc/" + pid + "/stat",
        pid + " (init) " + state + " 1 1" + zeros + " " + start + " 0 0\n");
  }

  FakeHost name(String name, int id) throws IOException {
    Files.createSymbolicLink(path("etc/names/" + name), Path.of("/etc/vz/conf/" + id + ".conf"));
    return this;
  }

  Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, false, StandardCharsets.UTF_8)) {
      Session session =
          new Session(
              List.of(arguments),
              new ByteArrayInputStream(new byte[0]),
              outStream,
              errStream,
              Map.of("VZ_ETC_DIR", path("etc").toString(), "VZ_RUN_DIR", path("run").toString()),
              Path.of("/"),
              false);
      int status = Vzlist.run(session, path("proc"));
      outStream.flush();
      errStream.flush();
      return new Result(
          status,
          out.toString(StandardCharsets.UTF_8).replace(top.toString(), "/t"),
          err.toString(StandardCharsets.UTF_8).replace(top.toString(), "/t"));
    }
  }

  /** The text of a run that must succeed without any message. */
  String text(String... arguments) {
    Result result = run(arguments);
    if (result.status() != 0 || !result.err().isEmpty()) {
      throw new AssertionError(result.toString());
    }
    return result.out();
  }
}
