package org.vzj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.container.CtId;

class LogFileTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d{4}";

  @TempDir Path root;

  @Test
  void aLineHasTimeToolContainerAndText() throws Exception {
    Path file = root.resolve("log");
    LogFile log = new LogFile(file, 0);
    log.write(0, new CtId(101), "Container is mounted");
    log.write(-1, CtId.HOST, "x: y");
    assertThat(Files.readAllLines(file))
        .satisfiesExactly(
            line -> assertThat(line).matches(TIME + " vzctl : CT 101 : Container is mounted"),
            line -> assertThat(line).matches(TIME + " vzctl : x: y"));
  }

  @Test
  void noTextMakesALineOfItsOwn() throws Exception {
    Path file = root.resolve("log");
    new LogFile(file, 0).write(0, new CtId(101), "a\nb\rc\u001b[31m\u007f\0d\u00e4");
    assertThat(Files.readString(file)).endsWith(" vzctl : CT 101 : a b c [31m  d\u00e4\n");
    assertThat(Files.readString(file).lines()).hasSize(1);
  }

  @Test
  void whatIsAboveTheLevelIsLeftOut() throws Exception {
    Path file = root.resolve("log");
    LogFile log = new LogFile(file, -1);
    log.write(0, new CtId(101), "normal");
    log.write(1, new CtId(101), "detail");
    assertThat(file).doesNotExist();
    log.write(-1, new CtId(101), "error");
    assertThat(Files.readString(file)).endsWith("error\n");
  }

  @Test
  void aLogThatCannotBeWrittenHurtsNobody() {
    new LogFile(root.resolve("no/such/log"), 0).write(0, new CtId(101), "x");
    new LogFile(root, 0).write(0, new CtId(101), "x");
    new LogFile(null, 0).write(0, new CtId(101), "x");
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void theTimeIsStrftimes() {
    assertThat(LogFile.timestamp()).matches(TIME);
  }
}
