package org.vzj.firewall;

import java.util.List;
import org.vzj.linux.unit.IpAddress;

/**
 * What a container may send or be sent: {@code allow|deny in|out [PROTOCOL] [port PORTS] [from
 * ADDR,...] [to ADDR,...]}. The first rule of a direction that fits decides; what none fits is
 * allowed. It is about connections: what belongs to one that was allowed passes in both directions.
 *
 * @param allow whether it allows
 * @param in whether it is about what comes to the container
 * @param protocol a name or number of IP's protocols; empty for any
 * @param ports of the side that is called; empty for any
 * @param from addresses, with prefix lengths or without; empty for any
 * @param to the same
 */
record FilterRule(
    boolean allow,
    boolean in,
    String protocol,
    List<Ports> ports,
    List<IpAddress> from,
    List<IpAddress> to)
    implements FirewallRule {
  /** Stands for any address. */
  private static final IpAddress ANY = new IpAddress("", -1);

  @Override
  public String text() {
    StringBuilder out = new StringBuilder(allow ? "allow " : "deny ").append(in ? "in" : "out");
    if (!protocol.isEmpty()) {
      out.append(' ').append(protocol);
    }
    if (!ports.isEmpty()) {
      out.append(" port ").append(Ports.text(ports, ","));
    }
    append(out, " from ", from);
    append(out, " to ", to);
    return out.toString();
  }

  static void append(StringBuilder out, String word, List<IpAddress> addresses) {
    for (int i = 0; i < addresses.size(); i++) {
      out.append(i == 0 ? word : ",").append(addresses.get(i));
    }
  }

  /** Adds a line of nft for each pair of addresses, which are of one family. */
  void add(StringBuilder lines, String end) {
    List<IpAddress> froms = from.isEmpty() ? List.of(ANY) : from;
    List<IpAddress> tos = to.isEmpty() ? List.of(ANY) : to;
    for (IpAddress source : froms) {
      for (IpAddress target : tos) {
        if (!isAny(source) && !isAny(target) && source.isV6() != target.isV6()) {
          continue;
        }
        lines.append("    ");
        match(lines, source, "saddr ");
        match(lines, target, "daddr ");
        IpAddress known = isAny(source) ? target : source;
        protocol(lines, isAny(known) ? 0 : known.isV6() ? 6 : 4);
        lines.append(end).append('\n');
      }
    }
  }

  private static boolean isAny(IpAddress address) {
    return address.address().isEmpty();
  }

  private static void match(StringBuilder lines, IpAddress address, String field) {
    if (!isAny(address)) {
      lines.append(address.isV6() ? "ip6 " : "ip ").append(field).append(address).append(' ');
    }
  }

  private void protocol(StringBuilder lines, int family) {
    if (!ports.isEmpty()) {
      lines.append(protocol.isEmpty() ? "meta l4proto { tcp, udp } th" : protocol);
      lines.append(" dport { ").append(Ports.text(ports, ", ")).append(" } ");
    } else if (protocol.equals("icmp")) {
      String both = family == 0 ? "{ icmp, ipv6-icmp } " : family == 6 ? "ipv6-icmp " : "icmp ";
      lines.append("meta l4proto ").append(both);
    } else if (!protocol.isEmpty()) {
      lines.append("meta l4proto ").append(protocol).append(' ');
    }
  }
}
