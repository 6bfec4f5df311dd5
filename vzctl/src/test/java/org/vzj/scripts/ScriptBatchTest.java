package org.vzj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Has real shells read what a batch gives them. */
class ScriptBatchTest {
  private final ScriptBatch batch = new ScriptBatch();
  private String said = "";

  private int add(String script, int needed, String... environment) {
    return batch.add(script.getBytes(StandardCharsets.UTF_8), List.of(environment), needed);
  }

  /** Returns the exit status. */
  private int run(String shell, String path) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(shell.split(" ")));
    assumeTrue(Files.isExecutable(Path.of(command.getFirst())), "there is no " + command);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", path);
    Process process = builder.start();
    process.getOutputStream().write(batch.text());
    process.getOutputStream().close();
    said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/bash", "/usr/bin/dash", "/usr/bin/busybox sh"})
  void eachScriptHasItsOwnVariablesAndTheFunctions(String shell) throws Exception {
    batch.functions("say() { printf '%s|' \"$@\"; }".getBytes(StandardCharsets.UTF_8));
    String odd = "it's \"$(echo x)\" `y` \\ * \u00e9\nnext";
    add("say \"$A\" \"$B\"; A=changed; C=new; sh -c 'printf \"%s|\" \"$A\"'", 0, "A=1", "B=" + odd);
    add("say \"$A\" \"$B\" \"$C\"\n# no end of line", 0, "A=2");
    assertThat(run(shell, "/usr/bin:/bin")).isZero();
    assertThat(said).isEqualTo("1|" + odd + "|changed|2|||");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/bash", "/usr/bin/dash", "/usr/bin/busybox sh"})
  void theStatusTellsWhichHaveFailed(String shell) throws Exception {
    int first = add("exit 5", 0);
    int second = add("set -e; false; echo never", 0);
    int third = add("echo after an exit", 0);
    int fourth = add("echo needs the second; (", second);
    int fifth = add("echo needs the third", third);
    int sixth = add("if then (", 0);
    assertThat(List.of(first, second, third, fourth, fifth, sixth))
        .containsExactly(1, 2, 4, 8, 16, 32);
    assertThat(run(shell, "/usr/bin:/bin")).isEqualTo(first + second + sixth);
    assertThat(said).startsWith("after an exit\nneeds the third\n").doesNotContain("never");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/bash", "/usr/bin/dash", "/usr/bin/busybox sh"})
  void longTextsArriveWhole(String shell) throws Exception {
    batch.functions(
        ("# a comment\n".repeat(5000) + "f() { echo f; }").getBytes(StandardCharsets.UTF_8));
    add("# 'another'\n".repeat(5000) + "f", 0);
    add("f; exit 1", 0);
    assertThat(run(shell, "/usr/bin:/bin")).isEqualTo(2);
    assertThat(said).isEqualTo("f\nf\n");
  }

  @Test
  void scriptsReadNothingOfTheOthers() throws Exception {
    add("cat; echo 1", 0);
    add("read line; echo \"2$line\"", 0);
    assertThat(run("/bin/bash", "/usr/bin:/bin")).isZero();
    assertThat(said).isEqualTo("1\n2\n");
  }

  @Test
  void withoutCatTheShellReadsByItself() throws Exception {
    add("echo \"$A\"; exit 1", 0, "A=x");
    assertThat(run("/bin/bash", "/nonexistent")).isEqualTo(1);
    assertThat(said).endsWith("x\n");
  }

  @Test
  void thereMayBeNone() {
    assertThat(batch.isEmpty()).isTrue();
    add("", 0);
    assertThat(batch.isEmpty()).isFalse();
  }
}
