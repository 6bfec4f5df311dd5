package org.vzj.beancounters.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.linux.proc.MountInfo;

/** The contract against fake hierarchies, for layouts that one machine cannot have together. */
class FakeCgroupTest {
  @TempDir Path directory = Path.of("");
  private final FakeCgroupFiles files = new FakeCgroupFiles();
  private long nextProcess = 1000;

  private MountInfo v1(String name, String... options) throws IOException {
    String[] controllers = options;
    Path root = files.addV1(directory.resolve(name), controllers);
    return mount(root, "cgroup", "rw,xattr," + String.join(",", options));
  }

  private MountInfo v2(String name, String controllers) throws IOException {
    return mount(files.addV2(directory.resolve(name), controllers), "cgroup2", "rw,nsdelegate");
  }

  private static MountInfo mount(Path root, String type, String options) {
    int minor = root.hashCode() & 0xffff;
    return new MountInfo(1, 0, 0, minor, "/", root.toString(), "rw", type, type, options);
  }

  abstract class Fake extends ResourceContract {
    @Override
    String disk() {
      return "8:0";
    }

    abstract List<MountInfo> mounts() throws IOException;

    @Override
    CgroupHost detect() throws IOException {
      return CgroupHost.detect(mounts(), files);
    }

    @Override
    CgroupFiles files() {
      return files;
    }

    @Override
    long startProcess() {
      return nextProcess++;
    }

    @Override
    String owner(Path path) {
      return files.owners.getOrDefault(path, "0:0");
    }

    @Test
    void removingWaitsForTheKernel() throws IOException {
      files.busy = 3;
      group().remove(LONG);
      assertThat(group().exists()).isFalse();
    }
  }

  @Nested
  class V1 extends Fake {
    @Override
    List<MountInfo> mounts() throws IOException {
      return List.of(
          v1("cpu,cpuacct", "cpu", "cpuacct"),
          v1("cpuset", "cpuset"),
          v1("blkio", "blkio"),
          v1("devices", "devices"),
          v1("freezer", "freezer"),
          v1("pids", "pids"),
          v1("systemd", "name=systemd"));
    }

    @Test
    void joinsAllAndClonesIntoNone() {
      assertThat(host().layout()).isEqualTo(CgroupHost.Layout.V1);
      assertThat(group().cloneInto()).isNull();
      assertThat(group().joinPathsAfterClone()).isEqualTo(group().joinPaths()).hasSize(7);
    }

    @Test
    void aCpusetGetsItsParentsProcessors() throws IOException {
      Path cpuset = directory.resolve("cpuset").resolve(PARENT);
      for (Path made : List.of(cpuset, cpuset.resolve("9001"))) {
        assertThat(files.read(made.resolve("cpuset.cpus"))).isEqualTo("0-3");
        assertThat(files.read(made.resolve("cpuset.mems"))).isEqualTo("0");
        assertThat(files.read(made.resolve("cgroup.clone_children"))).isEqualTo("1");
      }
    }

    @Test
    void theContainerMountsTheSamePicture() {
      assertThat(group().insideMounts())
          .contains(
              new InsideMount.Directory("/sys/fs/cgroup/cpu,cpuacct"),
              new InsideMount.FileSystem(
                  "cgroup",
                  "/sys/fs/cgroup/cpu,cpuacct",
                  "cgroup",
                  "nosuid,nodev,noexec,relatime",
                  "cpu,cpuacct"),
              new InsideMount.Link("cpu,cpuacct", "/sys/fs/cgroup/cpu"),
              new InsideMount.Link("cpu,cpuacct", "/sys/fs/cgroup/cpuacct"),
              new InsideMount.FileSystem(
                  "cgroup",
                  "/sys/fs/cgroup/systemd",
                  "cgroup",
                  "nosuid,nodev,noexec,relatime",
                  "none,name=systemd"))
          .first()
          .isInstanceOf(InsideMount.FileSystem.class)
          .extracting(InsideMount::target)
          .isEqualTo("/sys/fs/cgroup");
    }
  }

