package org.vzj.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzj.container.VzException;
import org.vzj.lifecycle.ListSnapshots;
import org.vzj.snapshot.Snapshot;

class SnapshotListTest {
  private static final String FIRST = "{0d084df6-df98-4ef1-b8e3-64a59aaf5ec5}";
  private static final String SECOND = "{3b8f3b41-5e0a-4d5a-a5c9-6b7ee6ef4ad3}";
  private static final List<ListSnapshots.Row> ROWS =
      List.of(
          new ListSnapshots.Row(
              new Snapshot(FIRST, "", "first", "é\u001b[2J", "2013-01-22 14:11:26"), false, "", ""),
          new ListSnapshots.Row(
              new Snapshot(SECOND, FIRST, "second", "", "2013-01-22 14:20:01"),
              true,
              "/dev/loop0",
              "/mnt"));

  private static List<String> table(String columns, boolean header) throws VzException {
    return SnapshotListCommand.table(ROWS, SnapshotColumn.parse(columns), header);
  }

  /** The reference's own example, to the byte. */
  @Test
  void usualColumns() {
    assertThat(SnapshotListCommand.table(ROWS, SnapshotColumn.USUAL, true))
        .containsExactly(
            "PARENT_UUID                            C UUID                                  "
                + " DATE                NAME                            ",
            "                                         {0d084df6-df98-4ef1-b8e3-64a59aaf5ec5}"
                + " 2013-01-22 14:11:26 first",
            "{0d084df6-df98-4ef1-b8e3-64a59aaf5ec5} * {3b8f3b41-5e0a-4d5a-a5c9-6b7ee6ef4ad3}"
                + " 2013-01-22 14:20:01 second");
  }

  @Test
  void chosenColumns() throws VzException {
    assertThat(table("DEVICE,target,desc,C".replace(",C", ",current"), false))
        .containsExactly(
            " ".repeat(16) + " " + " ".repeat(32) + " é?[2J" + " ".repeat(27) + " ",
            "/dev/loop0       /mnt" + " ".repeat(28) + " " + " ".repeat(32) + " *");
    assertThat(table("id", false)).containsExactly(FIRST, SECOND);
    assertThat(table("parent_id,name", true).getFirst())
        .isEqualTo("PARENT_UUID" + " ".repeat(28) + "NAME" + " ".repeat(28));
    assertThat(SnapshotListCommand.table(List.of(), SnapshotColumn.USUAL, true)).hasSize(1);
  }
}
