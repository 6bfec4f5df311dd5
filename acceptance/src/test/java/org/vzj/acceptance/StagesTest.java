package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Every stage of a container's life: status lines, messages, what is on the host. */
@Tag("root")
@TestInstance(Lifecycle.PER_CLASS)
class StagesTest {
  private final Sandbox sandbox = Sandbox.open();

  @AfterAll
  void close() {
    sandbox.close();
  }

  private String line(int id) {
    return sandbox.vzctl("status", "" + id).ok();
  }

  @Test
  void lifeFromCreateToDestroy() throws IOException {
    sandbox.template("busybox");
    int id = sandbox.id();
    assertThat(line(id)).isEqualTo("CTID " + id + " deleted unmounted down\n");

    String created = sandbox.vzctl("create", "" + id, "--ostemplate", "busybox").ok();
    assertThat(created)
        .isEqualTo(
            "Creating container private area (busybox)\nCT configuration saved to "
                + sandbox.config(id)
                + "\nContainer private area was created\n");
    assertThat(line(id)).isEqualTo("CTID " + id + " exist unmounted down\n");

    assertThat(sandbox.vzctl("mount", "" + id).ok()).isEqualTo("Container is mounted\n");
    assertThat(line(id)).isEqualTo("CTID " + id + " exist mounted down\n");
    assertThat(sandbox.root(id).resolve("bin/busybox")).exists();
    Result again = sandbox.vzctl("mount", "" + id).expect(0);
    assertThat(again.err()).isEqualTo("Container is already mounted\n");
    Result destroy = sandbox.vzctl("destroy", "" + id).expect(41);
    assertThat(destroy.out()).isEqualTo("Container is currently mounted (umount first)\n");

    String started = sandbox.vzctl("start", "" + id).ok();
    assertThat(started)
        .endsWith(
            """
            Starting container...
            Container is unmounted
            Container is mounted
            Setting CPU units: 1000
            Container start in progress...
            """);
    assertThat(line(id)).isEqualTo("CTID " + id + " exist mounted running\n");
    assertThat(sandbox.vzctl("start", "" + id).expect(32).err())
        .isEqualTo("Container is already running\n");
    assertThat(sandbox.vzctl("umount", "" + id).expect(32).err())
        .isEqualTo("Container is running -- stop it first\n");
    assertThat(sandbox.vzctl("destroy", "" + id).expect(32).out())
        .isEqualTo("Container is currently running. Stop it first.\n");

    assertThat(sandbox.vzctl("stop", "" + id, "--skip-umount").ok())
        .isEqualTo("Stopping container ...\nContainer was stopped\n");
    assertThat(line(id)).isEqualTo("CTID " + id + " exist mounted down\n");
    assertThat(sandbox.vzctl("umount", "" + id).ok()).isEqualTo("Container is unmounted\n");
    assertThat(line(id)).isEqualTo("CTID " + id + " exist unmounted down\n");
    assertThat(sandbox.vzctl("umount", "" + id).expect(40).err()).isEqualTo("CT is not mounted\n");
    Result stop = sandbox.vzctl("stop", "" + id).expect(0);
    assertThat(stop.err()).isEqualTo("Unable to stop: container is not running\n");

    assertThat(sandbox.vzctl("destroy", "" + id).ok())
        .isEqualTo(
            "Destroying container private area: "
                + sandbox.privateArea(id)
                + "\nContainer private area was destroyed\n");
    assertThat(line(id)).isEqualTo("CTID " + id + " deleted unmounted down\n");
    assertThat(sandbox.privateArea(id)).doesNotExist();
    assertThat(sandbox.root(id)).doesNotExist();
    assertThat(sandbox.config(id)).doesNotExist();
    assertThat(Path.of(sandbox.config(id) + ".destroyed")).exists();
    assertThat(sandbox.vzctl("destroy", "" + id).expect(14).err())
        .isEqualTo("Container config file does not exist\n");
  }

  @Test
  void stateOfARunningContainerIsPrivate() throws IOException {
    int id = sandbox.start("busybox");
    assertThat(Files.getPosixFilePermissions(sandbox.state(id)).toString())
        .isEqualTo("[OWNER_READ, OWNER_WRITE, OWNER_EXECUTE]");
    assertThat(Host.cgroups(id)).isNotEmpty();
    assertThat(Host.processes(id)).contains(sandbox.init(id));
    assertThat(Host.processesNaming(sandbox.state(id).toString()))
        .as("the monitor, and nothing else outside")
        .hasSize(1);
    sandbox.vzctl("stop", "" + id).expect(0);
    sandbox.assertNothingRemains(id);
  }

