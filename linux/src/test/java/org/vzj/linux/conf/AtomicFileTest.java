package org.vzj.linux.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path directory;

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }

  @Test
  void makesAFileOfMode644() throws IOException {
    Path path = directory.resolve("101.conf");
    ConfFile.parse("A=1\n").save(path);
    assertThat(path).hasContent("A=1\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-r--r--");
    assertThat(names()).containsExactly("101.conf");
    assertThat(ConfFile.read(path).get("A")).isEqualTo("1");
  }

  @Test
  void keepsModeAndSymbolicLinks() throws IOException {
    Path real = Files.writeString(directory.resolve("real"), "A=1\n");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
    Path second = Files.createSymbolicLink(directory.resolve("second"), link);
    ConfFile.read(second).with("A", "2").save(second);
    assertThat(real).hasContent("A=\"2\"\n");
    assertThat(link).isSymbolicLink();
    assertThat(second).isSymbolicLink();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-r-----");
    assertThat(names()).containsExactly("link", "real", "second");
  }

  @Test
  void makesTheFileThatADanglingLinkNames() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
    AtomicFile.write(link, new byte[] {'x'});
    assertThat(directory.resolve("real")).hasContent("x");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void namesFileAndCauseOfAFailure() throws IOException {
    Path missing = directory.resolve("no/101.conf");
    assertThatThrownBy(() -> AtomicFile.write(missing, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("Unable to save " + missing + ": No such file or directory");
    assertThatThrownBy(() -> AtomicFile.write(directory, new byte[0]))
        .hasMessage("Unable to save " + directory + ": Is a directory");
    Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
    assertThatThrownBy(() -> AtomicFile.write(loop, new byte[0]))
        .hasMessage("Unable to save " + loop + ": Too many levels of symbolic links");
    Path below = Files.writeString(directory.resolve("file"), "").resolve("101.conf");
    assertThatThrownBy(() -> AtomicFile.write(below, new byte[0]))
        .hasMessage("Unable to save " + below + ": Not a directory");
    assertThatThrownBy(() -> ConfFile.read(missing)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void removesWhatKilledWritersLeft() throws IOException {
    Path path = directory.resolve("101.conf");
    Files.writeString(directory.resolve("101.conf.tmp.999999999.1"), "half");
    Files.writeString(directory.resolve("101.conf.tmp.self.1"), "a live writer's");
    Files.writeString(directory.resolve("102.conf.tmp.999999999.1"), "another's");
    AtomicFile.write(path, new byte[] {'x'});
    assertThat(names())
        .containsExactly("101.conf", "101.conf.tmp.self.1", "102.conf.tmp.999999999.1");
  }

  @Test
  void writersAtTheSameTimeLeaveOneWholeFile() throws Exception {
    Path path = directory.resolve("101.conf");
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String content = ("K=" + i + "\n").repeat(500);
        all.add(
            threads.submit(
                () -> {
                  ConfFile.parse(content).save(path);
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(ConfFile.read(path).assignments()).hasSize(500);
    assertThat(names()).containsExactly("101.conf");
  }
}
