package org.vzj.network;

import java.util.List;
import org.vzj.container.CtId;
import org.vzj.linux.unit.IpAddress;

/**
 * The rules of nftables that hold a container to what it was given. Each device has a table of its
 * own with a chain at its end on the host, where packets arrive before anything else sees them:
 * other devices' packets do not pass it, and it is replaced or removed as a whole.
 */
final class NetworkRules {
  private NetworkRules() {}

  /** The table of a device, by its name inside. */
  static String table(CtId id, String device) {
    StringBuilder name = new StringBuilder("vz").append(id).append('.');
    for (int i = 0; i < device.length(); i++) {
      char c = device.charAt(i);
      // A word of nft's own language; the other characters of devices' names are rare.
      boolean good = c == '.' || c == '_' || c == '-' || Character.isLetterOrDigit(c);
      name.append(good ? c : '_');
    }
    return name.toString();
  }

  /** Removes a table, whether it exists or not. */
  static void drop(StringBuilder rules, String table) {
    rules.append("add table netdev ").append(table).append('\n');
    rules.append("delete table netdev ").append(table).append('\n');
  }

  /** The table of venet: nothing but packets from these addresses. */
  static void venet(StringBuilder rules, String table, String device, List<IpAddress> addresses) {
    drop(rules, table);
    rules.append("table netdev ").append(table).append(" {\n");
    set(rules, "addresses4", "ipv4_addr", addresses, false);
    set(rules, "addresses6", "ipv6_addr", addresses, true);
    rules.append("  counter spoofed {\n  }\n");
    hook(rules, "from", "ingress", device);
    rules.append("    ip saddr @addresses4 accept\n");
    rules.append("    ip6 saddr @addresses6 accept\n");
    rules.append("    counter name spoofed drop\n  }\n}\n");
  }

  /** A chain at a device, before all others. */
  static void hook(StringBuilder rules, String chain, String hook, String device) {
    rules.append("  chain ").append(chain).append(" {\n    type filter hook ").append(hook);
    rules.append(" device \"").append(device).append("\" priority -500; policy accept;\n");
  }

  private static void set(
      StringBuilder rules, String name, String type, List<IpAddress> addresses, boolean v6) {
    rules.append("  set ").append(name).append(" {\n    type ").append(type).append('\n');
    String elements = elements(addresses, v6);
    if (!elements.isEmpty()) {
      rules.append("    elements = { ").append(elements).append(" }\n");
    }
    rules.append("  }\n");
  }

  static String elements(List<IpAddress> addresses, boolean v6) {
    StringBuilder list = new StringBuilder();
    for (IpAddress address : addresses) {
      if (address.isV6() == v6) {
        list.append(list.isEmpty() ? "" : ", ").append(address.address());
      }
    }
    return list.toString();
  }

  /** Changes the addresses of a table and leaves its counters. */
  static void changeSet(
      StringBuilder rules, String table, List<IpAddress> gone, List<IpAddress> added) {
    for (boolean v6 : new boolean[] {false, true}) {
      element(rules, "delete", table, v6, elements(gone, v6));
      element(rules, "add", table, v6, elements(added, v6));
    }
  }

  private static void element(
      StringBuilder rules, String verb, String table, boolean v6, String elements) {
    if (!elements.isEmpty()) {
      rules.append(verb).append(" element netdev ").append(table);
      rules.append(v6 ? " addresses6 { " : " addresses4 { ").append(elements).append(" }\n");
    }
  }
}
