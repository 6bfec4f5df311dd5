package org.vzj.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitProcessTest {
  @TempDir Path root;

  private Container container(String init) throws IOException {
    Container container = new Container(new CtId(101), new VzPaths(root, root, root));
    Files.createDirectories(container.runDirectory());
    Files.writeString(container.initFile(), init);
    return container;
  }

  private static InitProcess self() {
    return Objects.requireNonNull(InitProcess.parse(InitProcess.ofThisProcess() + "\n"));
  }

  @Test
  void theFileIsPidAndStartTime() {
    assertThat(InitProcess.parse("12 345\n")).isEqualTo(new InitProcess(12, 345));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "12\n", "12 345", " 345\n", "x 345\n", "12 x\n", "12 345 6\n"})
  void whatIsHalfWrittenIsNothing(String text) {
    assertThat(InitProcess.parse(text)).isNull();
  }

  @Test
  void aLivingProcessRuns() throws Exception {
    Container container = container(InitProcess.ofThisProcess() + "\n");
    assertThat(InitProcess.running(container)).isEqualTo(self());
    assertThat(self().pid()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void anotherProcessWithItsNumberDoesNot() throws Exception {
    Container container = container(self().pid() + " " + (self().startTime() - 1) + "\n");
    assertThat(InitProcess.running(container)).isNull();
    assertThat(InitProcess.recorded(container)).isNotNull();
  }

  @Test
  void norDoesOneThatIsGone() throws Exception {
    assertThat(InitProcess.running(container("4194305 1\n"))).isNull();
    assertThat(InitProcess.running(container("-1 1\n"))).isNull();
  }

  @Test
  void withoutAFileNothingIsRecorded() throws Exception {
    Container container = container("");
    Files.delete(container.initFile());
    assertThat(InitProcess.recorded(container)).isNull();
    assertThat(InitProcess.running(container)).isNull();
  }
}
