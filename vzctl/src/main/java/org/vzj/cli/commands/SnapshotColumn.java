package org.vzj.cli.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.ListSnapshots;

/** The columns of {@code vzctl snapshot-list}. */
enum SnapshotColumn {
  UUID("uuid", "id", "UUID", 38),
  PARENT_UUID("parent_uuid", "parent_id", "PARENT_UUID", 38),
  CURRENT("current", "current", "C", 1),
  DATE("date", "date", "DATE", 19),
  NAME("name", "name", "NAME", 32),
  DESC("desc", "desc", "DESC", 32),
  DEVICE("device", "device", "DEVICE", 16),
  TARGET("target", "target", "TARGET", 32);

  /** What is shown if nothing else is asked for. */
  static final List<SnapshotColumn> USUAL = List.of(PARENT_UUID, CURRENT, UUID, DATE, NAME);

  final String field;
  final String alias;
  final String heading;
  final int width;

  SnapshotColumn(String field, String alias, String heading, int width) {
    this.field = field;
    this.alias = alias;
    this.heading = heading;
    this.width = width;
  }

  /**
   * Returns the columns of a list of names, in any case.
   *
   * @throws VzException INVALID_VALUE for another name
   */
  static List<SnapshotColumn> parse(String text) throws VzException {
    List<SnapshotColumn> columns = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      SnapshotColumn column = named(word.toLowerCase(Locale.ROOT));
      if (column == null) {
        throw new VzException(ExitCode.INVALID_VALUE, "Unknown field: " + word);
      }
      columns.add(column);
    }
    return columns;
  }

  private static @Nullable SnapshotColumn named(String name) {
    for (SnapshotColumn column : values()) {
      if (column.field.equals(name) || column.alias.equals(name)) {
        return column;
      }
    }
    return null;
  }

  /** Returns what a row has in this column. */
  String of(ListSnapshots.Row row) {
    return switch (this) {
      case UUID -> row.snapshot().guid();
      case PARENT_UUID -> row.snapshot().parent();
      case CURRENT -> row.current() ? "*" : "";
      case DATE -> row.snapshot().date();
      case NAME -> row.snapshot().name();
      case DESC -> row.snapshot().description();
      case DEVICE -> row.device();
      case TARGET -> row.point();
    };
  }
}
