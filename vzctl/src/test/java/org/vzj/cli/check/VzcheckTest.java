package org.vzj.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.check.FakeHost;
import org.vzj.cli.Session;

class VzcheckTest {
  @TempDir Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(FakeHost host, String... arguments) {
    Session session =
        new Session(
            List.of(arguments),
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            root,
            false);
    return Vzcheck.run(session, host.view());
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aFitHost() throws Exception {
    assertThat(run(FakeHost.complete(root))).isZero();

    assertThat(text())
        .startsWith("Kernel\n  ok       kernel version ")
        .endsWith("Everything needed to run containers is there.\n")
        .contains("\nRemedies\n")
        .doesNotContain("found in:");
    assertThat(err.size()).isZero();
  }

  @Test
  void anUnfitHost() throws Exception {
    FakeHost host = FakeHost.complete(root);
    Files.delete(host.at("/usr/lib/vzj/vzlaunch"));

    assertThat(run(host)).isEqualTo(1);
    assertThat(text())
        .contains("  missing  vzlaunch ")
        .endsWith("Containers cannot run here for lack of: vzlaunch.\n");
  }

  @Test
  void verbose() throws Exception {
    run(FakeHost.complete(root), "--verb");

    assertThat(text())
        .contains("           needed for: everything: the tools")
        .contains("           found in:   /proc/sys/kernel/osrelease");
  }

  @Test
  void json() throws Exception {
    FakeHost host = FakeHost.complete(root);
    Files.delete(host.at("/usr/lib/vzj/vzlaunch"));

    assertThat(run(host, "--json")).isEqualTo(1);
    assertThat(text())
        .contains("\"fit\": false")
        .contains("\"name\": \"vzlaunch\"")
        .contains("\"verdict\": \"missing\"")
        .contains("\"need\": \"essential\"");
  }

  @Test
  void fileNamesCannotTouchTheTerminal() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.directory("/vz/private/\u001b]0;owned\u0007\n101.tmp");

    run(host);

    assertThat(text()).contains("?]0;owned??101.tmp").doesNotContain("\u001b", "\u0007");
  }

  @Test
  void badUsage() throws Exception {
    assertThat(run(FakeHost.complete(root), "--no-such")).isEqualTo(20);
    assertThat(run(FakeHost.complete(root), "101")).isEqualTo(20);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("unrecognized option '--no-such'")
        .contains("Invalid extra arguments: 101");
    assertThat(out.size()).isZero();
  }

  @Test
  void help() throws Exception {
    assertThat(run(FakeHost.complete(root), "--help")).isZero();

    assertThat(text()).startsWith("Usage: vzctl check");
  }
}
