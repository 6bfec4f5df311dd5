package org.vzj.beancounters.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.vzj.beancounters.cgroup.controller.CpuControl;
import org.vzj.beancounters.cgroup.controller.CpuSettings;
import org.vzj.beancounters.cgroup.controller.CpusetControl;
import org.vzj.beancounters.cgroup.controller.CpusetSettings;
import org.vzj.beancounters.cgroup.controller.IoControl;
import org.vzj.beancounters.cgroup.controller.IoLimit;

/** What a group does with CPU time and disk I/O, whatever hierarchies the host has. */
abstract class ResourceContract extends CgroupContract {

  /** A disk by its numbers, or null if the host has none. */
  abstract @Nullable String disk();

  private @Nullable Path file(String controller, String name) {
    Hierarchy hierarchy = host().with(controller);
    return hierarchy == null ? null : hierarchy.mountPoint().resolve(group().name()).resolve(name);
  }

  private boolean isV1(String controller) {
    return !Objects.requireNonNull(host().with(controller)).unified();
  }

  private String read(String controller, String v1, String v2) throws IOException {
    return files()
        .read(Objects.requireNonNull(file(controller, isV1(controller) ? v1 : v2)))
        .strip();
  }

  @Test
  void aNewGroupIsNormal() throws IOException {
    CpuControl cpu = group().controllers().cpu();
    assertThat(cpu == null).isEqualTo(host().with("cpu") == null);
    if (cpu != null) {
      assertThat(cpu.settings()).isEqualTo(CpuSettings.NORMAL);
    }
    CpusetControl cpuset = group().controllers().cpuset();
    assertThat(cpuset == null).isEqualTo(host().with("cpuset") == null);
    if (cpuset != null) {
      assertThat(cpuset.settings()).isEqualTo(CpusetSettings.ALL);
    }
  }

  @Test
  void cpuUnitsBecomeWeights() throws IOException {
    CpuControl cpu = group().controllers().cpu();
    if (cpu == null) {
      return;
    }
    String[][] expected = {
      {"8", "8", "1"},
      {"250", "256", "25"},
      {"2000", "2048", "200"},
      {"500000", "262144", "10000"},
      {"1000", "1024", "100"}
    };
    for (String[] row : expected) {
      CpuSettings wanted = new CpuSettings(Integer.parseInt(row[0]), -1, 0, false);
      cpu.apply(wanted);
      assertThat(read("cpu", "cpu.shares", "cpu.weight")).isEqualTo(isV1("cpu") ? row[1] : row[2]);
      CpuSettings read = cpu.settings();
      cpu.apply(CpuSettings.NORMAL);
      cpu.apply(read);
      assertThat(read("cpu", "cpu.shares", "cpu.weight")).isEqualTo(isV1("cpu") ? row[1] : row[2]);
    }
  }

