package org.vzj.lifecycle.apply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vzj.config.Parameter;
import org.vzj.config.Settings;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.firewall.BadRuleException;
import org.vzj.firewall.FirewallEntry;
import org.vzj.firewall.FirewallTables;
import org.vzj.firewall.RuleList;
import org.vzj.lifecycle.Target;

/**
 * Where the rules of a container's firewall are from: its configuration, and behind those the file
 * that the administrator keeps for it.
 */
public final class FirewallRules {
  private FirewallRules() {}

  /**
   * The rules that the container has when it starts.
   *
   * @throws VzException INVALID_CONFIG if one is wrong: it must not run without it
   */
  public static List<FirewallEntry> configured(Target target) throws VzException {
    String value = target.config().get(Parameter.FW_RULE);
    return joined(target, value == null ? "" : value);
  }

  /**
   * The rules that it has after a change; the file is read again.
   *
   * @param now what it has
   * @param options of {@code set}
   * @throws VzException INVALID_CONFIG if one of the file is wrong
   */
  public static List<FirewallEntry> changed(
      Target target, List<FirewallEntry> now, Settings options) throws VzException {
    String value = "";
    for (FirewallEntry entry : now) {
      if (!entry.fromFile()) {
        value = RuleList.join(value, entry.rule().text());
      }
    }
    String removed = options.get(Parameter.FW_DEL);
    String added = options.get(Parameter.FW_RULE);
    String kept = removed == null ? value : RuleList.without(value, removed);
    return joined(target, added == null ? kept : RuleList.join(kept, added));
  }

  private static List<FirewallEntry> joined(Target target, String value) throws VzException {
    try {
      List<FirewallEntry> entries = new ArrayList<>(FirewallEntry.ofSetting(value));
      entries.addAll(FirewallEntry.ofFile(target.container().firewallFile()));
      return entries;
    } catch (BadRuleException e) {
      throw new VzException(ExitCode.INVALID_CONFIG, e.reason(), e);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.INVALID_CONFIG,
          "Unable to read " + target.container().firewallFile() + ": " + e.getMessage(),
          e);
    }
  }

  /** Filters work at both directions of a device. */
  static void requireEgress(List<FirewallEntry> entries, boolean egress) throws VzException {
    if (!egress && new FirewallTables("", entries).hasFilter()) {
      throw new VzException(
          ExitCode.BAD_KERNEL, "Firewall rules with allow or deny need Linux 5.16 or later");
    }
  }
}
