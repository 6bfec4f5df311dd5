package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No process inside holds a file, a directory or a terminal of the host. */
@Tag("root")
@Timeout(180)
class DescriptorsTest {
  @TempDir private static Path directory;
  private static Sandbox sandbox;
  private static Probe probe;
  private static int id;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.open();
    probe = Probe.compile(directory);
    id = sandbox.create("busybox");
    probe.putInto(sandbox.privateArea(id));
    sandbox.vzctl("start", "" + id).expect(0);
  }

  @AfterAll
  static void end() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  /** What of a process's files lies on a mount that the container does not have. */
  private static List<String> foreign(long pid) {
    Set<String> mounts = new HashSet<>();
    for (String line : Host.read(Path.of("/proc/" + pid + "/mountinfo")).lines().toList()) {
      mounts.add(line.substring(0, line.indexOf(' ')));
    }
    assertThat(mounts).isNotEmpty();
    List<String> foreign = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path file : files) {
        String target = Files.readSymbolicLink(file).toString();
        if (target.startsWith("pipe:") || target.startsWith("anon_inode:")) {
          continue;
        }
        String info = Host.read(Path.of("/proc/" + pid + "/fdinfo/" + file.getFileName()));
        String mount =
            info.lines().filter(line -> line.startsWith("mnt_id:")).findFirst().orElse("? ?");
        if (!mounts.contains(mount.split("\\s+")[1])) {
          foreign.add(file.getFileName() + " " + target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return foreign;
  }

  private static int count(long pid) {
    String[] names = Path.of("/proc/" + pid + "/fd").toFile().list();
    return names == null ? -1 : names.length;
  }

  /** The container's process that holds /etc/hostname open, by its words. */
  private static long holder() {
    for (long pid : Host.processes(id)) {
      if (Host.read(Path.of("/proc/" + pid + "/cmdline")).startsWith("/probe\0hold\0")) {
        return pid;
      }
    }
    return 0;
  }

  @Test
  void init() {
    long pid = sandbox.init(id);
    assertThat(foreign(pid)).isEmpty();
    assertThat(count(pid)).isEqualTo(3);
  }

  @Test
  void aCommand() throws IOException {
    // The caller has files open, a directory of the host among them.
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash",
            "-c",
            "exec 7</etc/passwd 8</ 9<>\"$1/marker\"; shift; exec \"$@\"",
            "bash",
            directory.toString());
    ProcessBuilder vzctl = sandbox.command("vzctl", "exec3", "" + id, "/probe", "hold", "/probe");
    builder.command().addAll(vzctl.command());
    builder.environment().putAll(vzctl.environment());
    try (Running running = Running.start(builder)) {
      Host.await("it holds", Duration.ofSeconds(30), () -> running.outSoFar().contains("ok"));
      Path callers = Path.of("/proc/" + running.process().pid() + "/fd");
      assertThat(Files.readSymbolicLink(callers.resolve("8")))
          .as("control: the caller's is open")
          .isEqualTo(Path.of("/"));
      long pid = holder();
      assertThat(foreign(pid)).isEmpty();
      assertThat(count(pid)).as("three pipes and its own file").isEqualTo(4);
      assertThat(Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"))).isEqualTo(Path.of("/"));
      Host.kill("KILL", pid);
    }
  }

  @Test
  void aDescriptorOfTheHostWouldBeNoticed() throws IOException {
    // nsenter joins with what it has: the control.
    List<String> command =
        List.of(
            "bash",
            "-c",
            "exec 8</; exec nsenter -t $1 -m -p -- /probe hold /probe",
            "bash",
            "" + sandbox.init(id));
    try (Running running = Running.start(new ProcessBuilder(command))) {
      Host.await("it holds", Duration.ofSeconds(30), () -> running.outSoFar().contains("ok"));
      long pid =
          running.process().toHandle().children().findFirst().map(ProcessHandle::pid).orElse(0L);
      assertThat(foreign(pid)).anyMatch(text -> text.startsWith("8 "));
      Host.kill("KILL", pid);
    }
  }

  @Test
  void aCommandHasNoTerminal() {
    Result result = sandbox.vzctl("exec", "" + id, "tty; cat </dev/tty");
    assertThat(result.out()).isEqualTo("not a tty\n");
    assertThat(result.err()).contains("No such device or address");
  }

  @Test
  void anEnteredShellHasOneOfItsOwn() {
    String typed = "tty; /probe sti; exit\n";
    String session = "script -qec \"$0 enter " + id + "\" /dev/null"; // a terminal for vzctl
    ProcessBuilder vzctl = sandbox.command("vzctl");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", session, vzctl.command().getFirst());
    builder.environment().putAll(vzctl.environment());
    try (Running running = Running.start(builder)) {
      Host.await("a prompt", Duration.ofSeconds(30), () -> running.outSoFar().contains("#"));
      running.input().write(typed.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      running.input().flush();
      Result result = running.await(Duration.ofSeconds(60));
      assertThat(result.out())
          .contains("/dev/pts/0")
          .contains("sti EPERM")
          .contains("exited from CT " + id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
