package org.vzj.lifecycle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.firewall.FirewallCounts;
import org.vzj.firewall.FirewallEntry;
import org.vzj.firewall.FirewallTables;
import org.vzj.lifecycle.apply.FirewallRules;
import org.vzj.lifecycle.apply.NetworkApplier;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;

/** What the host's firewall does for a container, and to it. */
public final class Firewall {
  /**
   * A rule or a reason, and what it was for.
   *
   * @param name the rule, or why something was dropped: spoofed, limited
   * @param from where the rule is from, {@code set} or {@code file}; or a device
   * @param packets how many
   * @param bytes how many
   */
  public record Row(String name, String from, long packets, long bytes) {}

  /**
   * All of it.
   *
   * @param running whether there is anything to count
   * @param rules in their order
   * @param dropped what was dropped without one of these rules
   */
  public record Report(boolean running, List<Row> rules, List<Row> dropped) {}

  private Firewall() {}

  /**
   * Reports the rules in force, or those of the configuration if the container does not run.
   *
   * @throws VzException INVALID_CONFIG for one that is none, SYSTEM if nft does not tell
   */
  public static Report report(Target target) throws VzException {
    boolean running = InitProcess.running(target.container()) != null;
    if (!running) {
      return new Report(false, rows(FirewallRules.configured(target), List.of(), ""), List.of());
    }
    String table = "vz" + target.id();
    List<FirewallCounts> counts = FirewallCounts.parse(counters(), table);
    List<Row> dropped = new ArrayList<>();
    for (FirewallCounts count : counts) {
      if (!count.table().equals(table)) {
        String device = count.table().substring(table.length() + 1);
        dropped.add(new Row(count.name(), device, count.packets(), count.bytes()));
      }
    }
    List<FirewallEntry> live = new NetworkApplier(target).state().firewall();
    return new Report(true, rows(live, counts, table), dropped);
  }

  private static List<Row> rows(
      List<FirewallEntry> entries, List<FirewallCounts> counts, String table) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      FirewallEntry entry = entries.get(i);
      long packets = 0;
      long bytes = 0;
      for (FirewallCounts count : counts) {
        if (count.table().equals(table) && count.name().equals(FirewallTables.counter(i))) {
          packets += count.packets();
          bytes += count.bytes();
        }
      }
      rows.add(new Row(entry.rule().text(), entry.fromFile() ? "file" : "set", packets, bytes));
    }
    return rows;
  }

  /** Those of all tables: nft refuses to list one that is not there. */
  private static String counters() throws VzException {
    Command command = Command.of("nft", "list", "counters");
    try {
      CommandResult result = Commands.system().run(command);
      if (result.ok()) {
        return result.out();
      }
      throw new VzException(ExitCode.SYSTEM, command + ": " + result.err().strip());
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to run " + command + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the rules again and applies them to the running container.
   *
   * @throws VzException NOT_RUNNING; INVALID_CONFIG or SYSTEM: then all is as before
   */
  public static void apply(Target target) throws VzException {
    InitProcess init = Exec.requireRunning(target);
    new NetworkApplier(target).changeFirewall(init, FirewallRules.configured(target));
  }

  /** Returns what {@link #apply} would do. */
  public static List<String> plan(Target target) throws VzException {
    List<String> lines =
        new NetworkApplier(target).plannedFirewall(FirewallRules.configured(target)).lines();
    return lines.isEmpty() ? List.of("nothing changes") : lines;
  }
}
