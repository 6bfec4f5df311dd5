package org.vzj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines about snapshots, as far as no layout is needed. */
class SnapshotCommandsTest {
  private static final String ID = "0d084df6-df98-4ef1-b8e3-64a59aaf5ec5";

  @TempDir Path root;
  private Vz vz;

  @BeforeEach
  void prepare() throws IOException {
    vz = new Vz(root);
    vz.container(101, "VE_LAYOUT=\"simfs\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          snapshot-switch 101 | 20 | Invalid syntax: snapshot id is missing
          snapshot-delete 101 | 20 | Invalid syntax: snapshot id is missing
          snapshot-mount 101 --target /mnt | 20 | Invalid syntax: snapshot id is missing
          snapshot-umount 101 | 20 | Invalid syntax: snapshot id is missing
          snapshot-mount 101 --id ID | 20 | Invalid syntax: mount target is missing
          snapshot-switch 101 --id ID --skip-resume --must-resume | 20 | Invalid syntax: --skip-resume and --must-resume can not be used together
          snapshot 101 --id 5 | 21 | Bad parameter for --id: 5
          snapshot-switch 101 --uuid {ID | 21 | Bad parameter for --id: {ID
          snapshot-list 101 -u ../../etc | 21 | Bad parameter for --id: ../../etc
          snapshot-list 101 -o uuid,nothing | 21 | Unknown field: nothing
          snapshot 101 --bad | 21 | vzctl: unrecognized option '--bad'
          snapshot-list 101 --bad | 21 | vzctl: unrecognized option '--bad'
          snapshot 101 | 156 | Snapshot feature is only available for ploop-based CTs
          snapshot-switch 101 --id ID | 159 | Snapshot feature is only available for ploop-based CTs
          snapshot-delete 101 --uuid {ID} | 158 | Snapshot feature is only available for ploop-based CTs
          snapshot-list 101 | 167 | Snapshot feature is only available for ploop-based CTs
          snapshot-mount 101 --id ID --target /mnt | 160 | Snapshot feature is only available for ploop-based CTs
          snapshot-umount 101 --id ID | 161 | Snapshot feature is only available for ploop-based CTs
          snapshot 102 | 14 | Container config file does not exist
          """)
  void refusals(String line, int status, String message) {
    assertThat(vz.run(line.replace("ID", ID).split(" "))).isEqualTo(status);
    assertThat(vz.err()).isEqualTo(message.replace("ID", ID) + "\n");
    assertThat(vz.out()).isEmpty();
  }

  @Test
  void namesOfFields() {
    assertThat(vz.run("snapshot-list", "101", "-L")).isZero();
    assertThat(vz.out())
        .isEqualTo(
            """
            uuid            UUID
            parent_uuid     PARENT_UUID
            current         C
            date            DATE
            name            NAME
            desc            DESC
            device          DEVICE
            target          TARGET
            """);
  }

  @Test
  void controlCharactersAreNoName() {
    assertThat(vz.run("snapshot", "101", "--name", "a\nb")).isEqualTo(21);
    assertThat(vz.run("snapshot", "101", "--description", "a\u0001")).isEqualTo(21);
    assertThat(vz.run("snapshot", "101", "--description", "a\nb")).isEqualTo(156);
    assertThat(vz.run("snapshot", "101", "--name", "x".repeat(5000))).isEqualTo(21);
  }

  @Test
  void help() {
    assertThat(vz.run("snapshot-list", "101", "-h")).isZero();
    assertThat(vz.out()).startsWith("Usage: vzctl snapshot-list ").contains("--no-header");
  }
}
