package org.vzj.beancounters.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.device.DeviceRule;
import org.vzj.linux.proc.MountInfo;

class CgroupHostTest {
  private static final String DEBIAN_8 =
      """
      24 18 0:20 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro,mode=755
      25 24 0:21 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,release_agent=/l/agent,name=systemd
      26 24 0:22 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
      27 24 0:23 / /sys/fs/cgroup/net_cls,net_prio rw - cgroup cgroup rw,net_cls,net_prio
      28 24 0:24 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset,clone_children
      29 24 0:23 / /srv/chroot/cgroup/net_cls rw - cgroup cgroup rw,net_cls,net_prio
      30 24 0:22 /a /srv/part rw - cgroup cgroup rw,cpu,cpuacct
      """;

  @Test
  void findsEachHierarchyOnceWithItsControllers() throws IOException {
    CgroupHost host = CgroupHost.detect(MountInfo.parse(DEBIAN_8));
    assertThat(host.layout()).isEqualTo(CgroupHost.Layout.V1);
    assertThat(host.hierarchies())
        .containsExactly(
            new Hierarchy(Path.of("/sys/fs/cgroup/systemd"), false, List.of("name=systemd"), true),
            new Hierarchy(
                Path.of("/sys/fs/cgroup/cpu,cpuacct"), false, List.of("cpu", "cpuacct"), false),
            new Hierarchy(
                Path.of("/sys/fs/cgroup/net_cls,net_prio"),
                false,
                List.of("net_cls", "net_prio"),
                false),
            new Hierarchy(Path.of("/sys/fs/cgroup/cpuset"), false, List.of("cpuset"), false));
    assertThat(host.with("cpuacct")).isEqualTo(host.hierarchies().get(1));
    assertThat(host.with("memory")).isNull();
  }

  @Test
  void monitorsAreWhereServicesAreTold() throws IOException {
    CgroupHost host = CgroupHost.detect(MountInfo.parse(DEBIAN_8));
    assertThat(host.monitors().joinPaths())
        .containsExactly(Path.of("/sys/fs/cgroup/systemd/vz/monitors"));
  }

  @Test
  void besideV2WithControllersNamedHierarchiesAreForOldGuestsAlone(@TempDir Path root)
      throws IOException {
    Files.writeString(root.resolve("cgroup.controllers"), "memory pids\n");
    String unified = "32 24 0:32 / " + root + " rw - cgroup2 cgroup2 rw\n";
    Path old = Files.createDirectories(root.resolve("old"));
    String named = "33 24 0:33 / " + old + " rw - cgroup systemd rw,xattr,name=systemd\n";

    CgroupHost without = CgroupHost.detect(MountInfo.parse(unified));
    CgroupHost with = CgroupHost.detect(MountInfo.parse(unified + named));

    assertThat(without.lacksOldHierarchy()).isTrue();
    assertThat(with.lacksOldHierarchy()).isFalse();
    assertThat(with.layout()).isEqualTo(CgroupHost.Layout.V2);
    assertThat(with.group("9001").directories()).containsExactly(root.resolve("vz/9001"));
    assertThat(with.monitors().directories()).containsExactly(root.resolve("vz/monitors"));

    Cgroup guest = with.groupOfOldGuest("9001");
    assertThat(guest.directories())
        .containsExactly(old.resolve("vz/9001"), root.resolve("vz/9001"));
    assertThat(guest.cloneInto()).isEqualTo(root.resolve("vz/9001"));
    assertThat(guest.insideMounts())
        .extracting(InsideMount::target)
        .containsExactly("/sys/fs/cgroup", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/systemd");

    Files.createDirectories(old.resolve("vz/9001"));
    assertThat(with.group("9001").directories()).isEqualTo(guest.directories());
    assertThat(with.group("9002").directories()).containsExactly(root.resolve("vz/9002"));
  }

  @Test
  void aHostWithoutCgroupsSaysSo() throws IOException {
    CgroupHost host = CgroupHost.detect(List.of());
    assertThat(host.layout()).isEqualTo(CgroupHost.Layout.NONE);
    Cgroup group = host.group("9001");
    assertThat(group.insideMounts()).isEmpty();
    assertThat(group.limitProcesses(1)).isFalse();
    assertThatThrownBy(() -> group.limitDevices(DeviceRule.DEFAULT))
        .hasMessageContaining("mount cgroup2");
    assertThatThrownBy(() -> group.freeze(Duration.ZERO)).hasMessageContaining("mount cgroup2");
    assertThat(group.processes()).isEmpty();
    assertThat(group.populated()).isFalse();
  }
}
