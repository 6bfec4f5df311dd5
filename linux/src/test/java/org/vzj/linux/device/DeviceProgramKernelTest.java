package org.vzj.linux.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.CheckProgram;
import org.vzj.linux.proc.MountInfo;

/** The device program on the running kernel: verified, attached, replaced, and obeyed. */
@Tag("root")
class DeviceProgramKernelTest {
  private Path group = Path.of("");

  @BeforeEach
  void makeGroup() throws IOException {
    Path root = Path.of("none");
    for (MountInfo mount : MountInfo.read(Path.of("/proc/self/mountinfo"))) {
      if (mount.fsType().equals("cgroup2") && mount.root().equals("/")) {
        root = Path.of(mount.mountPoint());
      }
    }
    assumeTrue(Files.isDirectory(root), "needs a cgroup2 mount");
    group = root.resolve("vztest-device-" + ProcessHandle.current().pid());
    Files.createDirectory(group);
  }

  @AfterEach
  void removeGroup() throws IOException, InterruptedException {
    for (int tries = 0; tries < 50 && Files.exists(group); tries++) {
      try {
        Files.deleteIfExists(group);
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
    assertThat(group).doesNotExist();
  }

  @Test
  void theKernelObeysTheRules(@TempDir Path directory) throws Exception {
    CheckProgram check = compile(directory);
    String output =
        check.output(
            group.toString(),
            DeviceProgram.compile(DeviceRule.DEFAULT).hex(),
            "r:/dev/null",
            "w:/dev/null",
            "r:/dev/urandom",
            "r:/dev/kmsg",
            "w:/dev/kmsg");
    assertThat(output.lines())
        .containsExactly(
            "r:/dev/null 0", "w:/dev/null 0", "r:/dev/urandom 0", "r:/dev/kmsg 1", "w:/dev/kmsg 1");
  }

  @Test
  void aSecondProgramTakesTheFirstsPlace(@TempDir Path directory) throws Exception {
    CheckProgram check = compile(directory);
    String output =
        check.output(
            group.toString(),
            DeviceProgram.compile(List.of()).hex(),
            DeviceProgram.compile(List.of(DeviceRule.parse("c 1:3 r"))).hex(),
            "r:/dev/null",
            "w:/dev/null",
            "r:/dev/zero");
    assertThat(output.lines()).containsExactly("r:/dev/null 0", "w:/dev/null 1", "r:/dev/zero 1");
  }

  @Test
  void withoutAProgramTheTestWouldNotice(@TempDir Path directory) throws Exception {
    CheckProgram check = compile(directory);
    assertThat(check.output(group.toString(), "r:/dev/kmsg", "r:/dev/zero").lines())
        .containsExactly("r:/dev/kmsg 0", "r:/dev/zero 0");
  }

  private static CheckProgram compile(Path directory) throws IOException, InterruptedException {
    return CheckProgram.compile(directory, "src/test/c/devicebpfcheck.c", "src/main/c/devicebpf.c");
  }
}
