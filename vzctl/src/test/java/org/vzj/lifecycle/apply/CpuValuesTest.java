package org.vzj.lifecycle.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.beancounters.cgroup.controller.CpuSettings;
import org.vzj.beancounters.cgroup.controller.CpusetSettings;
import org.vzj.config.ContainerConfig;
import org.vzj.config.GlobalConfig;
import org.vzj.config.Parameter;
import org.vzj.config.Settings;
import org.vzj.linux.sysfs.HostCpus;

class CpuValuesTest {
  @TempDir Path sys;
  private HostCpus host;

  CpuValuesTest() {
    host = HostCpus.here();
  }

  @BeforeEach
  void fourCpusInTwoNodes() throws IOException {
    write("cpu/online", "0-3");
    write("node/node0/cpulist", "0-1");
    write("node/node1/cpulist", "2-3");
    host = new HostCpus(sys);
  }

  private void write(String name, String text) throws IOException {
    Path file = sys.resolve("devices/system").resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text + "\n");
  }

  private static ContainerConfig config(int veid, String... keysAndValues) {
    Settings settings = Settings.NONE;
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings = settings.with(Parameter.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return new ContainerConfig(veid, settings, new GlobalConfig(Settings.NONE));
  }

  @Test
  void nothingSetIsNormal() throws IOException {
    assertThat(CpuValues.time(config(101), host)).isEqualTo(CpuSettings.NORMAL);
    assertThat(CpuValues.place(config(101), host)).isEqualTo(CpusetSettings.ALL);
    assertThat(CpuValues.place(config(101, "CPUMASK", "all", "NODEMASK", "all"), host))
        .isEqualTo(CpusetSettings.ALL);
  }

  @Test
  void theSmallerOfLimitAndCpusCounts() throws IOException {
    assertThat(quota("CPULIMIT", "25")).isEqualTo(25_000);
    assertThat(quota("CPULIMIT", "25", "CPUS", "2")).isEqualTo(25_000);
    assertThat(quota("CPULIMIT", "300", "CPUS", "2")).isEqualTo(200_000);
    assertThat(quota("CPUS", "3")).isEqualTo(300_000);
    assertThat(quota("CPUS", "4")).isEqualTo(CpuSettings.UNLIMITED);
    assertThat(quota("CPULIMIT", "0")).isEqualTo(CpuSettings.UNLIMITED);
  }

  private long quota(String... keysAndValues) throws IOException {
    return CpuValues.time(config(101, keysAndValues), host).quota();
  }

  @Test
  void aBurstNeedsALimitAndIsNotAboveIt() throws IOException {
    assertThat(CpuValues.time(config(101, "CPUBURST", "50"), host).burst()).isZero();
    assertThat(CpuValues.time(config(101, "CPULIMIT", "40", "CPUBURST", "50"), host).burst())
        .isEqualTo(40_000);
    assertThat(CpuValues.time(config(101, "CPUIDLE", "yes"), host).idle()).isTrue();
  }

  @Test
  void unitsOrTheOldWeight() {
    assertThat(CpuValues.units(config(101))).isEqualTo(1000);
    assertThat(CpuValues.units(config(101, "CPUUWEIGHT", "250"))).isEqualTo(2000);
    assertThat(CpuValues.units(config(101, "CPUUWEIGHT", "250", "CPUUNITS", "8"))).isEqualTo(8);
  }

  @Test
  void neighboursGetOtherCpus() throws IOException {
    assertThat(cpus(100, "CPUS", "1")).isEqualTo("0");
    assertThat(cpus(101, "CPUS", "1")).isEqualTo("1");
    assertThat(cpus(103, "CPUS", "1")).isEqualTo("3");
    assertThat(cpus(101, "CPUS", "2")).isEqualTo("2-3");
    assertThat(cpus(101, "CPUS", "4")).isEmpty();
    assertThat(cpus(101, "CPUS", "1", "CPUMASK", "2-3")).isEqualTo("3");
    assertThat(cpus(101, "CPUS", "2", "CPUMASK", "2-3,9")).isEqualTo("2-3,9");
  }

  private String cpus(int veid, String... keysAndValues) throws IOException {
    return CpuValues.place(config(veid, keysAndValues), host).cpus();
  }

  @Test
  void autoTakesTheCpusOfTheNodes() throws IOException {
    assertThat(CpuValues.place(config(101, "CPUMASK", "auto", "NODEMASK", "1"), host))
        .isEqualTo(new CpusetSettings("2-3", "1"));
    assertThat(CpuValues.place(config(101, "CPUMASK", "auto"), host)).isEqualTo(CpusetSettings.ALL);
  }
}