  @Test
  void monitorTidiesUpAfterAKilledInit() {
    int id = sandbox.start("busybox");
    Host.kill("KILL", sandbox.init(id));
    sandbox.awaitStatus(id, "exist unmounted down");
    sandbox.assertNothingRemains(id);
  }

  @Test
  void nameStandsForTheNumber() {
    int id = sandbox.create("busybox", "--name", "vztest-name");
    Path link = sandbox.etc().resolve("names/vztest-name");
    assertThat(link).isSymbolicLink();
    assertThat(sandbox.vzctl("status", "vztest-name").ok())
        .isEqualTo("CTID " + id + " exist unmounted down\n");

    int other = sandbox.create("busybox");
    Result taken = sandbox.vzctl("set", "" + other, "--name", "vztest-name", "--save");
    assertThat(taken.expect(131).err())
        .contains("Conflict: name vztest-name already used by container " + id);

    assertThat(sandbox.vzctl("set", "vztest-name", "--name", "vztest-other", "--save").ok())
        .contains("Name vztest-other assigned\n");
    assertThat(sandbox.vzctl("status", "vztest-name").expect(21).err())
        .isEqualTo("Bad CT ID vztest-name\n");
    sandbox.vzctl("destroy", "vztest-other").expect(0);
    assertThat(sandbox.etc().resolve("names/vztest-other")).doesNotExist();
  }

  @Test
  void disabledStartsOnlyByForce() {
    int id = sandbox.create("busybox");
    sandbox.vzctl("set", "" + id, "--disabled", "yes", "--save").expect(0);
    assertThat(sandbox.vzctl("start", "" + id).expect(105).err())
        .isEqualTo("Container start disabled\n");
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
    sandbox.vzctl("start", "" + id, "--force").expect(0);
    assertThat(sandbox.status(id)).isEqualTo("exist mounted running");
  }

  @Test
  void settingsAreSaved() {
    int id = sandbox.create("busybox");
    String out =
        sandbox
            .vzctl(
                "set",
                "" + id,
                "--onboot",
                "yes",
                "--bootorder",
                "5",
                "--description",
                "one two",
                "--hostname",
                "vztest.example.org",
                "--save")
            .ok();
    assertThat(out).endsWith("CT configuration saved to " + sandbox.config(id) + "\n");
    assertThat(Host.read(sandbox.config(id)))
        .contains("ONBOOT=\"yes\"\n", "BOOTORDER=\"5\"\n", "HOSTNAME=\"vztest.example.org\"\n");
    assertThat(sandbox.vzlist("-a", "-H", "-o", "onboot,bootorder,description", "" + id).ok())
        .contains("yes", "5", "one two");
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(sandbox.vzctl("exec", "" + id, "hostname").ok()).isEqualTo("vztest\n");
    Result unsaved = sandbox.vzctl("set", "" + id, "--onboot", "no").expect(0);
    assertThat(unsaved.out()).contains("WARNING: Settings were not saved to config");
    assertThat(Host.read(sandbox.config(id))).contains("ONBOOT=\"yes\"");
  }

  @Test
  void quietSaysNothingAndTheLogEverything() {
    int id = sandbox.create("busybox");
    Result quiet = sandbox.vzctl("--quiet", "mount", "" + id).expect(0);
    assertThat(quiet.out() + quiet.err()).isEmpty();
    Result failed = sandbox.vzctl("--quiet", "destroy", "" + id).expect(41);
    assertThat(failed.out() + failed.err()).isEmpty();
    sandbox.vzctl("umount", "" + id).expect(0);

    List<String> log =
        Host.read(sandbox.base().resolve("vzctl.log"))
            .lines()
            .filter(line -> line.contains(" CT " + id + " : "))
            .toList();
    assertThat(log)
        .allMatch(
            line ->
                line.matches(
                    "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d{4} vzctl : CT \\d+ : .*"));
    assertThat(log.stream().map(line -> line.replaceFirst(".* : CT \\d+ : ", "")))
        .contains(
            "Container private area was created",
            "Container is mounted",
            "Container is currently mounted (umount first)",
            "Container is unmounted");
  }

  @Test
  void verboseSaysMore() {
    int id = sandbox.start("sysvinit");
    Result plain = sandbox.vzctl("stop", "" + id).expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    Result verbose = sandbox.vzctl("--verbose", "stop", "" + id).expect(0);
    assertThat(verbose.out().length()).isGreaterThan(plain.out().length());
    assertThat(verbose.lines()).containsAll(plain.lines());
  }
}
