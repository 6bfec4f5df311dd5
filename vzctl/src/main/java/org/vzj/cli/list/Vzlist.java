package org.vzj.cli.list;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.container.CtId;
import org.vzj.container.VzPaths;

/** The command vzlist. */
public final class Vzlist {
  private final ListOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private final ListHost host;
  private final List<Field> table = Fields.table();

  private Vzlist(Session session, Path proc) {
    options = ListOptions.parse(session.arguments());
    out = session.out();
    err = session.err();
    host = new ListHost(VzPaths.of(session.environment()), proc);
  }

  /**
   * Runs the command.
   *
   * @return 0, or 1 for a wrong argument or if no container that was named exists
   */
  public static int run(Session session) {
    return run(session, Path.of("/proc"));
  }

  /** Runs the command with another procfs. */
  static int run(Session session, Path proc) {
    return new Vzlist(session, proc).run();
  }

  /** Returns its options. */
  public static List<GetoptOption> options() {
    return ListOptions.TABLE;
  }

  /** Returns the fields that can be shown, each with its heading, in the order of the table. */
  public static Map<String, String> fields() {
    Map<String, String> headings = new LinkedHashMap<>();
    for (Field field : Fields.table()) {
      headings.put(field.name(), field.heading());
    }
    return headings;
  }

  private int run() {
    switch (options.action()) {
      case REFUSE -> {
        err.println(options.error());
        out.print(ListUsage.text());
        return 1;
      }
      case HELP -> {
        out.print(ListUsage.text());
        return 1;
      }
      case LIST_FIELDS -> {
        listFields();
        return 0;
      }
      default -> {
        return list();
      }
    }
  }

  private void listFields() {
    StringBuilder text = new StringBuilder();
    for (Field field : table) {
      padded(text, field.name()).append(' ');
      padded(text, field.heading()).append('\n');
    }
    out.print(text);
  }

  private static StringBuilder padded(StringBuilder text, String word) {
    text.append(word);
    for (int i = word.length(); i < 15; i++) {
      text.append(' ');
    }
    return text;
  }

  private int list() {
    List<Field> columns = columns();
    if (columns == null) {
      return 1;
    }
    String sort = options.sort();
    boolean reverse = sort != null && sort.startsWith("-");
    Field order = sort == null ? null : Fields.find(table, reverse ? sort.substring(1) : sort);
    if (sort != null && order == null) {
      return fail("Invalid sort field name: " + sort);
    }
    if (!host.isRoot()) {
      return fail("This program can only be run under root.");
    }
    TreeSet<CtId> ids = new TreeSet<>();
    for (String word : options.operands()) {
      CtId id = CtId.parse(word);
      id = id == null ? host.store().named(word) : id;
      if (id == null) {
        return fail("CT ID " + word + " is invalid.");
      }
      ids.add(id);
    }
    List<Ct> found;
    try {
      ContainerScan scan = new ContainerScan(host, err);
      found = ids.isEmpty() ? scan.all(options.wantsConfigured()) : scan.these(ids);
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
      return ids.isEmpty() ? 0 : 1;
    }
    if (found.isEmpty()) {
      if (options.json()) {
        out.print("[]\n");
      } else {
        fail("Container(s) not found");
      }
      return ids.isEmpty() ? 0 : 1;
    }
    measure(columns, order);
    List<Ct> rows = chosen(found);
    if (order != null) {
      rows = RowOrder.sorted(rows, order, reverse);
    }
    print(columns, rows);
    return 0;
  }

  /** Of each container all beancounters that are needed are asked for at once, and no others. */
  private void measure(List<Field> columns, @Nullable Field order) {
    for (Field column : columns) {
      if (column.source() instanceof BeancounterValue value
          && (options.json() || value.isMeasured())) {
        host.want(value.counter());
      }
    }
    if (order != null && order.source() instanceof BeancounterValue value && value.isMeasured()) {
      host.want(value.counter());
    }
  }

  private int fail(String message) {
    err.println(TerminalText.of(message));
    return 1;
  }

  /** The fields to show; null, after a message, if one is unknown. */
  private @Nullable List<Field> columns() {
    String names = options.output();
    List<Field> columns = new ArrayList<>();
    if (names == null && options.json()) {
      for (Field field : table) {
        if (!field.isPart()) {
          columns.add(field);
        }
      }
      return columns;
    }
    if (names == null) {
      names = Fields.DEFAULT;
    }
    for (int from = 0; from <= names.length(); ) {
      int comma = names.indexOf(',', from);
      int end = comma < 0 ? names.length() : comma;
      String name = names.substring(from, end);
      Field field = Fields.find(table, name);
      if (field == null) {
        fail("Unknown field: " + name);
        return null;
      }
      if (options.json() && field.isPart()) {
        fail("Field `" + name + "' is not available in JSON output");
        return null;
      }
      columns.add(field);
      from = end + 1;
    }
    return columns;
  }

  private List<Ct> chosen(List<Ct> found) {
    List<Ct> chosen = new ArrayList<>(found.size());
    for (Ct ct : found) {
      if (!(ct.isRunning() && options.wantsStopped()) && ct.isShown() && fits(ct)) {
        chosen.add(ct);
      }
    }
    return chosen;
  }

  private boolean fits(Ct ct) {
    return (options.hostname() == null || fits(options.hostname(), ct.conf().first("HOSTNAME")))
        && (options.name() == null || fits(options.name(), ct.name()))
        && (options.description() == null
            || fits(options.description(), ct.conf().first("DESCRIPTION")));
  }

  private static boolean fits(@Nullable String pattern, @Nullable String text) {
    return pattern != null && text != null && Fnmatch.matches(pattern, text);
  }

  private void print(List<Field> columns, List<Ct> rows) {
    if (options.json()) {
      JsonRows.write(out, table, columns, rows);
      return;
    }
    TextTable text = new TextTable(columns, options.trim());
    if (options.header()) {
      text.header();
    }
    for (Ct ct : rows) {
      text.row(ct);
    }
    // Bytes and not characters: the caller's locale has no say in what a configuration holds.
    byte[] bytes = text.text().getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
  }
}
