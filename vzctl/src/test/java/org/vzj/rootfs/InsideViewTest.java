package org.vzj.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.proc.MountInfo;

class InsideViewTest {
  @TempDir Path root;

  private Path lxcfs(String name, String... files) throws IOException {
    Path lxcfs = root.resolve(name);
    for (String file : files) {
      Files.createDirectories(lxcfs.resolve(file).getParent());
      Files.createFile(lxcfs.resolve(file));
    }
    return lxcfs;
  }

  private static String mount(Path point, String type) {
    return "40 1 0:40 / " + point + " rw - " + type + " lxcfs rw\n";
  }

  private static String text(LaunchPlan.Builder plan) {
    return plan.inside().exec("/x", List.of("x")).build().text();
  }

  @Test
  void theOneThatWorksIsFound() throws IOException {
    Path works = lxcfs("works", "proc/uptime");
    Path dead = root.resolve("dead");
    String text = mount(works, "fuse.lxcfs") + mount(dead, "fuse.lxcfs");

    assertThat(find(text)).isEqualTo(works);
    assertThat(find(mount(dead, "fuse.lxcfs"))).isNull();
    assertThat(find(mount(works, "fuse"))).isNull();
  }

  private @Nullable Path find(String mounts) {
    return InsideView.find(MountInfo.parse(mounts), root.resolve("own"));
  }

  @Test
  void ourOwnIsTakenBeforeOthers() throws IOException {
    Path own = lxcfs("own", "proc/uptime");
    Path other = lxcfs("other", "proc/uptime");
    String one = mount(own, "fuse.lxcfs");
    String two = mount(other, "fuse.lxcfs");

    assertThat(find(one + two)).isEqualTo(own);
    assertThat(find(two + one)).isEqualTo(own);
    assertThat(find(two)).isEqualTo(other);
  }

  @Test
  void whatItHasIsBoundReadOnly() throws IOException {
    Path lxcfs = lxcfs("l", "proc/uptime", "proc/stat", "sys/devices/system/cpu/online");
    LaunchPlan.Builder plan = LaunchPlan.builder();

    InsideView.add(plan, "/root", lxcfs, true);

    String cpus = "/sys/devices/system/cpu/online";
    assertThat(text(plan).lines().filter(line -> line.startsWith("mount ")))
        .containsExactly(
            "mount " + lxcfs + "/proc/stat /root/proc/stat - bind,ro -",
            "mount " + lxcfs + "/proc/uptime /root/proc/uptime - bind,ro -",
            "mount " + lxcfs + cpus + " /root" + cpus + " - bind,ro -");
  }

  @Test
  void bindingAnewReplacesAllThatMayBeThere() throws IOException {
    Path lxcfs = lxcfs("l", "proc/uptime", "sys/devices/system/cpu/uevent");
    LaunchPlan.Builder plan = LaunchPlan.builder();

    InsideView.addAgain(plan, 7, 8, lxcfs, true);

    String cpus = "/sys/devices/system/cpu";
    assertThat(text(plan).lines().filter(line -> line.startsWith("graft ")))
        .hasSize(9)
        .contains(
            "graft 7 8 - /proc/meminfo",
            "graft 7 8 " + lxcfs + "/proc/uptime /proc/uptime",
            "graft 7 8 " + lxcfs + cpus + " " + cpus,
            "graft 7 8 - " + cpus + "/online");
    LaunchPlan.Builder none = LaunchPlan.builder();
    InsideView.addAgain(none, 7, 8, null, true);
    assertThat(text(none).lines().filter(line -> line.startsWith("graft 7 8 - "))).hasSize(9);
  }

  @Test
  void memoryOfTheHostStaysInSightWhereThatIsWanted() throws IOException {
    Path lxcfs = lxcfs("l", "proc/uptime", "proc/meminfo");
    LaunchPlan.Builder start = LaunchPlan.builder();
    InsideView.add(start, "/root", lxcfs, false);
    assertThat(text(start)).contains("/proc/uptime").doesNotContain("meminfo");

    LaunchPlan.Builder again = LaunchPlan.builder();
    InsideView.addAgain(again, 7, 8, lxcfs, false);
    assertThat(text(again))
        .contains("graft 7 8 " + lxcfs + "/proc/uptime /proc/uptime\n")
        .contains("graft 7 8 - /proc/meminfo\n");

    LaunchPlan.Builder live = LaunchPlan.builder();
    InsideView.addMemoryAgain(live, 7, 8, lxcfs, true);
    assertThat(text(live).lines().filter(line -> line.startsWith("graft ")))
        .containsExactly(
            "graft 7 8 " + lxcfs + "/proc/meminfo /proc/meminfo", "graft 7 8 - /proc/swaps");
  }
}
