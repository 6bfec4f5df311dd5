package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Action scripts: their order, their environment, and what their failure means. */
@Tag("root")
class ScriptsTest {
  private static final List<String> HOST_KINDS =
      List.of("premount", "mount", "umount", "postumount");

  private final Sandbox sandbox = Sandbox.open();
  private int id;

  @BeforeEach
  void createWithAllScripts() {
    id = sandbox.create("busybox");
    for (String kind : HOST_KINDS) {
      onHost("vps." + kind, "echo vps." + kind);
      onHost(id + "." + kind, "echo CTID." + kind);
    }
    inside("start", "echo CTID.start");
    inside("stop", "echo CTID.stop");
  }

  @AfterEach
  void close() {
    // A script that fails would keep the container from going.
    for (String kind : HOST_KINDS) {
      remove("vps." + kind);
      remove(id + "." + kind);
    }
    remove(id + ".start");
    remove(id + ".stop");
    sandbox.close();
  }

  private Path script(String name) {
    return sandbox.etc().resolve("conf").resolve(name);
  }

  private void onHost(String name, String body) {
    Installation.write(script(name), "#!/bin/sh\n" + body + "\n", "rwxr-xr-x");
  }

  private void inside(String kind, String body) {
    Installation.write(script(id + "." + kind), body + "\n", "rw-r--r--");
  }

  private void remove(String name) {
    try {
      Files.deleteIfExists(script(name));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> scripts(Result result) {
    return result.lines().stream()
        .filter(line -> line.startsWith("vps.") || line.startsWith("CTID."))
        .toList();
  }

  @Test
  void globalFirstOnTheWayUpOwnFirstOnTheWayDown() {
    Result start = sandbox.vzctl("start", "" + id).expect(0);
    assertThat(scripts(start))
        .containsExactly("vps.premount", "CTID.premount", "vps.mount", "CTID.mount", "CTID.start");
    Result stop = sandbox.vzctl("stop", "" + id).expect(0);
    assertThat(scripts(stop))
        .containsExactly(
            "CTID.stop", "CTID.umount", "vps.umount", "CTID.postumount", "vps.postumount");
  }

  @Test
  void hostScriptsGetTheirEnvironmentAndNothingElse() {
    Path seen = sandbox.base().resolve("seen");
    onHost("vps.mount", "cat /proc/$$/environ >" + seen + "; readlink /proc/$$/fd/0 >>" + seen);
    sandbox.vzctl("mount", "" + id).expect(0);
    assertThat(Host.read(seen).split("\0", -1))
        .containsExactlyInAnyOrder(
            "HOME=/",
            "TERM=linux",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "VEID=" + id,
            "VE_CONFFILE=" + sandbox.config(id),
            "/dev/null\n");
  }

  @Test
  void containersScriptsRunInsideBeforeInit() {
    inside("start", "echo CTID.start $$ $(ls /proc | grep -c '^1$') >/from-start; id -u; pwd");
    Result start = sandbox.vzctl("start", "" + id).expect(0);
    assertThat(start.out()).contains("0\n/\n");
    assertThat(sandbox.privateArea(id).resolve("from-start")).exists();
    assertThat(sandbox.vzctl("exec2", "" + id, "cat /from-start").ok()).startsWith("CTID.start ");
  }

  @ParameterizedTest
  @CsvSource({"vps.premount", "CTID.premount", "vps.mount", "CTID.mount", "CTID.start"})
  void failureOnTheWayUpLeavesItDownAndUnmounted(String name) {
    fail(name);
    Result start = sandbox.vzctl("start", "" + id).expect(79);
    assertThat(start.err()).contains("Error executing " + kind(name) + " script " + path(name));
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
    sandbox.assertNothingRemains(id);
    succeed(name);
    sandbox.vzctl("start", "" + id).expect(0);
  }

  @Test
  void failingStopScriptKeepsItRunning() {
    sandbox.vzctl("start", "" + id).expect(0);
    long init = sandbox.init(id);
    fail("CTID.stop");
    sandbox.vzctl("stop", "" + id).expect(79);
    assertThat(sandbox.status(id)).isEqualTo("exist mounted running");
    assertThat(sandbox.init(id)).isEqualTo(init);
    assertThat(scripts(sandbox.vzctl("stop", "" + id, "--fast").expect(0)))
        .as("--fast runs no stop script")
        .doesNotContain("CTID.stop");
  }

  @ParameterizedTest
  @CsvSource({
    "vps.umount, exist mounted down",
    "CTID.umount, exist mounted down",
    "vps.postumount, exist unmounted down",
    "CTID.postumount, exist unmounted down"
  })
  void failureOnTheWayDown(String name, String after) {
    sandbox.vzctl("mount", "" + id).expect(0);
    fail(name);
    Result umount = sandbox.vzctl("umount", "" + id).expect(79);
    assertThat(umount.err()).contains("Error executing " + kind(name) + " script " + path(name));
    assertThat(sandbox.status(id)).isEqualTo(after);
    succeed(name);
    if (after.contains(" mounted")) {
      sandbox.vzctl("umount", "" + id).expect(0);
    }
  }

  @Test
  void aScriptThatCannotBeExecutedFails() throws Exception {
    Files.setPosixFilePermissions(
        script("vps.mount"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    sandbox.vzctl("mount", "" + id).expect(79);
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
  }

  @Test
  void whatAScriptLeavesRunningDoesNotHoldTheCommandUp() {
    inside("start", "sleep 3600 & echo CTID.start");
    long begin = System.nanoTime();
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat((System.nanoTime() - begin) / 1_000_000_000).isLessThan(60);
    assertThat(sandbox.vzctl("exec2", "" + id, "ps | grep -c '[s]leep 3600'").out())
        .isEqualTo("1\n");
  }

  @Test
  void destroySetsThemAside() {
    sandbox.vzctl("destroy", "" + id).expect(0);
    for (String kind : List.of("conf", "premount", "mount", "umount", "postumount", "start")) {
      assertThat(script(id + "." + kind)).doesNotExist();
      assertThat(script(id + "." + kind + ".destroyed")).exists();
    }
    assertThat(script("vps.mount")).exists();
  }

  @Test
  void createEndsWithItsHook() {
    int other = sandbox.id();
    onHost("vps.create", "echo vps.create $VEID");
    Result created = sandbox.vzctl("create", "" + other, "--ostemplate", "busybox").expect(0);
    assertThat(created.out()).contains("vps.create " + other + "\n");
    int third = sandbox.id();
    onHost("vps.create", "exit 3");
    Result failed = sandbox.vzctl("create", "" + third, "--ostemplate", "busybox");
    assertThat(failed.status()).isNotZero();
    assertThat(failed.err()).contains("Creation of container private area failed");
    assertThat(sandbox.status(third)).isEqualTo("deleted unmounted down");
    assertThat(sandbox.privateArea(third)).doesNotExist();
    remove("vps.create");
  }

  private void fail(String name) {
    rewrite(name, "exit 5");
  }

  private void succeed(String name) {
    rewrite(name, "true");
  }

  private void rewrite(String name, String body) {
    if (name.equals("CTID.start") || name.equals("CTID.stop")) {
      inside(kind(name), body);
    } else {
      onHost(name.replace("CTID", "" + id), body);
    }
  }

  private static String kind(String name) {
    return name.substring(name.indexOf('.') + 1);
  }

  private Path path(String name) {
    return script(name.replace("CTID", "" + id));
  }
}
