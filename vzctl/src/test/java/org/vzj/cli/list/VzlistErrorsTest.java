package org.vzj.cli.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.cli.list.FakeHost.Result;

/** Exit codes and error texts. */
class VzlistErrorsTest {
  private final FakeHost host;

  VzlistErrorsTest(@TempDir Path top) throws IOException {
    host = new FakeHost(top);
  }

  @Test
  void findsNothing() {
    Result nothing = new Result(0, "", "Container(s) not found\n");

    assertThat(host.run()).isEqualTo(nothing);
    assertThat(host.run("-a")).isEqualTo(nothing);
    assertThat(host.run("-S", "-H")).isEqualTo(nothing);
    assertThat(host.run("101")).isEqualTo(new Result(1, "", "Container(s) not found\n"));
    assertThat(host.run("-j")).isEqualTo(new Result(0, "[]\n", ""));
    assertThat(host.run("-j", "101")).isEqualTo(new Result(1, "[]\n", ""));
  }

  @Test
  void findsNoneRunning() throws IOException {
    host.stopped(101);

    assertThat(host.run()).isEqualTo(new Result(0, "", "Container(s) not found\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "-1x", "2147483645", "1.5", "../101", "", "..", "101 "})
  void refusesWhatIsNoContainer(String word) {
    assertThat(host.run("--", "101", word))
        .isEqualTo(new Result(1, "", "CT ID " + word + " is invalid.\n"));
  }

  @Test
  void refusesUnknownFields() throws IOException {
    assertThat(host.run("-o", "ctid,bogus,more"))
        .isEqualTo(new Result(1, "", "Unknown field: bogus\n"));
    assertThat(host.run("-o", "CTID")).isEqualTo(new Result(1, "", "Unknown field: CTID\n"));
    assertThat(host.run("-o", "ctid,")).isEqualTo(new Result(1, "", "Unknown field: \n"));
    assertThat(host.run("-s", "-bogus"))
        .isEqualTo(new Result(1, "", "Invalid sort field name: -bogus\n"));
    assertThat(host.run("--sort=", "-o", "ctid"))
        .isEqualTo(new Result(1, "", "Invalid sort field name: \n"));
    assertThat(host.run("-j", "-o", "ctid,numproc.m"))
        .isEqualTo(new Result(1, "", "Field `numproc.m' is not available in JSON output\n"));
    assertThat(host.run("-o", "diskspace.h", "--json").err())
        .isEqualTo("Field `diskspace.h' is not available in JSON output\n");
  }

  @Test
  void wantsRootAfterTheFieldsAreKnown() throws IOException {
    host.stopped(101)
        .write("proc/self/status", "Name:\tjava\nUid:\t0\t1000\t0\t0\nGid:\t0\t0\t0\t0\n");

    assertThat(host.run("-a"))
        .isEqualTo(new Result(1, "", "This program can only be run under root.\n"));
    assertThat(host.run("web").err()).isEqualTo("This program can only be run under root.\n");
    assertThat(host.run("-o", "bogus").err()).isEqualTo("Unknown field: bogus\n");
    assertThat(host.run("-L").status()).isZero();
    host.write("proc/self/status", "");
    assertThat(host.run("-a").status()).isEqualTo(1);
  }

  @Test
  void refusesUnknownOptionsWithItsUsage() {
    assertThat(host.run("-a", "--bogus"))
        .isEqualTo(new Result(1, ListUsage.text(), "vzlist: unrecognized option '--bogus'\n"));
    assertThat(host.run("-x").err()).isEqualTo("vzlist: invalid option -- 'x'\n");
    assertThat(host.run("-o").err()).isEqualTo("vzlist: option requires an argument -- 'o'\n");
    assertThat(host.run("--no").err())
        .isEqualTo(
            "vzlist: option '--no' is ambiguous; possibilities: '--no-header' '--no-trim'\n");
  }

  @Test
  void helpsWithExitCodeOne() {
    assertThat(host.run("--help")).isEqualTo(new Result(1, ListUsage.text(), ""));
    assertThat(host.run("-e", "--bogus")).isEqualTo(new Result(1, ListUsage.text(), ""));
    assertThat(ListUsage.text()).startsWith("Usage: vzlist [-a | -S]").endsWith("\n");
  }

  @Test
  void understandsEveryOption() throws IOException {
    host.running(101, 5, "HOSTNAME=h", "NAME=n", "DESCRIPTION=d").name("n", 101);

    assertThat(host.text("--all", "--no-header", "--no-trim", "--output", "ctid,ip"))
        .isEqualTo("       101 -\n");
    assertThat(host.text("--name", "--sort=ctid", "--name_filter=n")).contains("SMARTNAME");
    assertThat(host.text("--hos", "h", "--desc", "d", "--out=name", "--no-h")).isEqualTo("n\n");
    assertThat(host.text("--js", "-octid")).isEqualTo("[\n  {\n    \"ctid\": 101\n  }\n]\n");
    assertThat(host.text("-Hsctid", "-o", "status", "101")).isEqualTo("running\n");
    assertThat(host.text("--list")).isEqualTo(host.text("-aL"));
  }

  @Test
  void warnsOfImpossibleIds() throws IOException {
    host.stopped(101);
    for (String name : new String[] {"2147483645", "-5", "99999999999999999999", "0101", "x", ""}) {
      host.write("etc/conf/" + name + ".conf", "");
    }
    host.write("etc/conf/102.conf.destroyed", "").write("etc/conf/103.mount", "");

    Result result = host.run("-1a");

    assertThat(result.out()).isEqualTo("       101\n");
    assertThat(result.err().lines())
        .containsExactlyInAnyOrder(
            "Warning: invalid CTID in config file name: 2147483645.conf, skipping",
            "Warning: invalid CTID in config file name: -5.conf, skipping",
            "Warning: invalid CTID in config file name: 99999999999999999999.conf, skipping");
  }

  @Test
  void reportsAMissingDirectory() throws IOException {
    Files.delete(host.path("etc/conf"));

    assertThat(host.run("-a"))
        .isEqualTo(new Result(0, "", "Unable to open /t/etc/conf: No such file or directory\n"));
    assertThat(host.run("101").status()).isEqualTo(1);
  }

  @Test
  void keepsTheTerminalSafeFromItsArguments() {
    assertThat(host.run("-o", "a\u001b[2J").err()).isEqualTo("Unknown field: a?[2J\n");
  }
}
