package org.vzj.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.container.ContainerStore;
import org.vzj.container.VzException;

class TargetWordsTest {
  @TempDir Path root;
  private Vz vz;

  @BeforeEach
  void makeHost() throws IOException {
    vz = new Vz(root);
  }

  private List<Integer> expand(String... words) throws VzException {
    return TargetWords.expand(List.of(words), new ContainerStore(vz.paths())).stream()
        .map(id -> id.value())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "101 | 101",
        "103 101 | 103 101",
        "101,105 | 101 105",
        "101-103 | 101 102 103",
        "101-101 | 101",
        "102 101-103,102 | 102 101 103",
        "0 | 0",
        "0101 | 101",
        "2147483643-2147483644 | 2147483643 2147483644",
      })
  void numbersRangesAndLists(String words, String expected) throws Exception {
    assertThat(expand(words.split(" ")))
        .containsExactly(
            List.of(expected.split(" ")).stream().map(Integer::valueOf).toArray(Integer[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nosuch",
        "",
        "101,",
        ",101",
        "101,,102",
        "103-101",
        "101-",
        "-101",
        "101--103",
        "101-x",
        "1-2147483644",
        "101-2147483645",
        "2147483645",
        "../names/web",
        "a/b",
        "101-102-103"
      })
  void everythingElseMeansNobody(String word) {
    assertThatThrownBy(() -> expand(word))
        .hasMessageStartingWith("Bad CT ID ")
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(21);
  }

  @Test
  void aRangeIsNotLargerThanAnybodyMeans() throws Exception {
    assertThat(expand("1-100001")).hasSize(100_001);
    assertThatThrownBy(() -> expand("1-100002")).hasMessage("Bad CT ID 1-100002");
  }

  @Test
  void namesMayHaveDashesAndLookLikeRanges() throws Exception {
    vz.container(101, "NAME=\"web-1\"");
    vz.name("web-1", 101);
    vz.container(102);
    vz.name("5-7", 102);
    assertThat(expand("web-1,103", "5-7")).containsExactly(101, 103, 102);
  }

  @Test
  void aNumberIsNeverAName() throws Exception {
    vz.container(101);
    vz.name("7", 101);
    assertThat(expand("7")).containsExactly(7);
  }

  @Test
  void aLinkMustAgreeWithTheConfiguration() throws Exception {
    vz.container(101, "NAME=\"web\"");
    vz.name("old", 101);
    assertThatThrownBy(() -> expand("old")).hasMessage("Unable to find container by name old");
  }

  @Test
  void aLinkToWhatIsGoneStillMeansItsNumber() throws Exception {
    vz.name("gone", 101);
    assertThat(expand("gone")).containsExactly(101);
  }
}
