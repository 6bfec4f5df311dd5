package org.vzj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines of {@code vzctl clone} that are refused, and its dry run. */
class CloneCommandTest {
  @TempDir Path root;
  private Vz vz;

  @BeforeEach
  void prepare() throws IOException {
    vz = new Vz(root);
    vz.container(
        101, "VE_LAYOUT=\"simfs\"", "LOCAL_UID=\"200000\"", "LOCAL_GID=\"200000\"", "NAME=\"web\"");
    vz.container(102, "VE_LAYOUT=\"simfs\"");
    vz.name("web", 101);
    vz.global("VE_ROOT=\"" + root + "/root/$VEID\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          clone | 21 | CT ID missing
          clone 101 | 21 | CT ID missing
          clone 101 101 | 21 | Container 101 cannot be a clone of itself
          clone web 101 | 21 | Container 101 cannot be a clone of itself
          clone 0 103 | 21 | Only set actions are allowed for CT0
          clone 101 0 | 21 | Only set actions are allowed for CT0
          clone 104 103 | 14 | Container config file does not exist
          clone nosuch 103 | 21 | Bad CT ID nosuch
          clone 101,102 103 | 20 | Only one container can be cloned at a time, not 101,102
          clone 101 --all | 20 | --all makes no sense for clone
          clone 101 103 --ostemplate x | 21 | vzctl: unrecognized option '--ostemplate'
          clone 101 103 --ipadd x | 21 | Bad parameter for --ipadd: x
          clone 101 103 --name web | 131 | Conflict: name web already used by container 101
          """)
  void refusals(String line, int status, String message) throws IOException {
    assertThat(vz.run(line.split(" "))).as(line).isEqualTo(status);
    assertThat(vz.err()).startsWith(message + "\n");
    assertThat(vz.config(103)).doesNotExist();
    assertThat(root.resolve("private/103")).doesNotExist();
  }

  @Test
  void whatIsThereStays() throws IOException {
    byte[] before = Files.readAllBytes(vz.config(102));
    assertThat(vz.run("clone", "101", "102")).isEqualTo(82);
    assertThat(vz.err())
        .isEqualTo("Error: container config file " + vz.config(102) + " already exists\n");
    assertThat(vz.config(102)).hasBinaryContent(before);
    Files.createDirectories(root.resolve("private/103/something"));
    assertThat(vz.run("clone", "101", "103")).isEqualTo(44);
    assertThat(vz.err()).startsWith("Private area already exists in " + root);
    assertThat(root.resolve("private/103/something")).exists();
  }

  @Test
  void dryRun() {
    assertThat(vz.run("--dry-run", "clone", "web", "103")).isZero();
    assertThat(vz.out())
        .isEqualTo(
            """
            copy its files to ROOT/private/103.tmp, shifted to ids of its own, without machine id and host keys of ssh
            rename it to ROOT/private/103
            save ROOT/etc/conf/103.conf
            """
                .replace("ROOT", root.toString()));
    assertThat(vz.config(103)).doesNotExist();
  }
}
