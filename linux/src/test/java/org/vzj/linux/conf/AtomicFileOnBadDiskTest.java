package org.vzj.linux.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs root, to mount a small tmpfs of its own. */
@Tag("root")
class AtomicFileOnBadDiskTest {

  @TempDir Path directory;

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  @BeforeEach
  void mountSmallDisk() throws Exception {
    String place = directory.toString();
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=32k", "vztest-disk", place) == 0,
        "cannot mount a tmpfs: not root");
  }

  @AfterEach
  void umount() throws Exception {
    assertThat(run("umount", directory.toString())).isZero();
  }

  @Test
  void aFullDiskLeavesTheOldFile() throws IOException {
    Path path = directory.resolve("101.conf");
    ConfFile.parse("A=1\n").save(path);
    byte[] big = new byte[64 * 1024];
    assertThatThrownBy(() -> AtomicFile.write(path, big))
        .isInstanceOf(IOException.class)
        .hasMessage("Unable to save " + path + ": No space left on device");
    assertThat(path).hasContent("A=1\n");
    try (Stream<Path> entries = Files.list(directory)) {
      assertThat(entries).containsExactly(path);
    }
    ConfFile.parse("A=2\n").save(path);
    assertThat(path).hasContent("A=2\n");
  }

  @Test
  void aReadOnlyPlaceLeavesTheOldFile() throws Exception {
    Path path = directory.resolve("101.conf");
    ConfFile.parse("A=1\n").save(path);
    assertThat(run("mount", "-o", "remount,ro", directory.toString())).isZero();
    assertThatThrownBy(() -> ConfFile.parse("A=2\n").save(path))
        .isInstanceOf(IOException.class)
        .hasMessage("Unable to save " + path + ": Read-only file system");
    assertThat(path).hasContent("A=1\n");
  }
}
