package org.vzj.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeRemovalTest {
  @TempDir Path directory;

  @Test
  void removesFilesLinksAndDirectories() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path precious = Files.writeString(outside.resolve("precious"), "untouched");
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("out"), outside);
    Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere"));
    Files.createLink(tree.resolve("hard"), precious);
    int names = 4;
    for (int i = 0; i < 20; i++) {
      Path sub = Files.createDirectories(tree.resolve("d" + i + "/e/f"));
      names += 3;
      for (int j = 0; j < 30; j++) {
        Files.createFile(sub.resolve("file" + j));
        names++;
      }
    }
    assertThat(TreeRemoval.remove(tree)).isEqualTo(names);
    assertThat(tree).doesNotExist();
    assertThat(precious).hasContent("untouched");
  }

  @Test
  void removesContentsOnly() throws IOException {
    Path tree = directory.resolve("tree");
    Files.createDirectories(tree.resolve("a/b"));
    assertThat(TreeRemoval.removeContents(tree)).isEqualTo(2);
    assertThat(tree).isEmptyDirectory();
    assertThat(TreeRemoval.removeContents(tree)).isZero();
  }

  @Test
  void removesManyNamesInOneDirectory() throws IOException {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    for (int i = 0; i < 5000; i++) {
      Files.createFile(tree.resolve("a-name-that-takes-some-room-in-the-buffer-" + i));
    }
    assertThat(TreeRemoval.remove(tree)).isEqualTo(5001);
  }

  /** A container's user can nest directories deeper than any path can say. */
  @Test
  void removesTreesDeeperThanPaths() throws IOException {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    int depth = 3000;
    try (FileCalls calls = new FileCalls()) {
      int fd = calls.open(FileCalls.AT_FDCWD, tree.toString(), OpenFlag.PATH, 0);
      for (int i = 0; i < depth; i++) {
        assertThat(calls.mkdir(fd, "deep", 0755)).isZero();
        int next = calls.open(fd, "deep", OpenFlag.PATH | OpenFlag.DIRECTORY, 0);
        assertThat(calls.symlink("..", next, "up")).isZero();
        calls.close(fd);
        fd = next;
      }
      calls.close(fd);
    }
    assertThat(TreeRemoval.remove(tree)).isEqualTo(2 * depth + 1);
    assertThat(tree).doesNotExist();
  }

  @Test
  void neverFollowsALinkToTheTree() throws IOException {
    Path outside = directory.resolve("outside");
    Files.createDirectories(outside.resolve("kept"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), outside);
    assertThatThrownBy(() -> TreeRemoval.remove(link))
        .isInstanceOf(FileCallException.class)
        .hasMessageContaining("cannot remove");
    assertThat(outside.resolve("kept")).exists();
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> TreeRemoval.remove(directory.resolve("none")))
        .isInstanceOf(FileCallException.class)
        .hasMessageContaining("No such file or directory");
    assertThatThrownBy(() -> TreeRemoval.remove(Path.of("/")))
        .hasMessageContaining("refusing to remove /");
  }

  @Test
  void interruptIsKeptForAfterwards() throws IOException {
    Path tree = directory.resolve("tree");
    Files.createDirectories(tree.resolve("b"));
    Thread.currentThread().interrupt();
    assertThat(TreeRemoval.remove(tree)).isEqualTo(2);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @Tag("root")
  void stopsAtMountPoints() throws Exception {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Path precious = Files.writeString(outside.resolve("precious"), "untouched");
    Path mount = Files.createDirectories(directory.resolve("tree/sub/mount"));
    Files.createFile(directory.resolve("tree/file"));
    run("mount", "--bind", outside.toString(), mount.toString());
    try {
      assertThatThrownBy(() -> TreeRemoval.remove(directory.resolve("tree")))
          .isInstanceOf(FileCallException.class)
          .hasMessageContaining("cannot remove all of")
          .hasMessageContaining("mount");
      assertThat(precious).hasContent("untouched");
    } finally {
      run("umount", mount.toString());
    }
    TreeRemoval.remove(directory.resolve("tree"));
    assertThat(directory.resolve("tree")).doesNotExist();
    assertThat(precious).hasContent("untouched");
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
