package org.vzj.beancounters.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.DevicesControl;
import org.vzj.linux.device.DeviceRule;

/** What a group does, whatever hierarchies the host has. */
abstract class CgroupContract {
  static final String PARENT = "vztest-cgroup-" + ProcessHandle.current().pid();
  static final Duration LONG = Duration.ofSeconds(10);
  static final Duration SHORT = Duration.ofMillis(100);

  private CgroupHost host;
  private Cgroup group;

  /** The hierarchies to test with. */
  abstract CgroupHost detect() throws IOException;

  /** How the test itself reaches them. */
  abstract CgroupFiles files();

  /** Starts a process that does nothing, and gives its id. */
  abstract long startProcess() throws IOException;

  /** The owner of a file, as "uid:gid". */
  abstract String owner(Path path) throws IOException;

  @BeforeEach
  void create() throws IOException {
    host = detect();
    group = host.group(PARENT, "9001");
    group.create();
  }

  @AfterEach
  void remove() throws IOException {
    group.kill(LONG);
    group.remove(LONG);
    for (Hierarchy hierarchy : host.hierarchies()) {
      files().remove(hierarchy.mountPoint().resolve(PARENT));
    }
    assertThat(group.exists()).isFalse();
  }

  CgroupHost host() {
    return host;
  }

  Cgroup group() {
    return group;
  }

  long startInGroup() throws IOException {
    long process = startProcess();
    for (Path directory : group.joinPaths()) {
      files().write(directory.resolve("cgroup.procs"), Long.toString(process));
    }
    return process;
  }

  @Test
  void itIsInEveryHierarchyAndCanBeMadeTwice() throws IOException {
    assertThat(group.name()).isEqualTo(PARENT + "/9001");
    assertThat(group.directories()).hasSameSizeAs(host.hierarchies());
    assertThat(group.directories())
        .allMatch(directory -> files().exists(directory.resolve("cgroup.procs")));
    group.create();
    assertThat(group.exists()).isTrue();
    assertThat(group.populated()).isFalse();
    assertThat(group.processes()).isEmpty();
  }

  @Test
  void removingTwiceIsFine() throws IOException {
    group.remove(LONG);
    assertThat(group.exists()).isFalse();
    group.remove(LONG);
    assertThat(group.populated()).isFalse();
    assertThat(group.processes()).isEmpty();
    group.kill(LONG);
    assertThat(group.exists()).isFalse();
  }

  @Test
  void aProcessCanJoinEveryDirectory() throws IOException {
    long process = startInGroup();
    assertThat(group.populated()).isTrue();
    assertThat(group.processes()).containsExactly(process);
  }

  @Test
  void killingLeavesNone() throws IOException {
    startInGroup();
    startInGroup();
    group.kill(LONG);
    assertThat(group.populated()).isFalse();
    assertThat(group.processes()).isEmpty();
  }

  @Test
  void freezingAndThawing() throws IOException {
    startInGroup();
    assertThat(group.isFrozen()).isFalse();
    group.freeze(LONG);
    assertThat(group.isFrozen()).isTrue();
    group.thaw();
    assertThat(group.isFrozen()).isFalse();
    group.thaw();
    assertThat(group.populated()).isTrue();
  }

  @Test
  void frozenProcessesCanBeKilled() throws IOException {
    startInGroup();
    group.freeze(LONG);
    group.kill(LONG);
    assertThat(group.populated()).isFalse();
  }

