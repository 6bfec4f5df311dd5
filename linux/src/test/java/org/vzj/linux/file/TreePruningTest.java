package org.vzj.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreePruningTest {
  private static final CopyRules RULES =
      (directory, name) ->
          name.startsWith("omit")
              ? CopyRules.Fate.OMIT
              : name.startsWith("empty") ? CopyRules.Fate.EMPTY : CopyRules.Fate.COPY;

  @TempDir Path directory = Path.of("");

  private Path tree() throws IOException {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Path etc = Files.createDirectories(tree.resolve("etc/x"));
    for (String name : new String[] {"omit", "omit\u00e9", "empty", "kept"}) {
      Files.writeString(etc.resolve(name), "text");
      Files.writeString(tree.resolve(name), "text");
    }
    Files.createDirectory(etc.resolve("omitted"));
    return tree;
  }

  @Test
  void theRulesAreFollowedInTheDirectoriesAlone() throws Exception {
    Path tree = tree();
    TreePruning.prune(tree, List.of("etc/x", "not/there", "etc/x/kept"), RULES);
    assertThat(tree.resolve("etc/x").toFile().list())
        .containsExactlyInAnyOrder("empty", "kept", "omitted");
    assertThat(tree.resolve("etc/x/empty")).isEmptyFile();
    assertThat(tree.resolve("etc/x/kept")).hasContent("text");
    assertThat(tree.resolve("omit")).hasContent("text");
    assertThat(tree.resolve("empty")).hasContent("text");
  }

  @Test
  void nothingIsFollowed() throws Exception {
    Path tree = tree();
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("omit"), "text");
    Files.writeString(other.resolve("empty"), "text");
    Files.createSymbolicLink(tree.resolve("var"), other);
    Files.createSymbolicLink(tree.resolve("etc/x/empty2"), other.resolve("empty"));
    Files.createSymbolicLink(tree.resolve("etc/x/omit2"), other.resolve("omit"));
    TreePruning.prune(tree, List.of("var", "etc/x"), RULES);
    assertThat(other.resolve("omit")).hasContent("text");
    assertThat(other.resolve("empty")).hasContent("text");
    assertThat(tree.resolve("etc/x/omit2")).doesNotExist();
  }

  @Test
  void aTreeThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> TreePruning.prune(directory.resolve("none"), List.of("etc"), RULES))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }
}
