package org.vzj.linux.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.unit.CpuList;

class HostCpusTest {
  @TempDir Path sys;

  private void write(String file, String text) throws IOException {
    Path path = sys.resolve("devices/system").resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, text + "\n");
  }

  private static CpuList list(String text) {
    return Objects.requireNonNull(CpuList.parse(text));
  }

  @Test
  void tellsWhichAreOnlineAndNear() throws IOException {
    write("cpu/online", "0-7");
    write("node/node0/cpulist", "0-3");
    write("node/node1/cpulist", "4-7");
    write("node/node2/cpulist", "");
    HostCpus cpus = new HostCpus(sys);
    assertThat(cpus.online()).hasToString("0-7");
    assertThat(cpus.near(list("1"))).hasToString("4-7");
    assertThat(cpus.near(list("0-2"))).hasToString("0-7");
    assertThatThrownBy(() -> cpus.near(list("3"))).hasMessage("there is no memory node 3");
    assertThatThrownBy(() -> cpus.near(list("2"))).hasMessageContaining("no CPUs");
  }

  @Test
  void someOfAListGoRound() {
    assertThat(list("0-3").some(2, 0)).hasToString("0-1");
    assertThat(list("0-3").some(2, 3)).hasToString("0,3");
    assertThat(list("1,5,9").some(1, 7)).hasToString("5");
    assertThat(list("1,5,9").some(3, 7)).hasToString("1,5,9");
    assertThat(list("0-3").and(list("2-8"))).hasToString("2-3");
  }
}
