package org.vzj.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vzj.config.VethDevice;
import org.vzj.container.CtId;
import org.vzj.firewall.FirewallTables;
import org.vzj.linux.unit.IpAddress;

/**
 * Computes what leads from one state of a container's network to another.
 *
 * @param id the container
 * @param source the source address of the host's routes, or null for the kernel's choice
 * @param forceRoute whether a route that is there is changed
 * @param scripted whether a script of the distribution sets the addresses of venet inside
 * @param egress whether the kernel has rules for what leaves a device, from Linux 5.16 on
 * @param missing bridges that are to be made
 */
public record NetworkChange(
    CtId id,
    @Nullable String source,
    boolean forceRoute,
    boolean scripted,
    boolean egress,
    List<String> missing) {

  /** A change without anything special. */
  public static NetworkChange of(CtId id, boolean scripted) {
    return new NetworkChange(id, null, false, scripted, true, List.of());
  }

  /**
   * Computes the plan.
   *
   * @param before what it has; nothing, when it is started
   * @param after what it is to have; nothing, when it has ended
   * @param force whether what cannot be done is passed over
   */
  public NetworkPlan plan(NetworkState before, NetworkState after, boolean force) {
    NetworkPlan.Builder plan = new NetworkPlan.Builder();
    new Venet(id, source, forceRoute, scripted).change(plan, before.addresses(), after.addresses());
    new Veth(id, egress, missing).change(plan, before.devices(), after.devices());
    move(plan, before.moved(), after.moved());
    for (NetworkState.Proxy proxy : before.proxies()) {
      if (!after.proxies().contains(proxy)) {
        neighbour(plan, "del", proxy);
      }
    }
    for (NetworkState.Proxy proxy : after.proxies()) {
      if (!before.proxies().contains(proxy)) {
        neighbour(plan, "replace", proxy);
      }
    }
    firewall(plan, before, after);
    return plan.build(force);
  }

  /** Devices of the host's: whoever has one hands it over. */
  private static void move(NetworkPlan.Builder plan, List<String> before, List<String> after) {
    for (String device : before) {
      if (!after.contains(device)) {
        handOver(plan.inside, device);
      }
    }
    for (String device : after) {
      if (!before.contains(device)) {
        handOver(plan.links, device);
      }
    }
  }

  private static void handOver(StringBuilder lines, String device) {
    lines.append("link set ").append(device).append(" netns /proc/self/fd/3\n");
  }

  /** Both tables are replaced only if they change: their counters begin anew. */
  private void firewall(NetworkPlan.Builder plan, NetworkState before, NetworkState after) {
    if (before.firewall().isEmpty() && after.firewall().isEmpty()) {
      return;
    }
    FirewallTables old = new FirewallTables(NetworkRules.table(id), before.firewall());
    FirewallTables now = new FirewallTables(NetworkRules.table(id), after.firewall());
    String oldFilter = old.filter(hostNames(before));
    String filter = now.filter(hostNames(after));
    if (!oldFilter.equals(filter)) {
      if (filter.isEmpty()) {
        FirewallTables.dropFilter(plan.rules, old.name());
      }
      plan.rules.append(filter);
    }
    String oldNat = old.nat(before.ownAddresses(), before.bridges());
    String nat = now.nat(after.ownAddresses(), after.bridges());
    if (!oldNat.equals(nat)) {
      if (nat.isEmpty()) {
        FirewallTables.dropNat(plan.rules, old.name());
      }
      plan.rules.append(nat);
    }
  }

  /** The names on the host of all its devices. */
  List<String> hostNames(NetworkState state) {
    List<String> names = new ArrayList<>();
    if (!state.addresses().isEmpty()) {
      names.add(new Venet(id, source, forceRoute, scripted).hostName());
    }
    for (VethDevice device : state.devices()) {
      names.add(String.valueOf(device.hostIfname()));
    }
    return names;
  }

  /** The names on the host of the devices that are made. */
  public List<String> newNames(NetworkState before, NetworkState after) {
    List<String> names = new ArrayList<>();
    if (before.addresses().isEmpty() && !after.addresses().isEmpty()) {
      names.add(new Venet(id, source, forceRoute, scripted).hostName());
    }
    for (VethDevice device : after.devices()) {
      if (!isOnHost(before.devices(), device)) {
        names.add(String.valueOf(device.hostIfname()));
      }
    }
    return names;
  }

  /** Under another name inside it is made again, when the old one has gone. */
  private static boolean isOnHost(List<VethDevice> devices, VethDevice device) {
    for (VethDevice other : devices) {
      if (Objects.equals(other.hostIfname(), device.hostIfname())) {
        return true;
      }
    }
    return false;
  }

  private static void neighbour(NetworkPlan.Builder plan, String verb, NetworkState.Proxy proxy) {
    plan.links.append("neigh ").append(verb).append(" proxy ").append(proxy.address());
    plan.links.append(" dev ").append(proxy.device()).append('\n');
  }

  /** The device of a list that has the same two names, or null. */
  public static @Nullable VethDevice find(List<VethDevice> list, VethDevice device) {
    return Veth.find(list, device);
  }

  /** The addresses of one list that are not in another; prefix lengths do not count. */
  public static List<IpAddress> without(List<IpAddress> list, List<IpAddress> others) {
    List<IpAddress> result = new ArrayList<>();
    for (IpAddress address : list) {
      if (!contains(others, address)) {
        result.add(address);
      }
    }
    return result;
  }

  /** The addresses of one list that another has with another prefix length. */
  public static List<IpAddress> otherwise(List<IpAddress> list, List<IpAddress> others) {
    List<IpAddress> result = new ArrayList<>();
    for (IpAddress address : list) {
      for (IpAddress other : others) {
        if (other.address().equals(address.address()) && prefix(other) != prefix(address)) {
          result.add(address);
        }
      }
    }
    return result;
  }

  private static int prefix(IpAddress address) {
    return address.prefix() >= 0 ? address.prefix() : address.isV6() ? 128 : 32;
  }

  /** Whether an address is in a list, with whatever prefix length. */
  public static boolean contains(List<IpAddress> list, IpAddress address) {
    for (IpAddress other : list) {
      if (other.address().equals(address.address())) {
        return true;
      }
    }
    return false;
  }
}
