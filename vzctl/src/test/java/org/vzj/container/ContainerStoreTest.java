package org.vzj.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerStoreTest {
  private static final CtId A = new CtId(101);
  private static final CtId B = new CtId(102);

  @TempDir Path root;
  private VzPaths paths;
  private ContainerStore store;

  @BeforeEach
  void makeStore() throws IOException {
    paths = new VzPaths(root.resolve("etc"), root.resolve("run"), root.resolve("lib"));
    store = new ContainerStore(paths);
    Files.createDirectories(paths.conf());
    Files.createDirectories(paths.names());
  }

  private void configure(CtId id, String text) throws IOException {
    Files.writeString(store.container(id).configFile(), text);
  }

  private void linkTo(String name, String target) throws IOException {
    Files.createSymbolicLink(paths.names().resolve(name), Path.of(target));
  }

  @Test
  void allAreThoseWithAConfigurationInTheOrderOfTheirNumbers() throws Exception {
    for (String file :
        new String[] {
          "1000.conf", "101.conf", "9.conf", "0.conf", "0101.conf", "ve-basic.conf-sample",
          "102.conf.destroyed", "103.mount", "vps.mount", "-5.conf", "2147483645.conf", "x.conf"
        }) {
      Files.writeString(paths.conf().resolve(file), "");
    }
    assertThat(store.all()).containsExactly(new CtId(9), A, new CtId(1000));
  }

  @Test
  void withoutADirectoryThereAreNone() throws Exception {
    Files.delete(paths.conf());
    assertThat(store.all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/vz/conf/101.conf,101",
    "../conf/101.conf,101",
    "101.conf,101",
    "/somewhere/else/7.conf,7",
    "/etc/vz/conf/x.conf,",
    "/etc/vz/conf/101.conf-sample,",
    "/etc/vz/conf/101,",
    "/etc/passwd,",
    "/,",
    "..,",
    "/etc/vz/conf/99999999999.conf,",
    "/etc/vz/conf/-1.conf,",
    "/etc/vz/conf/101.conf/x,",
  })
  void aNameIsTheNumberThatItsLinkEndsIn(String target, Integer id) throws Exception {
    linkTo("web", target);
    assertThat(store.named("web")).isEqualTo(id == null ? null : new CtId(id));
  }

  @Test
  void namesOfDotsAreNames() throws Exception {
    linkTo(".web", "101.conf");
    linkTo("...", "102.conf");
    assertThat(store.named(".web")).isEqualTo(A);
    assertThat(store.named("...")).isEqualTo(B);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "../names/web", "/etc/vz/names/web", "unknown"})
  void whatIsNoFileNameNamesNobody(String name) throws Exception {
    linkTo("web", "101.conf");
    assertThat(store.named(name)).isNull();
  }

  @Test
  void aPlainFileNamesNobody() throws Exception {
    Files.writeString(paths.names().resolve("web"), "101.conf");
    assertThat(store.named("web")).isNull();
  }

  @Test
  void aNewNameIsALinkToTheConfiguration() throws Exception {
    Files.delete(paths.names());
    store.link("web", A);
    assertThat(Files.readSymbolicLink(paths.names().resolve("web")))
        .isEqualTo(paths.conf().resolve("101.conf"));
    store.link("web", A);
    assertThat(store.named("web")).isEqualTo(A);
  }

  @Test
  void aNameInUseIsAConflict() throws Exception {
    configure(A, "NAME=\"web\"\n");
    store.link("web", A);
    assertThatThrownBy(() -> store.link("web", B))
        .hasMessage("Conflict: name web already used by container 101")
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(131);
    assertThat(store.named("web")).isEqualTo(A);
  }

  @Test
  void aLinkCountsIfItsContainerHasNoNameOfItsOwn() throws Exception {
    configure(A, "ONBOOT=\"yes\"\n");
    store.link("web", A);
    assertThatThrownBy(() -> store.link("web", B)).hasMessageStartingWith("Conflict: name web");
  }

  @Test
  void aLinkToWhatIsGoneIsReplaced() throws Exception {
    store.link("web", A);
    store.link("web", B);
    assertThat(store.named("web")).isEqualTo(B);
  }

  @Test
  void aLinkToAContainerWithAnotherNameIsReplaced() throws Exception {
    configure(A, "NAME=\"mail\"\n");
    store.link("web", A);
    store.link("web", B);
    assertThat(store.named("web")).isEqualTo(B);
  }

  @Test
  void aLinkToSomethingElseIsReplaced() throws Exception {
    linkTo("web", "/etc/passwd");
    store.link("web", A);
    assertThat(store.named("web")).isEqualTo(A);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../conf/101.conf", "a/b"})
  void noLinkLeavesTheDirectory(String name) {
    assertThatThrownBy(() -> store.link(name, A))
        .hasMessage("Unable to assign name " + name + ": not a name for a file")
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(131);
    assertThat(paths.names()).isEmptyDirectory();
  }

  @Test
  void aDirectoryInTheWayIsAnError() throws Exception {
    Files.createDirectories(paths.names().resolve("web/full"));
    assertThatThrownBy(() -> store.link("web", A))
        .hasMessageStartingWith("Unable to assign name web: ");
  }

  @Test
  void onlyOnesOwnLinkIsRemoved() throws Exception {
    store.link("web", A);
    store.unlink("web", B);
    assertThat(store.named("web")).isEqualTo(A);
    store.unlink("web", A);
    assertThat(paths.names()).isEmptyDirectory();
    store.unlink("web", A);
  }

  @Test
  void allLinksOfOneAreRemoved() throws Exception {
    linkTo("web", "101.conf");
    linkTo("www", "/etc/vz/conf/101.conf");
    linkTo("mail", "102.conf");
    linkTo("odd", "/etc/passwd");
    store.unlinkAll(A);
    try (var left = Files.list(paths.names())) {
      assertThat(left.map(link -> link.getFileName().toString()))
          .containsExactlyInAnyOrder("mail", "odd");
    }
  }

  @Test
  void theConfiguredNameIsThatOfTheFile() throws Exception {
    configure(A, "NAME=\"my web\"\n");
    configure(B, "ONBOOT=\"yes\"\n");
    assertThat(store.configuredName(A)).isEqualTo("my web");
    assertThat(store.configuredName(B)).isNull();
    assertThat(store.configuredName(new CtId(103))).isNull();
  }
}