  @Nested
  class Hybrid extends Fake {
    @Override
    List<MountInfo> mounts() throws IOException {
      return List.of(
          v2("unified", ""),
          v1("freezer", "freezer"),
          v1("devices", "devices"),
          v1("systemd", "release_agent=/lib/systemd/systemd-cgroups-agent", "name=systemd"));
    }

    @Test
    void clonesIntoV2AndJoinsTheOthers() {
      assertThat(host().layout()).isEqualTo(CgroupHost.Layout.HYBRID);
      assertThat(group().cloneInto())
          .isEqualTo(directory.resolve("unified").resolve(PARENT).resolve("9001"));
      assertThat(group().joinPathsAfterClone()).hasSize(3).doesNotContain(group().cloneInto());
      assertThat(group().joinPaths()).hasSize(4).contains(group().cloneInto());
    }

    @Test
    void aProcessThatHadNotJoinedAllHierarchiesIsKilledToo() throws IOException {
      Path freezer = directory.resolve("freezer").resolve(group().name());
      files.write(freezer.resolve("cgroup.procs"), "77");
      assertThat(group().processes()).containsExactly(77L);
      group().kill(LONG);
      assertThat(group().populated()).isFalse();
    }

    @Test
    void theHostsReleaseAgentLeavesUsAlone() throws IOException {
      Path parent = directory.resolve("systemd").resolve(PARENT);
      assertThat(files.read(parent.resolve("notify_on_release"))).isEqualTo("0");
      assertThat(files.read(parent.resolve("9001/notify_on_release"))).isEqualTo("0");
    }

    @Test
    void theContainerMountsV2Beside() {
      assertThat(group().insideMounts())
          .endsWith(
              new InsideMount.Directory("/sys/fs/cgroup/unified"),
              new InsideMount.FileSystem(
                  "cgroup2",
                  "/sys/fs/cgroup/unified",
                  "cgroup2",
                  "nosuid,nodev,noexec,relatime",
                  ""));
    }
  }

  @Nested
  class V2 extends Fake {
    @Override
    List<MountInfo> mounts() throws IOException {
      return List.of(v2("cgroup", "cpuset cpu io memory pids rdma"));
    }

    @Test
    void monitorsHaveAGroupBesideThoseOfContainers() throws IOException {
      host().monitors().create();
      assertThat(host().monitors().joinPaths())
          .containsExactly(directory.resolve("cgroup/vz/monitors"));
      assertThat(host().monitors().exists()).isTrue();
    }

    @Test
    void controllersAreEnabledOnTheWayDown() throws IOException {
      Path root = directory.resolve("cgroup");
      for (Path above : List.of(root, root.resolve(PARENT))) {
        assertThat(files.read(above.resolve("cgroup.subtree_control")).split(" "))
            .containsExactlyInAnyOrder("cpu", "cpuset", "io", "memory", "pids");
      }
      assertThat(files.read(root.resolve(PARENT).resolve("9001/cgroup.subtree_control"))).isEmpty();
      assertThat(files.read(root.resolve(PARENT).resolve("9001/cgroup.max.depth"))).isEqualTo("64");
    }

    @Test
    void clonesIntoTheOneGroup() {
      assertThat(host().layout()).isEqualTo(CgroupHost.Layout.V2);
      assertThat(group().joinPathsAfterClone()).isEmpty();
      assertThat(group().joinPaths()).hasSize(1).contains(group().cloneInto());
    }

    @Test
    void theContainerMountsIt() {
      assertThat(group().insideMounts())
          .containsExactly(
              new InsideMount.FileSystem(
                  "cgroup2", "/sys/fs/cgroup", "cgroup2", "nosuid,nodev,noexec,relatime", ""));
    }
  }
}
