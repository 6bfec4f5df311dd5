package org.vzj.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;

class SharedTreesTest {
  @TempDir Path template = Path.of("");
  private Path archive = Path.of("");
  private int unpacked;
  private boolean fail;
  private final Filling filling = new OneFile();

  private final class OneFile implements Filling {
    @Override
    public void into(Path directory) {
      throw new AssertionError("the tree's ids are not shifted");
    }

    @Override
    public void unshiftedInto(Path directory) throws VzException {
      unpacked++;
      try {
        Files.writeString(directory.resolve("file"), "content");
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      if (fail) {
        throw new VzException(ExitCode.PRIVATE_AREA_FAILED, "as if killed");
      }
    }

    @Override
    public @Nullable Path archive() {
      return archive;
    }
  }

  @BeforeEach
  void makeArchive() throws Exception {
    archive = Files.writeString(template.resolve("small.tar.gz"), "an archive");
  }

  private SharedTree require(String ticket) throws Exception {
    return new SharedTrees(template)
        .require(filling, archive, tree -> Files.writeString(tree.user(ticket), "x"));
  }

  private String[] shared() {
    return template.resolve("shared").toFile().list((directory, name) -> !name.startsWith(".l"));
  }

  private void release(SharedTree tree, String ticket) throws Exception {
    new SharedTrees(template).release(String.valueOf(tree.directory().getFileName()), ticket);
  }

  @Test
  void oneArchiveIsUnpackedOnce() throws Exception {
    SharedTree tree = require("a");
    assertThat(require("b")).isEqualTo(tree);
    assertThat(unpacked).isEqualTo(1);
    assertThat(tree.files().resolve("file")).hasContent("content");
    assertThat(String.valueOf(tree.directory().getFileName())).startsWith("small.");
    assertThat(Files.getPosixFilePermissions(tree.directory())).hasSize(3);
  }

  @Test
  void whatIsNeededStaysWhateverBecomesOfTheArchive() throws Exception {
    SharedTree tree = require("a");
    require("b");
    Files.delete(archive);
    release(tree, "a");
    assertThat(tree.files()).exists();
    release(tree, "b");
    assertThat(shared()).isEmpty();
  }

  @Test
  void aTreeWithoutUsersWaitsForTheNext() throws Exception {
    release(require("a"), "a");
    require("b");
    assertThat(unpacked).isEqualTo(1);
  }

  @Test
  void anotherArchiveIsAnotherTree() throws Exception {
    SharedTree old = require("a");
    Files.setLastModifiedTime(archive, FileTime.fromMillis(1_000));
    SharedTree changed = require("b");
    assertThat(changed).isNotEqualTo(old);
    release(old, "a");
    assertThat(shared()).containsExactly(String.valueOf(changed.directory().getFileName()));
  }

  @Test
  void anUnfinishedTreeIsNotUsed() throws Exception {
    fail = true;
    assertThatThrownBy(() -> require("a")).hasMessage("as if killed");
    fail = false;
    SharedTree tree = require("a");
    assertThat(unpacked).isEqualTo(2);
    assertThat(shared()).containsExactly(String.valueOf(tree.directory().getFileName()));
  }
}
