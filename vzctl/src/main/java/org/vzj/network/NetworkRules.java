package org.vzj.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.vzj.config.VethDevice;
import org.vzj.container.CtId;
import org.vzj.linux.unit.IpAddress;

/**
 * The rules of nftables that hold a container to what it was given. Each device has a table of its
 * own with a chain at its end on the host, where packets arrive before anything else sees them:
 * other devices' packets do not pass it, and it is replaced or removed as a whole.
 */
final class NetworkRules {
  private NetworkRules() {}

  /** The tables of a container's firewall. */
  static String table(CtId id) {
    return "vz" + id;
  }

  /** The table of a device, by its name inside. */
  static String table(CtId id, String device) {
    StringBuilder name = new StringBuilder(table(id)).append('.');
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

  /**
   * Begins the table of a device that is made now. A deletion, even of what is not there, makes nft
   * wait for RCU: 12 ms. What somebody's crash left has no chain at a device any more, as that has
   * gone; it is emptied.
   *
   * @param sets whether it has sets of addresses
   */
  private static void begin(StringBuilder rules, String table, boolean sets) {
    rules.append("add table netdev ").append(table).append('\n');
    rules.append("flush table netdev ").append(table).append('\n');
    for (int i = 4; sets && i <= 6; i += 2) {
      String set = table + " addresses" + i;
      rules.append("add set netdev ").append(set).append(" { type ipv").append(i);
      rules.append("_addr; }\nflush set netdev ").append(set).append('\n');
    }
  }

  /** The table of venet: nothing but packets from these addresses. */
  static void venet(StringBuilder rules, String table, String device, List<IpAddress> addresses) {
    begin(rules, table, true);
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

  /**
   * The table of a virtual Ethernet device: nothing but from its hardware address, nothing that
   * only routers and servers say, and if its addresses are known nothing from others. {@code made}
   * says that the device is new. With {@code egress}, which Linux has from 5.16 on, it gets nothing
   * that is meant for another either.
   */
  static void veth(
      StringBuilder rules, String table, VethDevice device, boolean made, boolean egress) {
    List<IpAddress> addresses = device.addresses();
    String mac = String.valueOf(device.mac());
    if (made) {
      begin(rules, table, !addresses.isEmpty());
    } else {
      drop(rules, table);
    }
    rules.append("table netdev ").append(table).append(" {\n");
    if (!addresses.isEmpty()) {
      set(rules, "addresses4", "ipv4_addr", addresses, false);
      set(rules, "addresses6", "ipv6_addr", addresses, true);
    }
    rules.append("  counter spoofed {\n  }\n");
    int rate = device.number("rate_up");
    if (rate > 0) {
      rules.append("  counter limited {\n  }\n");
    }
    hook(rules, "from", "ingress", String.valueOf(device.hostIfname()));
    if (device.isFiltered()) {
      spoofed(rules, "ether saddr != " + mac);
      // Also what has a tag of a VLAN: a bridge would carry it there.
      spoofed(rules, "ether type != { ip, ip6, arp }");
      spoofed(rules, "arp saddr ether != " + mac);
      spoofed(rules, "icmpv6 type { nd-router-advert, nd-redirect }");
      spoofed(rules, "udp sport 67 udp dport 68");
      spoofed(rules, "udp sport 547 udp dport 546");
      if (!addresses.isEmpty()) {
        addresses(rules, addresses, mac);
      }
    }
    if (rate > 0) {
      rules.append("    limit rate over ").append(rate * 125L).append(" bytes/second burst ");
      rules.append(Math.max(65_536, rate * 6L)).append(" bytes counter name limited drop\n");
    }
    rules.append("  }\n");
    if (egress && device.isFiltered()) {
      hook(rules, "to", "egress", String.valueOf(device.hostIfname()));
      rules.append("    ether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 accept\n");
      rules.append("    ether daddr != ").append(mac).append(" drop\n  }\n");
    }
    rules.append("}\n");
  }

  private static void spoofed(StringBuilder rules, String match) {
    rules.append("    ").append(match).append(" counter name spoofed drop\n");
  }

  /** Who has no address yet may ask whether one is free, and ask a server for one. */
  private static void addresses(StringBuilder rules, List<IpAddress> addresses, String mac) {
    String local = linkLocal(mac);
    spoofed(rules, "arp saddr ip != 0.0.0.0 arp saddr ip != @addresses4");
    rules.append("    ip saddr 0.0.0.0 udp sport 68 udp dport 67 accept\n");
    spoofed(rules, "ip saddr != @addresses4");
    StringBuilder targets = new StringBuilder(hex(local));
    for (IpAddress address : addresses) {
      if (address.isV6()) {
        targets.append(", ").append(hex(address.address()));
      }
    }
    // The target of an advertisement: 8 bytes after its beginning.
    spoofed(rules, "icmpv6 type nd-neighbor-advert @th,64,128 != { " + targets + " }");
    spoofed(rules, "ip6 saddr != { ::, " + local + " } ip6 saddr != @addresses6");
  }

  /** The address that a device gives itself, RFC 4291 appendix A. */
  static String linkLocal(String mac) {
    int first = Integer.parseInt(mac.substring(0, 2), 16) ^ 2;
    String second = mac.substring(3, 5);
    return "fe80::"
        + Integer.toHexString(first << 8 | Integer.parseInt(second, 16))
        + ":"
        + Integer.toHexString(Integer.parseInt(mac.substring(6, 8), 16) << 8 | 0xff)
        + ":fe"
        + mac.substring(9, 11).toLowerCase(Locale.ROOT)
        + ":"
        + Integer.toHexString(
            Integer.parseInt(mac.substring(12, 14), 16) << 8
                | Integer.parseInt(mac.substring(15, 17), 16));
  }

  private static String hex(String address) {
    try {
      // A literal address: nobody is asked.
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return "0x" + HexFormat.of().formatHex(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
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
