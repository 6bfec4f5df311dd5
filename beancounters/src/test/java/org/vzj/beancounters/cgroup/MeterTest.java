package org.vzj.beancounters.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.beancounters.cgroup.GroupUse.DeviceIo;
import org.vzj.beancounters.cgroup.controller.KernelCgroupFiles;

class MeterTest {
  @TempDir Path root;

  private void put(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, text);
  }

  private GroupUse read(Hierarchy... hierarchies) {
    KernelCgroupFiles files = new KernelCgroupFiles();
    return new Meter(files, new Controllers(files, List.of(hierarchies), "vz/101")).read();
  }

  private Hierarchy v1(String controller) {
    return new Hierarchy(root.resolve(controller), false, List.of(controller), false);
  }

  private Hierarchy v2(String... controllers) {
    return new Hierarchy(root.resolve("unified"), true, List.of(controllers), false);
  }

  @Test
  void readsVersion2() throws IOException {
    put("unified/vz/101/cpu.stat", "usage_usec 1500\nuser_usec 1\nthrottled_usec 20\n");
    put("unified/vz/101/memory.current", "4096\n");
    put("unified/vz/101/memory.max", "max\n");
    put("unified/vz/101/memory.stat", "anon 1\nfile 2048\nfile_mapped 7\n");
    put("unified/vz/101/memory.events", "low 0\noom 3\noom_kill 2\n");
    put("unified/vz/101/pids.current", "12\n");
    put("unified/vz/101/pids.events", "max 5\n");
    put(
        "unified/vz/101/io.stat",
        "8:0 rbytes=10 wbytes=20 rios=1 wios=2 dbytes=0 dios=0\n7:0 \n253:0 rbytes=1 wbytes=2\n");
    put(
        "unified/vz/101/cpu.pressure",
        "some avg10=12.50 avg60=1.00 avg300=0.00 total=9\nfull avg10=1.00 avg60=0 total=0\n");
    put("unified/vz/101/memory.pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
    GroupUse use = read(v2("cpu", "memory", "io", "pids"));
    assertThat(use)
        .isEqualTo(
            new GroupUse(
                1_500_000,
                20_000,
                4096,
                2048,
                Long.MAX_VALUE,
                12,
                List.of(new DeviceIo("8:0", 10, 20), new DeviceIo("253:0", 1, 2)),
                2,
                5,
                12.5,
                0,
                GroupUse.UNKNOWN));
  }

  @Test
  void readsVersion1WithPressureFromTheHybrid() throws IOException {
    put("cpuacct/vz/101/cpuacct.usage", "777\n");
    put("cpu/vz/101/cpu.stat", "nr_periods 1\nnr_throttled 1\nthrottled_time 33\n");
    put("memory/vz/101/memory.usage_in_bytes", "4096\n");
    put("memory/vz/101/memory.limit_in_bytes", "8192\n");
    put("memory/vz/101/memory.stat", "cache 1\ntotal_cache 1024\n");
    put("memory/vz/101/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n");
    put("pids/vz/101/pids.current", "3\n");
    put("pids/vz/101/pids.events", "max 0\n");
    put(
        "blkio/vz/101/blkio.throttle.io_service_bytes_recursive",
        "7:0 Read 16\n7:0 Write 34\n7:0 Sync 50\n7:0 Total 50\nTotal 50\n");
    put("unified/vz/101/io.pressure", "some avg10=3.00 avg60=0.00 avg300=0.00 total=0\n");
    put("unified/vz/101/cpu.stat", "usage_usec 1\n");
    GroupUse use = read(v1("cpu"), v1("cpuacct"), v1("memory"), v1("pids"), v1("blkio"), v2());
    assertThat(use)
        .isEqualTo(
            new GroupUse(
                777,
                33,
                4096,
                1024,
                8192,
                3,
                List.of(new DeviceIo("7:0", 16, 34)),
                1,
                0,
                GroupUse.UNKNOWN,
                GroupUse.UNKNOWN,
                3));
  }

  @Test
  void aGroupThatIsGoneIsUnknown() {
    GroupUse use = read(v2("cpu", "memory"));
    assertThat(use.cpuNanos()).isEqualTo(GroupUse.UNKNOWN);
    assertThat(use.io()).isEmpty();
    assertThat(use.cpuPressure()).isEqualTo(GroupUse.UNKNOWN);
  }
}
