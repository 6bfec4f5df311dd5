package org.vzj.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private final Commands commands = Commands.system();

  @Test
  void outputAndStatusAreKeptApart() throws IOException {
    CommandResult result = commands.run("sh", "-c", "echo out; echo err >&2; exit 7");
    assertThat(result).isEqualTo(new CommandResult(7, "out\n", "err\n"));
    assertThat(result.ok()).isFalse();
  }

  @Test
  void aSignalIsSeen() throws IOException {
    assertThat(commands.run("sh", "-c", "kill -TERM $$").status()).isEqualTo(128 + 15);
  }

  @Test
  void inputEnvironmentAndDirectoryArrive(@TempDir Path directory) throws IOException {
    Command command =
        Command.of("sh", "-c", "cat; echo $A; echo ${HOME:-none}; pwd")
            .input("in\n")
            .env("A", "b c")
            .onlyOwnEnvironment()
            .in(directory);
    assertThat(commands.run(command).out())
        .isEqualTo("in\nb c\nnone\n" + directory.toRealPath() + "\n");
  }

  @Test
  void largeInputAndOutputDoNotBlockEachOther() throws IOException {
    String large = "0123456789abcdef".repeat(1 << 16);
    assertThat(commands.run(Command.of("cat").input(large)).out()).isEqualTo(large);
    assertThat(commands.run(Command.of("true").input(large)).status()).isZero();
  }

  @Test
  void aProgramIsKilledWhenItsTimeIsUp() {
    Command command = Command.of("sleep", "60").timeout(Duration.ofMillis(50));
    assertThatThrownBy(() -> commands.run(command))
        .isInstanceOf(CommandTimeoutException.class)
        .hasMessageContaining("sleep 60");
  }

  @Test
  void aMissingProgramIsAnError() {
    assertThatThrownBy(() -> commands.run("/nonexistent/program"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/nonexistent/program");
  }
}
