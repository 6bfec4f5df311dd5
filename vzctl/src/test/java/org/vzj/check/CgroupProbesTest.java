package org.vzj.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupProbesTest {
  @TempDir Path root;

  @Test
  void unified() throws Exception {
    FakeHost host = FakeHost.complete(root);

    assertThat(host.ask("layout").fact()).isEqualTo("version 2");
    assertThat(host.ask("memory").fact()).startsWith("version 2, ");
    assertThat(host.ask("io (blkio)").verdict()).isEqualTo(Verdict.OK);
    assertThat(host.ask("freezer").fact()).isEqualTo("version 2");
    assertThat(host.ask("devices").fact()).startsWith("version 2, by BPF programs");
    assertThat(host.ask("cgroup.kill").verdict()).isEqualTo(Verdict.OK);
    assertThat(host.ask("systemd's hierarchy").fact()).isEqualTo("version 2");
  }

  @Test
  void unifiedWithoutMemory() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file("/sys/fs/cgroup/cgroup.controllers", "cpu pids\n");

    assertThat(host.ask("memory").remedy())
        .isEqualTo("a kernel with CONFIG_MEMCG=y and without cgroup_disable=memory");
  }

  @Test
  void versionOne() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file(
        "/proc/self/mountinfo",
        """
        31 1 0:29 / /c/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
        32 1 0:30 / /c/freezer rw - cgroup cgroup rw,freezer
        33 1 0:31 /lxc /c/pids rw - cgroup cgroup rw,pids
        """);

    assertThat(host.ask("layout").fact()).isEqualTo("version 1");
    assertThat(host.ask("cpu").fact()).isEqualTo("version 1, /c/cpu,cpuacct");
    assertThat(host.ask("freezer").fact()).isEqualTo("version 1");
    assertThat(host.ask("pids").verdict()).isEqualTo(Verdict.MISSING);
    assertThat(host.ask("devices").remedy())
        .startsWith("mkdir -p /sys/fs/cgroup/devices && mount -t cgroup -o devices");
    assertThat(host.ask("cgroup.kill").verdict()).isEqualTo(Verdict.LIMITED);
    assertThat(host.ask("systemd's hierarchy").verdict()).isEqualTo(Verdict.MISSING);
  }

  @Test
  void hybrid() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file(
        "/proc/self/mountinfo",
        "30 1 0:28 / /c/memory rw - cgroup cgroup rw,memory\n"
            + "31 1 0:29 / /c/systemd rw - cgroup cgroup rw,name=systemd\n"
            + "32 1 0:30 / "
            + root
            + "/sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");

    assertThat(host.ask("layout").fact()).startsWith("hybrid");
    assertThat(host.ask("systemd's hierarchy").fact()).contains("name=systemd");
  }

  /** Old guests need one, which does not make the host a hybrid. */
  @Test
  void unifiedWithSystemdsHierarchy() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file(
        "/proc/self/mountinfo",
        "31 1 0:29 / /c/systemd rw - cgroup cgroup rw,name=systemd\n"
            + "32 1 0:30 / "
            + root
            + "/sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");

    assertThat(host.ask("layout").fact()).isEqualTo("version 2");
    assertThat(host.ask("systemd's hierarchy").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void none() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file("/proc/self/mountinfo", "21 1 254:0 / / rw - ext4 /dev/vda rw\n");

    assertThat(host.ask("layout").verdict()).isEqualTo(Verdict.MISSING);
    assertThat(host.ask("freezer").verdict()).isEqualTo(Verdict.MISSING);
  }

  @Test
  void devicePrograms() {
    assertThat(CgroupProbes.devicePrograms(KernelOptions.State.OFF).verdict())
        .isEqualTo(Verdict.MISSING);
    assertThat(CgroupProbes.devicePrograms(KernelOptions.State.BUILT_IN).verdict())
        .isEqualTo(Verdict.OK);
  }

  @Test
  void aBrokenMountTableIsNoAnswer() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file("/proc/self/mountinfo", "31 1 0:29 / /c/cpu rw\n");

    assertThat(host.ask("layout").fact()).startsWith("could not be found out");
  }
}
