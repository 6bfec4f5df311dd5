package org.vzj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.container.RecordedMessages;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;

class DistScriptsTest {
  @TempDir Path root;
  private final RecordedMessages messages = new RecordedMessages();
  private VzPaths paths;

  @BeforeEach
  void makeFiles() throws IOException {
    paths = new VzPaths(root, root, root);
    Files.createDirectories(paths.dists().resolve("scripts"));
    dist("default", "SET_HOSTNAME=default.sh");
    script("default.sh", "default");
  }

  private void dist(String file, String... lines) throws IOException {
    Files.writeString(paths.dists().resolve(file), String.join("\n", lines) + "\n");
  }

  private Path script(String name, String text) throws IOException {
    return Files.writeString(paths.dists().resolve("scripts").resolve(name), text);
  }

  private DistScripts find(@Nullable String template) throws VzException {
    return DistScripts.find(paths, template, messages);
  }

  private static @Nullable String text(byte @Nullable [] script) {
    return script == null ? null : new String(script, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "centos-6-x86_64-minimal,minimal",
    "centos-6-x86_64-devel,arch",
    "centos-6-x86_64,arch",
    "centos-6,six",
    "centos-6-i386,six",
    "centos-7-x86_64,centos",
    "centos,centos",
    "some/where/centos-6,six",
  })
  void partsOfTheNameAreDroppedUntilThereIsAFile(String template, String chosen) throws Exception {
    dist("centos-6-x86_64-minimal.conf", "SET_HOSTNAME=minimal");
    dist("centos-6-x86_64.conf", "SET_HOSTNAME=arch");
    dist("centos-6.conf", "SET_HOSTNAME=six");
    dist("centos.conf", "SET_HOSTNAME=centos");
    script(chosen, "this is " + chosen);
    assertThat(text(find(template).script("SET_HOSTNAME"))).isEqualTo("this is " + chosen);
    assertThat(messages.warned()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"debian-12-x86_64", "centos6", "-", "x"})
  void anUnknownOneHasTheDefaults(String template) throws Exception {
    assertThat(text(find(template).script("SET_HOSTNAME"))).isEqualTo("default");
    assertThat(messages.warned())
        .containsExactly(
            "Warning: configuration file for distribution "
                + template
                + " not found, using defaults from "
                + paths.dists().resolve("default"));
  }

  @Test
  void withoutATemplateThereAreTheDefaults() throws Exception {
    assertThat(text(find(null).script("SET_HOSTNAME"))).isEqualTo("default");
    assertThat(messages.warned())
        .containsExactly(
            "Warning: distribution not specified in CT config, using defaults from "
                + paths.dists().resolve("default"));
  }

  @Test
  void withoutDefaultsThereIsAnError() throws Exception {
    Files.delete(paths.dists().resolve("default"));
    assertThatThrownBy(() -> find("x"))
        .hasMessage(
            "Distribution configuration file " + paths.dists().resolve("default") + " not found")
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(107);
  }

  @Test
  void functionsAreForAllAndForAddresses() throws Exception {
    assertThat(find(null).functions()).isEmpty();
    assertThat(find(null).addressFunctions()).isEmpty();
    script("functions", "f() { :; }");
    script("functions-ip", "g() { :; }");
    assertThat(text(find(null).functions())).isEqualTo("f() { :; }");
    assertThat(text(find(null).addressFunctions())).isEqualTo("g() { :; }");
  }

  @Test
  void addressesAreSetByTheScriptUnlessItSaysThatTheHostDoesSo() throws Exception {
    assertThat(find(null).setAddresses()).isFalse();
    dist("default", "ADD_IP=default.sh");
    assertThat(find(null).setAddresses()).isTrue();
    dist("default", "IP_BY_HOST=yes", "ADD_IP=default.sh");
    assertThat(find(null).setAddresses()).isFalse();
    dist("default", "IP_BY_HOST=no", "ADD_IP=default.sh");
    assertThat(find(null).setAddresses()).isTrue();
  }

  @Test
  void aScriptIsPassedOnByteByByte() throws Exception {
    Files.write(paths.dists().resolve("scripts/default.sh"), new byte[] {(byte) 0xff, 0, 'x'});
    assertThat(find(null).script("SET_HOSTNAME")).containsExactly(0xff, 0, 'x');
  }

  @Test
  void theFirstOfTwoLinesCountsAndAnEmptyOneIsNone() throws Exception {
    dist("default", "SET_HOSTNAME=\"default.sh\"", "SET_HOSTNAME=x", "SET_DNS=", "# ADD_IP=a");
    assertThat(text(find(null).script("SET_HOSTNAME"))).isEqualTo("default");
    assertThat(find(null).script("SET_DNS")).isNull();
    assertThat(find(null).script("ADD_IP")).isNull();
    assertThat(messages.warned()).allMatch(line -> line.startsWith("Warning: distribution not"));
  }

  @Test
  void aMissingScriptIsToldAndCountsAsNone() throws Exception {
    dist("default", "SET_HOSTNAME=gone.sh");
    assertThat(find(null).script("SET_HOSTNAME")).isNull();
    assertThat(messages.warned().getLast())
        .isEqualTo("Action script " + paths.dists().resolve("scripts/gone.sh") + " not found");
  }
}
