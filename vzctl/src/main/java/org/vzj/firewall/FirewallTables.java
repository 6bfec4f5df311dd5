package org.vzj.firewall;

import java.util.List;
import org.vzj.linux.unit.IpAddress;

/**
 * The rules of one container as tables of nft, each made or replaced as a whole.
 *
 * <p>What filters hangs on the container's own devices: no other packet of the host passes it,
 * bridged packets do as routed ones, and connection tracking is not needed. Of TCP only the first
 * packet of a connection is looked at; of UDP, and protocols that have no connections at all,
 * answers are known by a set of who has spoken to whom lately.
 *
 * @param name of the tables, which only this container's have
 * @param entries the rules in their order
 */
public record FirewallTables(String name, List<FirewallEntry> entries) {
  private static final String PRELUDE =
      """
          ether type arp accept
          ip frag-off & 0x1fff != 0 accept
          frag frag-off != 0 accept
          tcp flags & (syn | ack) != syn accept
          icmp type != echo-request accept
          icmpv6 type != echo-request accept
      """;

  /** Removes the table that filters. */
  public static void dropFilter(StringBuilder out, String name) {
    out.append("add table netdev ").append(name).append('\n');
    out.append("delete table netdev ").append(name).append('\n');
  }

  /** Removes the table that translates addresses. */
  public static void dropNat(StringBuilder out, String name) {
    out.append("add table inet ").append(name).append('\n');
    out.append("delete table inet ").append(name).append('\n');
  }

  /** Whether any rule is of this kind: the kernel must be able to do what it needs. */
  public boolean hasFilter() {
    for (FirewallEntry entry : entries) {
      if (entry.rule() instanceof FilterRule) {
        return true;
      }
    }
    return false;
  }

