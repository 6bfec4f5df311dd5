package org.vzj.network;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vzj.config.VethDevice;
import org.vzj.container.CtId;

/**
 * Virtual Ethernet devices: each is a pair, of which one end is the container's own to configure,
 * and the other the host's, alone or part of a bridge.
 *
 * @param id the container
 * @param egress whether the kernel has rules for what leaves a device
 * @param missing bridges that are to be made
 */
record Veth(CtId id, boolean egress, List<String> missing) {
  /** Adds what leads from one list of devices to another; they are complete. */
  void change(NetworkPlan.Builder plan, List<VethDevice> before, List<VethDevice> after) {
    for (VethDevice device : before) {
      VethDevice now = find(after, device);
      if (now == null) {
        remove(plan, device);
      }
    }
    for (VethDevice device : after) {
      VethDevice old = find(before, device);
      if (old == null) {
        make(plan, device);
      } else if (!old.toString().equals(device.toString())) {
        adjust(plan, old, device);
      }
    }
  }

  /** A device is the same while it has the same two names. */
  static @Nullable VethDevice find(List<VethDevice> list, VethDevice device) {
    for (VethDevice other : list) {
      if (other.ifname().equals(device.ifname())
          && Objects.equals(other.hostIfname(), device.hostIfname())) {
        return other;
      }
    }
    return null;
  }

  private void make(NetworkPlan.Builder plan, VethDevice device) {
    String mtu = device.number("mtu") > 0 ? " mtu " + device.number("mtu") : "";
    bridge(plan, device);
    plan.links.append("link add ").append(device.hostIfname()).append(" address ");
    plan.links.append(device.hostMac()).append(mtu).append(" type veth peer name ");
    plan.links.append(device.ifname()).append(" address ").append(device.mac()).append(mtu);
    plan.links.append(" netns /proc/self/fd/3\n");
    plan.links.append("link set ").append(device.hostIfname());
    if (device.bridge() != null) {
      // The host itself has nothing to say on it.
      plan.links.append(" addrgenmode none master ").append(device.bridge());
    }
    plan.links.append(" up\n");
    rules(plan, device, true);
    if (device.number("vlan") > 0) {
      vlan(plan, device, device.number("vlan"));
    }
    if (device.number("rate_down") > 0) {
      shape(plan, device);
    }
  }

  /**
   * What comes from it has no tag and belongs to this VLAN, and it gets that alone. Which one the
   * bridge has put it into by itself is the bridge's choice: it leaves all.
   */
  private static void vlan(NetworkPlan.Builder plan, VethDevice device, int id) {
    plan.vlans.append("vlan del dev ").append(device.hostIfname()).append(" vid 1-4094\n");
    plan.vlans.append("vlan add dev ").append(device.hostIfname()).append(" vid ").append(id);
    plan.vlans.append(" pvid untagged\n");
  }

  private void bridge(NetworkPlan.Builder plan, VethDevice device) {
    if (device.bridge() != null && missing.contains(device.bridge())) {
      plan.links.append("link add ").append(device.bridge()).append(" type bridge");
      plan.links.append(device.number("vlan") > 0 ? " vlan_filtering 1\n" : "\n");
      plan.links.append("link set ").append(device.bridge()).append(" up\n");
    }
  }

  private void remove(NetworkPlan.Builder plan, VethDevice device) {
    plan.links.append("link del ").append(device.hostIfname()).append('\n');
    NetworkRules.drop(plan.rules, NetworkRules.table(id, device.ifname()));
  }

  private void adjust(NetworkPlan.Builder plan, VethDevice old, VethDevice device) {
    bridge(plan, device);
    StringBuilder host = new StringBuilder();
    StringBuilder inside = new StringBuilder();
    if (!Objects.equals(old.hostMac(), device.hostMac())) {
      host.append(" address ").append(device.hostMac());
    }
    if (!Objects.equals(old.mac(), device.mac())) {
      inside.append(" address ").append(device.mac());
    }
    if (old.number("mtu") != device.number("mtu")) {
      int mtu = device.number("mtu") > 0 ? device.number("mtu") : 1500;
      host.append(" mtu ").append(mtu);
      inside.append(" mtu ").append(mtu);
    }
    if (!Objects.equals(old.bridge(), device.bridge())) {
      host.append(device.bridge() == null ? " nomaster" : " master " + device.bridge());
    }
    set(plan.links, device.hostIfname(), host);
    set(plan.inside, device.ifname(), inside);
    rules(plan, device, false);
    boolean moved = !Objects.equals(old.bridge(), device.bridge());
    if (device.number("vlan") > 0 && (moved || old.number("vlan") != device.number("vlan"))) {
      vlan(plan, device, device.number("vlan"));
    } else if (old.number("vlan") > 0 && !moved && device.number("vlan") == 0) {
      vlan(plan, device, 1);
    }
    if (device.number("rate_down") > 0) {
      shape(plan, device);
    } else if (old.number("rate_down") > 0) {
      plan.shaping.append("qdisc del dev ").append(device.hostIfname()).append(" root\n");
    }
  }

  private static void set(StringBuilder lines, @Nullable String device, StringBuilder words) {
    if (!words.isEmpty()) {
      lines.append("link set ").append(device).append(words).append('\n');
    }
  }

  private void rules(NetworkPlan.Builder plan, VethDevice device, boolean made) {
    NetworkRules.veth(plan.rules, NetworkRules.table(id, device.ifname()), device, made, egress);
  }

  /** A bucket that holds a tenth of a second, and queues half of one. */
  private static void shape(NetworkPlan.Builder plan, VethDevice device) {
    long rate = device.number("rate_down");
    plan.shaping.append("qdisc replace dev ").append(device.hostIfname());
    plan.shaping.append(" root tbf rate ").append(rate).append("kbit burst ");
    plan.shaping.append(Math.max(16_384, rate * 12)).append(" latency 500ms\n");
  }
}
