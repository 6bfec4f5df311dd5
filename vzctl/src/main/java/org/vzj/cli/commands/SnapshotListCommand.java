package org.vzj.cli.commands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.container.VzException;
import org.vzj.lifecycle.ListSnapshots;

/** {@code vzctl snapshot-list}. */
final class SnapshotListCommand extends Command {
  @Override
  public List<GetoptOption> options() {
    return List.of(
        GetoptOption.flag('H', "no-header").helped("leave out the line of headings"),
        GetoptOption.value('o', "output").helped("FIELD,...", "show these columns"),
        new GetoptOption(
            "id", 'u', List.of("uuid", "id"), "UUID", "only this one and those it came from"),
        GetoptOption.flag('L', "list").helped("print the names of the columns"),
        new GetoptOption("help", 'h', List.of(), "", "print how the command is used"));
  }

  @Override
  public int optionError() {
    return 21;
  }

  @Override
  public boolean locks() {
    return false;
  }

  @Override
  public boolean silent() {
    return true;
  }

  @Override
  public String usage() {
    return "<ctid>... [-H] [-o <field>[,<field>...]] [--id <uuid>] [-L]";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    String guid = SnapshotOptions.guid(invocation);
    @Nullable String output = invocation.value("output");
    List<SnapshotColumn> columns =
        output == null ? SnapshotColumn.USUAL : SnapshotColumn.parse(output);
    boolean header = !invocation.has("no-header");
    boolean names = invocation.has("list");
    return target -> {
      List<String> lines;
      if (names) {
        lines = fields();
      } else {
        List<ListSnapshots.Row> rows = ListSnapshots.of(target, guid);
        target.messages().rows("snapshots", objects(rows));
        lines = table(rows, columns, header);
      }
      for (String line : lines) {
        if (invocation.outputKept()) {
          target.messages().say(line);
        } else {
          invocation.session().out().println(line);
        }
      }
      return 0;
    };
  }

  private static List<String> fields() {
    List<String> lines = new ArrayList<>();
    for (SnapshotColumn column : SnapshotColumn.values()) {
      lines.add(pad(column.field, 15) + " " + column.heading);
    }
    return lines;
  }

  static List<String> table(
      List<ListSnapshots.Row> rows, List<SnapshotColumn> columns, boolean header) {
    List<String> lines = new ArrayList<>();
    if (header) {
      StringBuilder line = new StringBuilder();
      for (SnapshotColumn column : columns) {
        line.append(line.isEmpty() ? "" : " ").append(pad(column.heading, column.width));
      }
      lines.add(line.toString());
    }
    for (ListSnapshots.Row row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        String text = TerminalText.of(columns.get(i).of(row));
        boolean last = i == columns.size() - 1;
        line.append(i == 0 ? "" : " ").append(last ? text : pad(text, columns.get(i).width));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static List<Map<String, Object>> objects(List<ListSnapshots.Row> rows) {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (ListSnapshots.Row row : rows) {
      Map<String, Object> object = new LinkedHashMap<>();
      for (SnapshotColumn column : SnapshotColumn.values()) {
        object.put(column.field, column == SnapshotColumn.CURRENT ? row.current() : column.of(row));
      }
      objects.add(object);
    }
    return objects;
  }

  private static String pad(String text, int width) {
    int missing = width - text.codePointCount(0, text.length());
    return missing > 0 ? text + " ".repeat(missing) : text;
  }
}
