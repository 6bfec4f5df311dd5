package org.vzj.network;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.container.CtId;
import org.vzj.linux.unit.IpAddress;
import org.vzj.linux.unit.MacAddress;

/**
 * The routed device venet0: a pair of virtual Ethernet devices between which nothing is resolved,
 * for both ends have the same hardware address. The host has a route for each of the container's
 * addresses, and takes nothing from it that does not come from one of them.
 *
 * @param id the container
 * @param source the source address of the host's routes, or null for the kernel's choice
 * @param force whether a route that is there is changed
 * @param scripted whether a script of the distribution sets the addresses inside
 */
record Venet(CtId id, @Nullable String source, boolean force, boolean scripted) {
  /** Its name inside. */
  static final String NAME = "venet0";

  private static final int OUI = 0x001851;

  /** Ids up to this fit into a name of 15 characters with OpenVZ's prefix. */
  private static final int LONGEST = 99_999_999;

  /** Its name on the host. */
  String hostName() {
    return id.value() <= LONGEST ? NAME + "." + id : "vn" + id;
  }

  private String table() {
    return NetworkRules.table(id, NAME);
  }

  /**
   * Adds what leads from one list of addresses to another. The device is there while there are any.
   */
  void change(NetworkPlan.Builder plan, List<IpAddress> before, List<IpAddress> after) {
    if (before.isEmpty() && !after.isEmpty()) {
      make(plan, after);
    } else if (!before.isEmpty() && after.isEmpty()) {
      remove(plan);
    }
    if (hasFamily(after, true) && !hasFamily(before, true)) {
      // A host without an address of its own takes that of any device to ask from, and an answer to
      // another device's fe80::… is lost.
      plan.links.append("addr replace fe80::1/128 dev ").append(hostName()).append(" nodad\n");
    }
    List<IpAddress> gone = NetworkChange.without(before, after);
    List<IpAddress> added = NetworkChange.without(after, before);
    if (!after.isEmpty()) {
      for (IpAddress address : gone) {
        plan.links.append("route del ").append(route(address)).append('\n');
      }
    }
    for (IpAddress address : added) {
      plan.links.append(force ? "route replace " : "route add ").append(route(address));
      if (source != null && !address.isV6()) {
        plan.links.append(" src ").append(source);
      }
      plan.links.append('\n');
    }
    if (!before.isEmpty() && !after.isEmpty()) {
      NetworkRules.changeSet(plan.rules, table(), gone, added);
    }
    if (!scripted && !after.isEmpty()) {
      inside(plan.inside, gone, added, before, after);
    }
  }

  private String route(IpAddress address) {
    return address.address() + " dev " + hostName();
  }

  private void make(NetworkPlan.Builder plan, List<IpAddress> addresses) {
    String mac = MacAddress.of(OUI, id.value()).text();
    plan.links
        .append("link add ")
        .append(hostName())
        .append(" address ")
        .append(mac)
        .append(" type veth peer name ")
        .append(NAME)
        .append(" address ")
        .append(mac)
        .append(" netns /proc/self/fd/3\n");
    // Without addresses of its own the kernel sends nothing through it by itself.
    plan.links.append("link set ").append(hostName()).append(" arp off addrgenmode none up\n");
    plan.inside.append("link set lo up\n");
    plan.inside.append("link set ").append(NAME).append(" arp off addrgenmode none up\n");
    NetworkRules.venet(plan.rules, table(), hostName(), addresses);
  }

  /** The other end goes with this one. */
  private void remove(NetworkPlan.Builder plan) {
    plan.links.append("link del ").append(hostName()).append('\n');
    NetworkRules.drop(plan.rules, table());
  }

  private static void inside(
      StringBuilder lines,
      List<IpAddress> gone,
      List<IpAddress> added,
      List<IpAddress> before,
      List<IpAddress> after) {
    for (IpAddress address : added) {
      add(lines, address);
    }
    List<IpAddress> old = NetworkChange.otherwise(before, after);
    // IPv6 has an address once, IPv4 with each prefix; it loses its routes with the last address.
    deleteAll(lines, old, true);
    for (IpAddress address : NetworkChange.otherwise(after, before)) {
      add(lines, address);
    }
    deleteAll(lines, gone, true);
    deleteAll(lines, gone, false);
    deleteAll(lines, old, false);
    if (!gone.isEmpty() || !old.isEmpty()) {
      restore(lines, after);
    }
    for (boolean v6 : new boolean[] {false, true}) {
      boolean had = hasFamily(before, v6);
      boolean has = hasFamily(after, v6);
      if (has && !had) {
        lines.append(v6 ? "route replace ::/0" : "route replace default").append(" dev venet0\n");
      } else if (had && !has && v6) {
        lines.append("route replace ::/0 dev venet0\nroute del ::/0 dev venet0\n");
      }
    }
  }

  private static void add(StringBuilder lines, IpAddress address) {
    lines.append("addr add ").append(full(address)).append(" dev venet0");
    lines.append(address.isV6() ? " nodad\n" : "\n");
  }

  /** Those of one family; root inside may have taken them away already. */
  private static void deleteAll(StringBuilder lines, List<IpAddress> addresses, boolean v6) {
    for (IpAddress address : addresses) {
      if (address.isV6() == v6) {
        lines.append("addr replace ").append(full(address)).append(" dev venet0\n");
        lines.append("addr del ").append(full(address)).append(" dev venet0\n");
      }
    }
  }

  /** An IPv4 address takes others of its prefix with it when it goes, if it was there first. */
  private static void restore(StringBuilder lines, List<IpAddress> addresses) {
    for (IpAddress address : addresses) {
      if (!address.isV6() && address.prefix() >= 0 && address.prefix() < 32) {
        lines.append("addr replace ").append(full(address)).append(" dev venet0\n");
      }
    }
  }

  private static String full(IpAddress address) {
    return address.prefix() >= 0
        ? address.toString()
        : address.address() + (address.isV6() ? "/128" : "/32");
  }

  private static boolean hasFamily(List<IpAddress> addresses, boolean v6) {
    for (IpAddress address : addresses) {
      if (address.isV6() == v6) {
        return true;
      }
    }
    return false;
  }
}