  @Test
  void aQuotaAndABurstComeAndGoInAnyOrder() throws IOException {
    CpuControl cpu = group().controllers().cpu();
    if (cpu == null) {
      return;
    }
    for (CpuSettings wanted :
        new CpuSettings[] {
          new CpuSettings(1000, 25_000, 0, false),
          new CpuSettings(1000, 150_000, 120_000, false),
          new CpuSettings(1000, 20_000, 10_000, false),
          new CpuSettings(1000, CpuSettings.UNLIMITED, 0, false),
          new CpuSettings(1000, 1000, 1000, false),
        }) {
      cpu.apply(wanted);
      assertThat(cpu.settings()).isEqualTo(wanted);
    }
    assertThatThrownBy(() -> cpu.apply(new CpuSettings(1000, 5000, 6000, false)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anIdleGroupGetsItsWeightBack() throws IOException {
    CpuControl cpu = group().controllers().cpu();
    if (cpu == null || !files().exists(Objects.requireNonNull(file("cpu", "cpu.idle")))) {
      return;
    }
    cpu.apply(new CpuSettings(500, -1, 0, true));
    assertThat(cpu.settings().idle()).isTrue();
    cpu.apply(new CpuSettings(700, -1, 0, true));
    assertThat(cpu.settings().idle()).isTrue();
    cpu.apply(new CpuSettings(500, -1, 0, false));
    assertThat(cpu.settings()).isEqualTo(new CpuSettings(500, -1, 0, false));
  }

  @Test
  void allContainersTogetherWeighWhatTheyWeigh() throws IOException {
    if (host().with("cpu") == null) {
      return;
    }
    Cgroup other = host().group(PARENT, "9002");
    Cgroup noContainer = host().group(PARENT, "monitors");
    other.create();
    noContainer.create();
    try {
      Objects.requireNonNull(group().controllers().cpu())
          .apply(new CpuSettings(3000, -1, 0, false));
      CpuBalance balance =
          CpuBalance.in(files(), Objects.requireNonNull(host().with("cpu")), PARENT);
      balance.set(1000);
      assertThat(parentWeight()).isEqualTo(isV1("cpu") ? 4096 : 400);
      balance.set(2000);
      assertThat(parentWeight()).isEqualTo(isV1("cpu") ? 2048 : 200);
      balance.set(8);
      assertThat(parentWeight()).isEqualTo(isV1("cpu") ? 262_144 : 10_000);
    } finally {
      other.remove(LONG);
      noContainer.remove(LONG);
    }
  }

  private long parentWeight() throws IOException {
    Path weight = Objects.requireNonNull(file("cpu", "../" + weightFile())).normalize();
    return Long.parseLong(files().read(weight));
  }

  private String weightFile() {
    return isV1("cpu") ? "cpu.shares" : "cpu.weight";
  }

  @Test
  void aGroupIsKeptToCpusAndLetGoAgain() throws IOException {
    CpusetControl cpuset = group().controllers().cpuset();
    if (cpuset == null) {
      return;
    }
    CpusetSettings first = new CpusetSettings("0", "0");
    cpuset.apply(first);
    assertThat(read("cpuset", "cpuset.cpus", "cpuset.cpus")).isEqualTo("0");
    cpuset.apply(CpusetSettings.ALL);
    assertThat(cpuset.settings()).isEqualTo(CpusetSettings.ALL);
    if (isV1("cpuset")) {
      Path root = Objects.requireNonNull(host().with("cpuset")).mountPoint();
      assertThat(read("cpuset", "cpuset.cpus", ""))
          .isEqualTo(files().read(root.resolve("cpuset.cpus")));
    }
  }

  @Test
  void ioIsLimitedOnADisk() throws IOException {
    IoControl io = group().controllers().io();
    String disk = disk();
    if (io == null || disk == null) {
      return;
    }
    assertThat(io.limit(disk)).isEqualTo(IoLimit.NONE);
    io.limit(disk, new IoLimit(1 << 20, 50));
    assertThat(io.limit(disk)).isEqualTo(new IoLimit(1 << 20, 50));
    io.limit(disk, new IoLimit(0, 70));
    assertThat(io.limit(disk)).isEqualTo(new IoLimit(0, 70));
    io.limit(disk, IoLimit.NONE);
    assertThat(io.limit(disk)).isEqualTo(IoLimit.NONE);
  }

  @Test
  void ioIsWeighed() throws IOException {
    IoControl io = group().controllers().io();
    if (io == null) {
      return;
    }
    if (io.weigh(7)) {
      // A kernel of version 2 without BFQ may have the cost model all the same.
      boolean bfq = files().exists(Objects.requireNonNull(file(ioController(), "io.bfq.weight")));
      String v2 = bfq ? "io.bfq.weight" : "io.weight";
      String weight = read(ioController(), "blkio.bfq.weight", v2);
      assertThat(weight).contains("160");
      io.weigh(0);
      io.weigh(IoControl.NORMAL_PRIORITY);
      weight = read(ioController(), "blkio.bfq.weight", v2);
      assertThat(weight).contains("100");
    }
  }

  private String ioController() {
    return host().with("blkio") == null ? "io" : "blkio";
  }
}
