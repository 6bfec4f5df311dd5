package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.file.TreeRemoval;

class HalfMadeTest {
  @TempDir Path directory = Path.of("");
  private Path area = Path.of("");
  private HalfMade made = new HalfMade(area, TreeRemoval::remove);

  @BeforeEach
  void unpack() throws Exception {
    area = directory.resolve("101");
    made = new HalfMade(area, TreeRemoval::remove);
    Files.createDirectories(made.tree().resolve("etc"));
  }

  private String[] names() {
    return directory.toFile().list();
  }

  @Test
  void killedWhileUnpacking() throws Exception {
    assertThat(made.clear(false)).isTrue();
    assertThat(names()).isEmpty();
    assertThat(made.clear(false)).isFalse();
  }

  @Test
  void killedBeforeTheConfigurationWasSaved() throws Exception {
    made.begin();
    Files.move(made.tree(), area);
    assertThat(made.clear(false)).isTrue();
    assertThat(names()).isEmpty();
  }

  @Test
  void killedWhenAllWasDone() throws Exception {
    made.begin();
    Files.move(made.tree(), area);
    assertThat(made.clear(true)).isTrue();
    assertThat(names()).containsExactly("101");
  }

  @Test
  void somebodyElsesFilesStay() throws Exception {
    made.begin();
    Files.createDirectories(area.resolve("mine"));
    made.clear(false);
    assertThat(names()).containsExactly("101");
    assertThat(area.resolve("mine")).exists();
  }
}
