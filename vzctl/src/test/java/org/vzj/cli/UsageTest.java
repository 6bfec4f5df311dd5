package org.vzj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.cli.commands.CommandTable;
import org.vzj.config.Parameter;
import org.vzj.config.Scope;

class UsageTest {
  @TempDir Path root;
  private Vz vz;

  @BeforeEach
  void makeHost() throws IOException {
    vz = new Vz(root);
  }

  @Test
  void everyCommandOfTheTableIsThere() {
    vz.run("--help");
    for (String name : CommandTable.NAMES) {
      assertThat(CommandTable.find(name)).as(name).isNotNull();
      assertThat(vz.out()).contains("\nvzctl " + name + " <ctid>");
    }
  }

  @Test
  void everyCommandTellsAboutItself() {
    for (String name : CommandTable.NAMES) {
      assertThat(vz.run(name, "--help")).as(name).isZero();
      assertThat(vz.out()).startsWith("Usage: vzctl " + name + " <ctid>");
      assertThat(vz.err()).isEmpty();
    }
  }

  @Test
  void everyOptionOfSetIsThereWithItsHelp() {
    vz.run("set", "--help");
    for (Parameter parameter : Parameter.values()) {
      if (parameter.isSetOption() && parameter.scope() != Scope.HIDDEN) {
        assertThat(vz.out())
            .contains("--" + parameter.options().getFirst())
            .contains(parameter.help());
      }
    }
  }

  @Test
  void optionsOfCreateAreNotThoseOfSet() {
    vz.run("create", "--help");
    assertThat(vz.out())
        .contains("--ostemplate", "--config", "--layout")
        .doesNotContain("--onboot");
  }
}
