package org.vzj.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.CheckProgram;
import org.vzj.linux.capability.ContainerCapabilities;
import org.vzj.linux.seccomp.ContainerSyscalls;
import org.vzj.linux.seccomp.Machine;

/**
 * A container's quota calls on their way to the monitor and back. The file system that tests are on
 * mostly has no quota: then what is allowed fails with ESRCH or ENOSYS.
 */
@Tag("root")
class UgidRootTest {
  private static final String DEVICE = "/dev/vztest";
  private static final String FILTER =
      ContainerSyscalls.filter(Machine.current(), true, ContainerCapabilities.DEFAULT, true, true)
          .hex();

  private static final String EPERM = "1";
  private static final String ENODEV = "19";
  private static final String EINVAL = "22";
  private static final String ENOSYS = "38";

  private BusyboxContainer ct;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    Path program = Files.createDirectory(directory.resolve("program"));
    CheckProgram.compile(program, "src/test/c/ugidcheck.c", "-static", "-pthread");
    Path tree = Files.createDirectory(directory.resolve("container"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    ct = new BusyboxContainer(tree);
    Files.copy(program.resolve("check"), ct.root.resolve("bin/ugidcheck"));
    LaunchPlan.Builder plan = LaunchPlan.builder().detach();
    plan.ugidListen(ct.state.toString(), socket());
    ct.hostSection(plan);
    String base = Long.toString(BusyboxContainer.BASE);
    plan.monitor(
        BusyboxContainer.VZMONITOR.toString(),
        List.of("--ugid", base, base, "10", DEVICE, ct.state.toString()));
    String script = "ugidcheck call get 0 70000 " + DEVICE + "; exec sleep 1000";
    ct.insideSection(plan).seccomp(FILTER, socket()).gate();
    ct.launcher.start(
        plan.exec("/bin/sh", List.of("sh", "-c", script)).build(),
        pid -> {
          // Nobody could answer yet.
          return !Files.exists(Path.of(socket()));
        });
  }

  @AfterEach
  void end() throws Exception {
    ct.stop();
  }

  private String socket() {
    return ct.state.resolve("ugid").toString();
  }

  private String inside(String... words) throws IOException {
    LaunchPlan plan =
        ct.enter(StdioMode.PIPES)
            .seccomp(FILTER, socket())
            .exec("/bin/sh", List.of("sh", "-c", String.join(" ", words)))
            .build();
    Stdio stdio = Stdio.captured(new byte[0]);
    LaunchReport report = ct.launcher.run(plan, stdio);
    assertThat(report).as(stdio.errText()).isEqualTo(new LaunchReport.Exited(0));
    return stdio.outText().strip();
  }

  private String call(String words) throws IOException {
    return inside("ugidcheck", words, DEVICE);
  }

  @Test
  void whatIsAllowedReachesTheKernelAndNothingElse() throws Exception {
    assertThat(call("call get 0 5")).isIn("0", "3", ENOSYS);
    assertThat(call("call format 1 0")).isIn("0", "3", ENOSYS);
    assertThat(call("call get 2 5")).as("projects").isEqualTo(EINVAL);
    assertThat(call("call set 0 65536")).isEqualTo(EINVAL);
    assertThat(call("call next 0 65536")).isEqualTo("2");
    assertThat(call("call off 0 0")).isEqualTo(EPERM);
    assertThat(call("call state 0 0")).matches("[0-9a-f]+ 0|3|" + ENOSYS);
    assertThat(call("call xset 0 5")).isIn("0", "3", ENOSYS);
    assertThat(call("call xset 0 65536")).isEqualTo(EINVAL);
    assertThat(call("call xget 2 5")).as("projects").isEqualTo(EINVAL);
    assertThat(call("call xnext 1 65536")).isEqualTo("2");
    assertThat(call("call xoff 0 0")).isEqualTo(EPERM);
    assertThat(call("call xrm 0 0")).isEqualTo(EPERM);
    assertThat(call("call xcount 0 5")).as("use alone").isEqualTo(EPERM);
    assertThat(call("call xwarns 0 5")).isEqualTo(EINVAL);
    assertThat(call("call xrealtime 0 5")).isEqualTo(EINVAL);
    assertThat(call("nested xset 0 5")).isEqualTo(EPERM);
    assertThat(call("nested set 0 5")).as("root of its own making").isEqualTo(EPERM);
    assertThat(inside("ugidcheck call set 0 5 /dev/vda")).isEqualTo(ENODEV);
    assertThat(inside("ugidcheck call set 0 5 /dev/vztestX")).isEqualTo(ENODEV);
    assertThat(inside("ugidcheck call set 0 5 /dev/vztes")).isEqualTo(ENODEV);
  }

  @Test
  void initIsAnsweredToo() throws Exception {
    Path log = ct.state.resolve("console.log");
    for (int i = 0;
        i < 500 && !Files.readString(log, StandardCharsets.ISO_8859_1).contains("22");
        i++) {
      Thread.sleep(10);
    }
    assertThat(Files.readString(log, StandardCharsets.ISO_8859_1)).contains("22");
  }

  @Test
  void withoutAListenerThereIsNoSuchCall() throws Exception {
    LaunchPlan plan =
        ct.enter(StdioMode.PIPES)
            .seccomp(FILTER)
            .exec("/bin/ugidcheck", List.of("ugidcheck", "call", "get", "0", "5", DEVICE))
            .build();
    Stdio stdio = Stdio.captured(new byte[0]);
    ct.launcher.run(plan, stdio);
    assertThat(stdio.outText().strip()).isEqualTo(ENOSYS);
  }

  @Test
  void wildCallsAreSurvivedAndLeaveNothing() throws Exception {
    long monitor = ct.monitor();
    // Standard streams, console, what it serves quota with, its signals.
    int own = 3 + 4 + 5 + 1;
    assertThat(inside("ugidcheck wild 3", DEVICE)).contains(" calls, ");
    assertThat(ct.monitor()).isEqualTo(monitor);
    assertThat(call("call get 0 70000")).isEqualTo(EINVAL);
    for (int i = 0; i < 500 && descriptors(monitor) != own; i++) {
      Thread.sleep(10);
    }
    assertThat(descriptors(monitor)).isEqualTo(own);
  }

  private static int descriptors(long pid) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return (int) files.count();
    }
  }

  @Test
  void aListenerIsTakenFromTheHostsRootAloneAndTheNumberChanges() throws Exception {
    assertThat(Files.getAttribute(Path.of(socket()), "unix:mode").toString())
        .isEqualTo(Integer.toString(0140600));
    LaunchReport report = ct.launcher.run(LaunchPlan.builder().ugidLimit(socket(), 20).build());
    assertThat(report).isEqualTo(new LaunchReport.Done());
    assertThat(call("call get 0 70000")).isEqualTo(EINVAL);
  }
}
