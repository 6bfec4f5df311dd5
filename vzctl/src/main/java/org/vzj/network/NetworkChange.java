package org.vzj.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.container.CtId;
import org.vzj.linux.unit.IpAddress;

/**
 * Computes what leads from one state of a container's network to another.
 *
 * @param id the container
 * @param source the source address of the host's routes, or null for the kernel's choice
 * @param forceRoute whether a route that is there is changed
 * @param scripted whether a script of the distribution sets the addresses of venet inside
 */
public record NetworkChange(
    CtId id, @Nullable String source, boolean forceRoute, boolean scripted) {

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
    return plan.build(force);
  }

  private static void neighbour(NetworkPlan.Builder plan, String verb, NetworkState.Proxy proxy) {
    plan.links.append("neigh ").append(verb).append(" proxy ").append(proxy.address());
    plan.links.append(" dev ").append(proxy.device()).append('\n');
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
