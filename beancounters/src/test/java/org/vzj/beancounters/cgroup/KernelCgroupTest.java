package org.vzj.beancounters.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.KernelCgroupFiles;
import org.vzj.linux.device.DeviceRule;
import org.vzj.linux.proc.MountInfo;

/** The contract against the running kernel, for the layouts that it can show. */
@Tag("root")
class KernelCgroupTest {
  private final CgroupFiles files = new KernelCgroupFiles();
  private final List<Process> processes = new ArrayList<>();

  abstract class Kernel extends ResourceContract {
    @Override
    @Nullable String disk() {
      try (Stream<Path> disks = Files.list(Path.of("/sys/block"))) {
        Optional<Path> first = disks.filter(path -> Files.exists(path.resolve("dev"))).findFirst();
        return first.isEmpty() ? null : Files.readString(first.get().resolve("dev")).strip();
      } catch (IOException e) {
        return null;
      }
    }

    abstract boolean wanted(MountInfo mount);

    @Override
    CgroupHost detect() throws IOException {
      List<MountInfo> mounts = new ArrayList<>();
      for (MountInfo mount : MountInfo.read(Path.of("/proc/self/mountinfo"))) {
        if (wanted(mount)) {
          mounts.add(mount);
        }
      }
      CgroupHost host = CgroupHost.detect(mounts);
      assumeTrue(
          host.layout() != CgroupHost.Layout.NONE, "needs mounted cgroup hierarchies of this kind");
      return host;
    }

    @Override
    CgroupFiles files() {
      return files;
    }

    @Override
    long startProcess() throws IOException {
      Process process = new ProcessBuilder("sleep", "100").start();
      processes.add(process);
      return process.pid();
    }

    @AfterEach
    void nothingRuns() throws InterruptedException {
      for (Process process : processes) {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
    }

    @Override
    String owner(Path path) throws IOException {
      return Files.getAttribute(path, "unix:uid") + ":" + Files.getAttribute(path, "unix:gid");
    }

    /** Runs a shell in the group, and gives what it prints. */
    String shell(String script) throws IOException, InterruptedException {
      StringBuilder joined = new StringBuilder();
      for (Path directory : group().joinPaths()) {
        joined.append("echo 0 > '").append(directory).append("/cgroup.procs' || exit 1\n");
      }
      Process process =
          new ProcessBuilder("sh", "-c", joined + script).redirectErrorStream(true).start();
      processes.add(process);
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return output;
    }

    @Test
    void aForkBombIsKilled() throws IOException, InterruptedException {
      assumeTrue(group().limitProcesses(200), "needs the pids controller, or it harms the machine");
      StringBuilder script = new StringBuilder();
      for (Path directory : group().joinPaths()) {
        script.append("echo 0 > '").append(directory).append("/cgroup.procs' || exit 1\n");
      }
      script.append("f() { sleep 100 & f & f; }; f");
      Process bomb =
          new ProcessBuilder("sh", "-c", script.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      processes.add(bomb);
      Thread.sleep(300);
      assertThat(group().processes()).hasSizeGreaterThan(10);
      group().kill(LONG);
      assertThat(group().processes()).isEmpty();
    }

    @Test
    void groupsDeeperThanAPathCanBeAreRemoved() throws IOException, InterruptedException {
      Path deep = group().directories().getLast();
      String name = "x".repeat(200);
      shell(
          ("cd '" + deep + "' && i=0; while [ $i -lt 30 ] && mkdir " + name)
              + (" && cd -P " + name + " 2>/dev/null; do i=$((i+1)); done"));
      assertThat(deep.resolve(name).resolve(name)).isDirectory();
      assertThat(group().processes()).isEmpty();
      group().remove(LONG);
      assertThat(group().exists()).isFalse();
    }
  }

  @Nested
  class V1 extends Kernel {
    @Override
    boolean wanted(MountInfo mount) {
      return mount.fsType().equals("cgroup");
    }

    @Test
    void theKernelObeysTheDeviceRules() throws IOException, InterruptedException {
      assumeTrue(host().with("devices") != null, "needs cgroup v1's devices controller");
      assertThat(shell("head -c0 /dev/kmsg && echo ok")).isEqualTo("ok\n");
      assertThat(group().limitDevices(DeviceRule.DEFAULT)).isNull();
      assertThat(shell("head -c0 /dev/null && echo ok")).isEqualTo("ok\n");
      assertThat(shell("LC_ALL=C head -c0 /dev/kmsg")).contains("Operation not permitted");
    }

    @Test
    void theKernelObeysTheProcessLimit() throws IOException, InterruptedException {
      assumeTrue(group().limitProcesses(2), "needs the pids controller");
      assertThat(shell("LC_ALL=C; export LC_ALL; sleep 3 & sleep 3 & sleep 3")).contains("fork");
    }
  }

  @Nested
  class V2 extends Kernel {
    @Override
    boolean wanted(MountInfo mount) {
      return mount.fsType().equals("cgroup2");
    }

    @Test
    void theGuestsTreeIsBounded() throws IOException {
      Path directory = Objects.requireNonNull(group().cloneInto());
      assertThat(files.read(directory.resolve("cgroup.max.depth"))).isEqualTo("64");
      assertThat(files.read(directory.resolve("cgroup.max.descendants"))).isEqualTo("20000");
    }
  }

  @Nested
  class AsItIs extends Kernel {
    @Override
    boolean wanted(MountInfo mount) {
      return mount.fsType().equals("cgroup") || mount.fsType().equals("cgroup2");
    }
  }
}
