package org.vzj.template.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.file.TreeRemoval;

/**
 * An unpacking killed in the middle leaves its temporary directory, and the next one begins anew.
 */
@Tag("root")
class KilledTest {
  @TempDir Path directory;

  @Test
  void leavesOnlyTheTemporaryDirectory() throws Exception {
    TarBuilder tar = new TarBuilder();
    String contents = "x".repeat(2000);
    for (int i = 0; i < 30_000; i++) {
      tar.file("./d" + i % 100 + "/f" + i, contents);
    }
    Path archive = tar.write(directory.resolve("x.tar"));
    Path target = directory.resolve("private/9001.tmp");
    Files.createDirectories(directory.resolve("private"));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.vzj.template.unpack.UnpackMain",
                archive.toString(),
                target.toString(),
                "100000")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (process.isAlive() && !Files.exists(target.resolve("d50"))) {
      Thread.sleep(1);
    }
    process.destroyForcibly().waitFor();
    assertThat(process.exitValue()).isEqualTo(128 + 9);
    assertThat(directory.resolve("private"))
        .isDirectoryContaining(path -> path.equals(target))
        .satisfies(place -> assertThat(count(place)).isEqualTo(1));
    assertThat(TreeRemoval.remove(target)).isPositive();
    assertThat(target).doesNotExist();
    UnpackResult result =
        new Unpacker(
                archive,
                target,
                UnpackOptions.of(Ownership.shifted(100_000, 100_000)),
                ProgressListener.NONE)
            .unpack();
    assertThat(result.entries()).isEqualTo(30_000);
  }

  private static long count(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.count();
    }
  }
}