  /**
   * The table that filters, netdev.
   *
   * @param devices the host's ends of the container's devices
   * @return empty if there is nothing to filter
   */
  public String filter(List<String> devices) {
    if (devices.isEmpty() || !hasFilter()) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    dropFilter(out, name);
    out.append("table netdev ").append(name).append(" {\n");
    flows(out, "flows4", "ipv4_addr . inet_service . ipv4_addr . inet_service");
    flows(out, "flows6", "ipv6_addr . inet_service . ipv6_addr . inet_service");
    flows(out, "pairs4", "ipv4_addr . inet_proto . ipv4_addr");
    flows(out, "pairs6", "ipv6_addr . inet_proto . ipv6_addr");
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).rule() instanceof FilterRule) {
        out.append("  counter ").append(counter(i)).append(" {\n  }\n");
      }
    }
    opened(out, "out", "saddr", "sport", "daddr", "dport");
    opened(out, "in", "daddr", "dport", "saddr", "sport");
    chain(out, false);
    chain(out, true);
    for (int i = 0; i < devices.size(); i++) {
      hook(out, "from" + i, "ingress", devices.get(i), "out");
      hook(out, "to" + i, "egress", devices.get(i), "in");
    }
    return out.append("}\n").toString();
  }

  /** The counter of the rule at this place, which may be in both tables. */
  public static String counter(int index) {
    return "r" + (index + 1);
  }

  private static void flows(StringBuilder out, String set, String type) {
    out.append("  set ").append(set).append(" {\n    type ").append(type);
    out.append("\n    size 65536\n    flags dynamic,timeout\n    timeout 3m\n  }\n");
  }

  /** What was allowed: its answers, which have source and target exchanged, will be. */
  private static void opened(
      StringBuilder out,
      String direction,
      String own,
      String ownPort,
      String other,
      String otherPort) {
    out.append("  chain ").append(direction).append("_open {\n");
    for (String ip : new String[] {"ip", "ip6"}) {
      String number = ip.equals("ip") ? "4" : "6";
      out.append("    update @flows").append(number).append(" { ");
      key(out, ip, own, ownPort, other, otherPort);
      out.append(" }\n    meta l4proto != { tcp, udp, icmp, ipv6-icmp } update @pairs");
      out.append(number).append(" { ").append(pair(ip, own, other)).append(" }\n");
    }
    out.append("    accept\n  }\n");
  }

  private static void key(
      StringBuilder out, String ip, String own, String ownPort, String other, String otherPort) {
    out.append(ip).append(' ').append(own).append(" . udp ").append(ownPort);
    out.append(" . ").append(ip).append(' ').append(other).append(" . udp ").append(otherPort);
  }

  private static String pair(String ip, String own, String other) {
    return ip + " " + own + " . meta l4proto . " + ip + " " + other;
  }

  private void chain(StringBuilder out, boolean in) {
    String direction = in ? "in" : "out";
    String open = " goto " + direction + "_open\n";
    out.append("  chain ").append(direction).append(" {\n").append(PRELUDE);
    if (in) {
      // An answer to a question to all.
      out.append("    udp sport 67 udp dport 68 accept\n");
      out.append("    udp sport 547 udp dport 546 accept\n");
    }
    for (String ip : new String[] {"ip", "ip6"}) {
      String number = ip.equals("ip") ? "4" : "6";
      String own = in ? "daddr" : "saddr";
      String other = in ? "saddr" : "daddr";
      out.append("    ");
      key(out, ip, own, in ? "dport" : "sport", other, in ? "sport" : "dport");
      out.append(" @flows").append(number).append(open);
      out.append("    ").append(pair(ip, own, other)).append(" @pairs").append(number).append(open);
    }
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).rule() instanceof FilterRule rule && rule.in() == in) {
        String end = "counter name " + counter(i);
        rule.add(out, end + (rule.allow() ? " goto " + direction + "_open" : " drop"));
      }
    }
    out.append("    goto ").append(direction).append("_open\n  }\n");
  }

  private static void hook(
      StringBuilder out, String chain, String hook, String device, String next) {
    out.append("  chain ").append(chain).append(" {\n    type filter hook ").append(hook);
    out.append(" device \"").append(device).append("\" priority -400; policy accept;\n");
    out.append("    jump ").append(next).append("\n  }\n");
  }

  /**
   * The table that translates addresses, inet.
   *
   * @param own the container's addresses that are known
   * @param bridges the bridges that its devices belong to
   * @return empty if there is nothing to translate
   */
  public String nat(List<IpAddress> own, List<String> bridges) {
    StringBuilder counters = new StringBuilder();
    StringBuilder to = new StringBuilder();
    StringBuilder local = new StringBuilder();
    StringBuilder from = new StringBuilder();
    for (int i = 0; i < entries.size(); i++) {
      FirewallRule rule = entries.get(i).rule();
      String counter = " counter name " + counter(i);
      int before = to.length() + from.length();
      if (rule instanceof ForwardRule forward) {
        IpAddress target = forward.target(own);
        if (target != null) {
          forward.add(to, target, counter, false);
          forward.add(local, target, counter, true);
        }
      } else if (rule instanceof NatRule nat) {
        for (IpAddress source : nat.sources(own)) {
          nat.add(from, source, counter);
        }
      }
      if (to.length() + from.length() > before) {
        counters.append("  counter ").append(counter(i)).append(" {\n  }\n");
      }
    }
    return counters.isEmpty() ? "" : nat(counters, to, local, from, bridges);
  }

  private String nat(
      StringBuilder counters,
      StringBuilder to,
      StringBuilder local,
      StringBuilder from,
      List<String> bridges) {
    StringBuilder out = new StringBuilder();
    dropNat(out, name);
    out.append("table inet ").append(name).append(" {\n").append(counters);
    if (!to.isEmpty()) {
      nat(out, "prerouting", -100, to);
      nat(out, "output", -100, local);
    }
    if (!from.isEmpty()) {
      StringBuilder lines = new StringBuilder();
      // Neighbours, and with br_netfilter also what a bridge carries, see the address itself.
      lines.append("    oifname \"venet0.*\" accept\n");
      for (String bridge : bridges) {
        lines.append("    oifname \"").append(bridge).append("\" accept\n");
      }
      nat(out, "postrouting", 100, lines.append(from));
    }
    return out.append("}\n").toString();
  }

  private static void nat(StringBuilder out, String hook, int priority, StringBuilder lines) {
    out.append("  chain ").append(hook).append(" {\n    type nat hook ").append(hook);
    out.append(" priority ").append(priority).append("; policy accept;\n").append(lines);
    out.append("  }\n");
  }
}
