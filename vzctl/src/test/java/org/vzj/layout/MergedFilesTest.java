package org.vzj.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedFilesTest {
  @TempDir Path directory = Path.of("");
  private Path upper = Path.of("");
  private Path lower = Path.of("");
  private MergedFiles files = new MergedFiles(upper, lower);

  @BeforeEach
  void makeLayers() throws Exception {
    upper = directory.resolve("upper");
    lower = directory.resolve("lower");
    Files.createDirectories(upper.resolve("etc"));
    Files.createDirectories(lower.resolve("etc"));
    Files.createDirectories(lower.resolve("usr/lib"));
    Files.writeString(lower.resolve("etc/both"), "lower");
    Files.writeString(upper.resolve("etc/both"), "upper");
    Files.writeString(lower.resolve("etc/below"), "lower");
    Files.writeString(lower.resolve("usr/lib/below"), "lower");
    files = new MergedFiles(upper, lower);
  }

  @Test
  void theUpperLayerComesFirst() {
    assertThat(files.find()).isEqualTo(upper);
    assertThat(files.find("etc", "both")).hasContent("upper");
    assertThat(files.find("etc", "below")).hasContent("lower");
    assertThat(files.find("usr", "lib", "below")).hasContent("lower");
    assertThat(files.find("etc", "none")).isNull();
    assertThat(files.find("none", "none")).isNull();
  }

  @Test
  void anythingElseInAnUpperPlaceHidesWhatIsBelow() throws Exception {
    Files.writeString(upper.resolve("usr"), "a file");
    assertThat(files.find("usr")).hasContent("a file");
    assertThat(files.find("usr", "lib")).isNull();
  }

  @Test
  void linksAreNotFollowed() throws Exception {
    Files.createSymbolicLink(upper.resolve("usr"), lower.resolve("usr"));
    assertThat(files.find("usr", "lib", "below")).isNull();
    Files.createSymbolicLink(upper.resolve("etc/link"), Path.of("/etc/passwd"));
    assertThat(files.find("etc", "link")).isEqualTo(upper.resolve("etc/link"));
  }

  @Test
  void aDirectoryOverAFileHidesIt() throws Exception {
    Files.createDirectories(upper.resolve("etc/below"));
    assertThat(files.find("etc", "below")).isEqualTo(upper.resolve("etc/below"));
    assertThat(files.find("etc", "below", "more")).isNull();
  }
}
