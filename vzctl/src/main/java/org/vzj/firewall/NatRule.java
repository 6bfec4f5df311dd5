package org.vzj.firewall;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.unit.IpAddress;

/**
 * A container goes out with an address of the host: {@code nat [from ADDR,...] [through DEVICE] [as
 * ADDR]}.
 *
 * @param from the container's addresses that are hidden; empty for its private ones
 * @param through the host's device to the outside; empty for any
 * @param as the host's address; null for that of the device
 */
record NatRule(List<IpAddress> from, String through, @Nullable IpAddress as)
    implements FirewallRule {

  @Override
  public String text() {
    StringBuilder out = new StringBuilder("nat");
    FilterRule.append(out, " from ", from);
    if (!through.isEmpty()) {
      out.append(" through ").append(through);
    }
    if (as != null) {
      out.append(" as ").append(as);
    }
    return out.toString();
  }

  /** The addresses that are hidden, of those that the container has. */
  List<IpAddress> sources(List<IpAddress> own) {
    if (!from.isEmpty()) {
      return from;
    }
    List<IpAddress> sources = new ArrayList<>();
    for (IpAddress address : own) {
      if (isPrivate(address) && (as == null || as.isV6() == address.isV6())) {
        sources.add(new IpAddress(address.address(), -1));
      }
    }
    return sources;
  }

  /** RFC 1918, RFC 6598, RFC 4193. */
  static boolean isPrivate(IpAddress address) {
    String text = address.address();
    if (address.isV6()) {
      // fd77::1, but not fd::1, which is 00fd::1.
      return text.indexOf(':') == 4 && (text.startsWith("fc") || text.startsWith("fd"));
    }
    if (text.startsWith("10.") || text.startsWith("192.168.")) {
      return true;
    }
    int dot = text.indexOf('.');
    int second = Integer.parseInt(text, dot + 1, text.indexOf('.', dot + 1), 10);
    return (text.startsWith("172.") && second >= 16 && second < 32)
        || (text.startsWith("100.") && second >= 64 && second < 128);
  }

  void add(StringBuilder lines, IpAddress source, String counter) {
    lines.append(source.isV6() ? "    ip6 saddr " : "    ip saddr ").append(source);
    if (!through.isEmpty()) {
      lines.append(" oifname \"").append(through).append('"');
    }
    lines.append(counter);
    if (as == null) {
      lines.append(" masquerade\n");
    } else {
      lines.append(as.isV6() ? " snat ip6 to " : " snat ip to ").append(as.address()).append('\n');
    }
  }
}
