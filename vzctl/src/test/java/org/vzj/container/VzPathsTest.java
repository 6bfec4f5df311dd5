package org.vzj.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VzPathsTest {
  @Test
  void theUsualPlaces() {
    VzPaths paths = VzPaths.of(Map.of());
    assertThat(paths.globalConfig()).isEqualTo(Path.of("/etc/vz/vz.conf"));
    assertThat(paths.conf()).isEqualTo(Path.of("/etc/vz/conf"));
    assertThat(paths.names()).isEqualTo(Path.of("/etc/vz/names"));
    assertThat(paths.dists()).isEqualTo(Path.of("/etc/vz/dists"));
    assertThat(paths.idReservations()).isEqualTo(Path.of("/run/vz/ids"));
    assertThat(paths.plans()).isEqualTo(Path.of("/run/vz/plans"));
    assertThat(paths.lib()).isEqualTo(Path.of(System.getProperty("java.home")));
  }

  @Test
  void theEnvironmentMovesThem() {
    VzPaths paths = VzPaths.of(Map.of("VZ_ETC_DIR", "/e", "VZ_RUN_DIR", "/r", "VZ_LIB_DIR", "/l"));
    assertThat(paths.globalConfig()).isEqualTo(Path.of("/e/vz.conf"));
    assertThat(paths.launcher()).isEqualTo(Path.of("/l/vzlaunch"));
    assertThat(paths.monitor()).isEqualTo(Path.of("/l/vzmonitor"));
    assertThat(paths.vzctl()).isEqualTo(Path.of("/l/bin/vzctl"));
    assertThat(paths.plans()).isEqualTo(Path.of("/r/plans"));
  }

  @Test
  void anEmptyVariableMovesNothing() {
    assertThat(VzPaths.of(Map.of("VZ_ETC_DIR", "", "VZ_RUN_DIR", "", "VZ_LIB_DIR", "")))
        .isEqualTo(VzPaths.of(Map.of()));
  }

  @Test
  void aContainersFilesAreNamedByItsNumber() {
    Container container = new Container(new CtId(101), VzPaths.of(Map.of("VZ_LIB_DIR", "/l")));
    assertThat(
            List.of(
                container.configFile(),
                container.script("mount"),
                container.runDirectory(),
                container.initFile(),
                container.cgroupFile(),
                container.seccompFile(),
                container.consoleLog(),
                container.consoleSocket(),
                container.exitFile(),
                container.stoppingFile()))
        .extracting(Path::toString)
        .containsExactly(
            "/etc/vz/conf/101.conf",
            "/etc/vz/conf/101.mount",
            "/run/vz/101",
            "/run/vz/101/init",
            "/run/vz/101/cgroup",
            "/run/vz/101/seccomp",
            "/run/vz/101/console.log",
            "/run/vz/101/console.sock",
            "/run/vz/101/exit",
            "/run/vz/101/stopping");
  }
}
