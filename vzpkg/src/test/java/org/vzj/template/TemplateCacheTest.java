package org.vzj.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateCacheTest {
  @TempDir Path template;
  private TemplateCache cache;

  @BeforeEach
  void makeCache() throws IOException {
    Files.createDirectory(template.resolve("cache"));
    cache = TemplateCache.below(template);
  }

  private Path touch(String name) throws IOException {
    return Files.createFile(cache.directory().resolve(name));
  }

  @Test
  void searchesInTheOrderOfOpenVz() throws IOException {
    for (String suffix : new String[] {".tar.zst", ".tar.xz", ".tar.bz2", ".tar.gz", ".tar"}) {
      Path archive = touch("debian-12-x86_64" + suffix);
      assertThat(cache.find("debian-12-x86_64")).contains(archive);
    }
    assertThat(cache.find("debian-12")).isEmpty();
  }

  @Test
  void listsEachNameOnce() throws IOException {
    touch("b.tar.gz");
    touch("b.tar.zst");
    touch("a-1.0.tar.xz");
    touch("notes.txt");
    touch(".hidden.tar");
    Files.createDirectory(cache.directory().resolve("dir.tar"));
    assertThat(cache.list()).containsExactly("a-1.0", "b");
    assertThat(new TemplateCache(template.resolve("none")).list()).isEmpty();
  }

  @Test
  void refusesWhatIsNoName() throws IOException {
    Files.createFile(template.resolve("up.tar"));
    touch(".hidden.tar");
    for (String name : new String[] {"../up", "", ".hidden", "a/b", "a\0b"}) {
      assertThat(cache.find(name)).as(name).isEmpty();
    }
    assertThatThrownBy(() -> cache.require("../up"))
        .isInstanceOfSatisfying(
            TemplateException.class, e -> assertThat(e.kind().exitCode()).isEqualTo(91))
        .hasMessageContaining("not a template name");
  }

  @Test
  void missingIsSaidInOpenVzsWords() {
    assertThatThrownBy(() -> cache.require("none"))
        .hasMessage(
            "Cached OS template " + template + "/cache/none.tar[.gz|.bz2|.xz|.zst] not found");
  }
}
