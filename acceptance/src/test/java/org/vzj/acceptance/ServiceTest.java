package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The boot service: who starts, in which order, how many at once; and what a restart leaves alone.
 */
@Tag("root")
class ServiceTest {
  /** Tells when a container's start begins and ends its slowest part. */
  private static final String SLOW_MOUNT =
      """
      #!/bin/sh
      echo "begin $VEID" >>"${VE_CONFFILE%/etc/*}/mounts"
      sleep 1
      echo "end $VEID" >>"${VE_CONFFILE%/etc/*}/mounts"
      """;

  private Sandbox sandbox;

  @BeforeEach
  void open() {
    sandbox = Sandbox.open();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  /** Runs a verb on a host without pressure, whatever the machine is at. */
  private Result service(String verb) {
    ProcessBuilder builder = sandbox.command("vzctl", "service", verb);
    builder.environment().put("VZ_PRESSURE_DIR", sandbox.base().resolve("pressure").toString());
    builder.redirectInput(Path.of("/dev/null").toFile());
    try (Running running = Running.start(builder)) {
      return running.await(Sandbox.LIMIT);
    }
  }

  private void calm() throws IOException {
    Path pressure = Files.createDirectories(sandbox.base().resolve("pressure"));
    String none = " avg10=0.00 avg60=0.00 avg300=0.00 total=0\n";
    for (String resource : List.of("cpu", "memory", "io")) {
      Files.writeString(pressure.resolve(resource), "some" + none + "full" + none);
    }
  }

  private int create(String... settings) {
    int id = sandbox.create("busybox");
    List<String> words = new ArrayList<>(List.of("set", "" + id, "--save"));
    words.addAll(List.of(settings));
    sandbox.vzctl(words.toArray(String[]::new)).expect(0);
    return id;
  }

  private void slowMounts() {
    Installation.write(sandbox.etc().resolve("conf/vps.mount"), SLOW_MOUNT, "rwxr-xr-x");
  }

  private List<String> mounts() throws IOException {
    return Files.readAllLines(sandbox.base().resolve("mounts"));
  }

  private void global(String line) throws IOException {
    Path file = sandbox.etc().resolve("vz.conf");
    Files.writeString(file, Files.readString(file) + line + "\n");
  }

  @Test
  void startsInOrderOneAfterTheOtherIfTheAdministratorSaysSo() throws IOException {
    calm();
    int low = create("--onboot", "yes", "--bootorder", "1");
    int high = create("--onboot", "yes", "--bootorder", "9");
    create("--onboot", "no", "--bootorder", "10");
    slowMounts();
    global("VE_PARALLEL=1");

    Result start = service("start");

    start.expect(0);
    assertThat(start.out().lines())
        .containsExactly(
            "Starting CT: " + high + " " + low,
            "Container " + high + " start: done",
            "Container " + low + " start: done");
    assertThat(mounts())
        .containsExactly("begin " + high, "end " + high, "begin " + low, "end " + low);
    assertThat(sandbox.status(low)).isEqualTo("exist mounted running");
  }

  @Test
  void withoutPressureManyStartAtOnce() throws IOException {
    calm();
    int first = create("--onboot", "yes", "--bootorder", "2");
    int second = create("--onboot", "yes", "--bootorder", "1");
    slowMounts();

    service("start").expect(0);

    assertThat(mounts().subList(0, 2))
        .containsExactlyInAnyOrder("begin " + first, "begin " + second);
    assertThat(mounts()).hasSize(4);
  }

  @Test
  void whatRanRunsAgainAndARestartTouchesNothing() throws IOException {
    calm();
    int onBoot = create("--onboot", "yes");
    int whatever = create();
    int never = create("--onboot", "no");
    sandbox.vzctl("start", "" + whatever).expect(0);
    sandbox.vzctl("start", "" + never).expect(0);
    service("start").expect(0);
    List<Long> inits = List.of(sandbox.init(onBoot), sandbox.init(whatever), sandbox.init(never));

    assertThat(service("restart").expect(0).out()).isEmpty();
    assertThat(List.of(sandbox.init(onBoot), sandbox.init(whatever), sandbox.init(never)))
        .isEqualTo(inits);

    Result stop = service("stop").expect(0);
    assertThat(stop.out()).startsWith("Shutting down CT:").contains(never + " stop: done");
    for (int id : List.of(onBoot, whatever, never)) {
      assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
      assertThat(sandbox.base().resolve("state/vzreboot/" + id)).exists();
    }

    service("start").expect(0);
    assertThat(sandbox.status(onBoot)).isEqualTo("exist mounted running");
    assertThat(sandbox.status(whatever)).isEqualTo("exist mounted running");
    assertThat(sandbox.status(never)).isEqualTo("exist unmounted down");
    assertThat(sandbox.base().resolve("state/vzreboot")).isEmptyDirectory();
  }

  @Test
  void monitorsAreInNobodysService() {
    int id = sandbox.start("busybox");
    String stat = Host.read(Path.of("/proc/" + sandbox.init(id) + "/stat"));
    String monitor = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[1];
    for (String line : Host.read(Path.of("/proc/" + monitor + "/cgroup")).split("\n")) {
      String[] parts = line.split(":", 3);
      if (parts[1].isEmpty() || parts[1].startsWith("name=")) {
        assertThat(parts[2]).as(line).isEqualTo("/vz/monitors");
      }
    }
  }
}
