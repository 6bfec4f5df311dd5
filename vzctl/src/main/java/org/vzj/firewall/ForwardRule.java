package org.vzj.firewall;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.unit.IpAddress;

/**
 * Ports of the host that lead to a container: {@code forward tcp|udp port PORT[-PORT] [at ADDR] [to
 * [ADDR] [port PORT]]}.
 *
 * @param protocol tcp or udp
 * @param ports of the host
 * @param at the address of the host, or null for all its addresses
 * @param to the address of the container, or null for its first
 * @param toPort the container's port, 0 for the same as the host's
 */
record ForwardRule(
    String protocol, Ports ports, @Nullable IpAddress at, @Nullable IpAddress to, int toPort)
    implements FirewallRule {

  @Override
  public String text() {
    StringBuilder out = new StringBuilder("forward ").append(protocol);
    out.append(" port ").append(ports);
    if (at != null) {
      out.append(" at ").append(at);
    }
    if (to != null || toPort != 0) {
      out.append(" to");
    }
    if (to != null) {
      out.append(' ').append(to);
    }
    if (toPort != 0) {
      out.append(" port ").append(toPort);
    }
    return out.toString();
  }

  /**
   * Where it leads.
   *
   * @param own the container's addresses
   * @return null if it has none that fits
   */
  @Nullable IpAddress target(List<IpAddress> own) {
    if (to != null) {
      return to;
    }
    boolean v6 = at != null && at.isV6();
    for (IpAddress address : own) {
      if (address.isV6() == v6) {
        return address;
      }
    }
    return null;
  }

  /**
   * Adds the line that leads what comes to the host to the container.
   *
   * @param local whether it is for what the host itself sends
   */
  void add(StringBuilder lines, IpAddress target, String counter, boolean local) {
    String family = target.isV6() ? "ip6" : "ip";
    lines.append("    meta nfproto ").append(target.isV6() ? "ipv6 " : "ipv4 ");
    if (at != null) {
      lines.append(family).append(" daddr ").append(at.address());
    } else {
      lines.append("fib daddr type local");
    }
    if (local) {
      // From its own loopback addresses nothing leads to a container.
      lines.append(target.isV6() ? " ip6 daddr != ::1" : " ip daddr != 127.0.0.0/8");
    }
    lines.append(' ').append(protocol).append(" dport ").append(ports).append(counter);
    lines.append(" dnat ").append(family).append(" to ");
    if (toPort == 0) {
      lines.append(target.address());
    } else if (target.isV6()) {
      lines.append('[').append(target.address()).append("]:").append(toPort);
    } else {
      lines.append(target.address()).append(':').append(toPort);
    }
    lines.append('\n');
  }
}