  @Test
  void itIsNotRemovedWhileItHasProcesses() throws IOException {
    startInGroup();
    assertThatThrownBy(() -> group.remove(SHORT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(PARENT + "/9001");
    assertThat(group.populated()).isTrue();
  }

  @Test
  void groupsOfTheGuestAreSeenKilledAndRemoved() throws IOException {
    long process = startInGroup();
    for (Path directory : group.directories()) {
      Path slice = directory.resolve("a.slice");
      Path service = slice.resolve("b c.service");
      files().make(slice);
      files().make(slice.resolve("empty.slice"));
      files().make(service);
    }
    long inside = startProcess();
    for (Path directory : group.directories()) {
      Path service = directory.resolve("a.slice/b c.service");
      if (directory.startsWith(mountOf("cpuset"))) {
        continue; // a new group has no processors there before clone_children has given it some
      }
      files().write(service.resolve("cgroup.procs"), Long.toString(inside));
    }
    assertThat(group.processes()).containsExactlyInAnyOrder(process, inside);
    group.kill(LONG);
    assertThat(group.populated()).isFalse();
    group.remove(LONG);
    assertThat(group.exists()).isFalse();
  }

  private Path mountOf(String controller) {
    Hierarchy hierarchy = host.with(controller);
    return hierarchy == null || hierarchy.unified() ? Path.of("/nowhere") : hierarchy.mountPoint();
  }

  @Test
  void processesAreLimitedWhereTheHostCan() throws IOException {
    Hierarchy pids = host.with("pids");
    assertThat(group.limitProcesses(17)).isEqualTo(pids != null);
    if (pids != null) {
      Path most = pids.mountPoint().resolve(group.name()).resolve("pids.max");
      assertThat(files().read(most)).isEqualTo("17");
      group.limitProcesses(-1);
      assertThat(files().read(most)).isEqualTo("max");
    }
  }

  @Test
  void devicesAreLimitedAtOnceOrByAProgram() throws IOException {
    DevicesControl.Attachment attachment = group.limitDevices(DeviceRule.DEFAULT);
    if (attachment != null) {
      assertThat(attachment.group()).isEqualTo(group.cloneInto());
      assertThat(attachment.program().bytes()).isNotEmpty();
      return;
    }
    assertThat(deviceRules()).containsExactlyInAnyOrderElementsOf(texts(DeviceRule.DEFAULT));
    List<DeviceRule> others = new ArrayList<>(DeviceRule.DEFAULT);
    others.remove(DeviceRule.character(1, 3));
    others.add(DeviceRule.parse("c 1:3 r"));
    others.add(DeviceRule.parse("b 8:* rw"));
    group.limitDevices(others);
    assertThat(deviceRules()).containsExactlyInAnyOrderElementsOf(texts(others));
    group.limitDevices(DeviceRule.DEFAULT);
    assertThat(deviceRules()).containsExactlyInAnyOrderElementsOf(texts(DeviceRule.DEFAULT));
  }

  private List<String> deviceRules() throws IOException {
    Path list = mountOf("devices").resolve(group.name()).resolve("devices.list");
    return List.of(files().read(list).split("\n"));
  }

  private static List<String> texts(List<DeviceRule> rules) {
    List<String> texts = new ArrayList<>();
    for (DeviceRule rule : rules) {
      texts.add(rule.text());
    }
    return texts;
  }

  @Test
  void delegationGivesAwayNoLimits() throws IOException {
    group.delegate(100000, 100001);
    for (Hierarchy hierarchy : host.hierarchies()) {
      Path directory = hierarchy.mountPoint().resolve(group.name());
      boolean given = hierarchy.unified() || hierarchy.has("name=systemd");
      for (Path path : List.of(directory, directory.resolve("cgroup.procs"))) {
        assertThat(owner(path)).as(path.toString()).isEqualTo(given ? "100000:100001" : "0:0");
      }
      for (String file :
          List.of("pids.max", "cgroup.max.depth", "cgroup.freeze", "devices.allow")) {
        if (files().exists(directory.resolve(file))) {
          assertThat(owner(directory.resolve(file))).as(file).isEqualTo("0:0");
        }
      }
    }
  }

  @Test
  void otherGroupsAreNotTouched() throws IOException {
    Cgroup other = host.group(PARENT, "9002");
    other.create();
    long process = startProcess();
    for (Path directory : other.joinPaths()) {
      files().write(directory.resolve("cgroup.procs"), Long.toString(process));
    }
    try {
      group.freeze(LONG);
      group.kill(LONG);
      group.remove(LONG);
      assertThat(other.processes()).containsExactly(process);
      assertThat(other.isFrozen()).isFalse();
    } finally {
      other.kill(LONG);
      other.remove(LONG);
    }
  }

  @Test
  void namesAreCheckedBeforeAnythingIsDone() {
    for (String bad : List.of("", "..", "a/b", "/")) {
      assertThatThrownBy(() -> host.group(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatCode(() -> host.group("9003")).doesNotThrowAnyException();
  }
}
