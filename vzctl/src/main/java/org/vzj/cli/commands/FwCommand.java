package org.vzj.cli.commands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Firewall;
import org.vzj.lifecycle.Target;

/** {@code vzctl fw}: shows a container's firewall, or applies it again. */
final class FwCommand extends Command {
  private static final String APPLY = "apply";

  private boolean apply;

  @Override
  public List<GetoptOption> options() {
    return List.of(
        new GetoptOption(
            APPLY,
            (char) 0,
            List.of(APPLY),
            "",
            "read the rules of the configuration and of its file again, and apply them"));
  }

  @Override
  public boolean locks() {
    return apply;
  }

  @Override
  public boolean silent() {
    return true;
  }

  @Override
  public String usage() {
    return "<ctid>... [--apply]";
  }

  @Override
  public Work bind(Invocation invocation) {
    apply = invocation.has(APPLY);
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        if (apply) {
          Firewall.apply(target);
        }
        Firewall.Report report = Firewall.report(target);
        target.messages().rows("rules", rules(report));
        target.messages().rows("dropped", dropped(report));
        for (String line : lines(report)) {
          if (invocation.outputKept()) {
            target.messages().say(line);
          } else {
            invocation.session().out().println(line);
          }
        }
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return Firewall.plan(target);
      }
    };
  }

  private static List<Map<String, Object>> rules(Firewall.Report report) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Firewall.Row row : report.rules()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("rule", row.name());
      fields.put("from", row.from());
      fields.put("packets", row.packets());
      fields.put("bytes", row.bytes());
      rows.add(fields);
    }
    return rows;
  }

  private static List<Map<String, Object>> dropped(Firewall.Report report) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Firewall.Row row : report.dropped()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("device", row.from());
      fields.put("reason", row.name());
      fields.put("packets", row.packets());
      fields.put("bytes", row.bytes());
      rows.add(fields);
    }
    return rows;
  }

  /** Columns; what is dropped without a rule comes last. */
  private static List<String> lines(Firewall.Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(line("PACKETS", "BYTES", "FROM", "RULE"));
    for (Firewall.Row row : report.rules()) {
      lines.add(
          line(count(report, row.packets()), count(report, row.bytes()), row.from(), row.name()));
    }
    for (Firewall.Row row : report.dropped()) {
      lines.add(line("" + row.packets(), "" + row.bytes(), row.from(), row.name() + ": dropped"));
    }
    return lines;
  }

  private static String count(Firewall.Report report, long number) {
    return report.running() ? Long.toString(number) : "-";
  }

  private static String line(String packets, String bytes, String from, String rule) {
    StringBuilder out = new StringBuilder();
    pad(out, 10 - packets.length()).append(packets);
    pad(out, 13 - bytes.length()).append(bytes).append("  ").append(from);
    return pad(out, 10 - from.length()).append("  ").append(rule).toString();
  }

  private static StringBuilder pad(StringBuilder out, int count) {
    for (int i = 0; i < count; i++) {
      out.append(' ');
    }
    return out;
  }
}
