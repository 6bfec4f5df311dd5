package org.vzj.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.config.VethDevice;
import org.vzj.firewall.FirewallEntry;
import org.vzj.linux.conf.AtomicFile;
import org.vzj.linux.unit.IpAddress;

/**
 * What a running container has on the network now, saved or not: the contents of a file in its
 * state directory. A container without any of it has no such file.
 *
 * @param addresses of venet, in the order given
 * @param proxies where the host answers for them
 * @param devices its virtual Ethernet devices
 * @param firewall the rules of its firewall, in their order
 * @param moved devices of the host's that were moved into it, by their names
 */
public record NetworkState(
    List<IpAddress> addresses,
    List<Proxy> proxies,
    List<VethDevice> devices,
    List<FirewallEntry> firewall,
    List<String> moved) {
  /** Nothing. */
  public static final NetworkState NONE =
      new NetworkState(List.of(), List.of(), List.of(), List.of(), List.of());

  /**
   * The host answers for an address.
   *
   * @param address without a prefix length
   * @param device the device of the host on which it answers
   */
  public record Proxy(String address, String device) {
    // Those of a record cost a start-up 10 ms, see CtId.

    @Override
    public int hashCode() {
      return address.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Proxy proxy
          && proxy.address.equals(address)
          && proxy.device.equals(device);
    }
  }

  /** Copies the lists. */
  public NetworkState {
    addresses = List.copyOf(addresses);
    proxies = List.copyOf(proxies);
    devices = List.copyOf(devices);
    firewall = List.copyOf(firewall);
    moved = List.copyOf(moved);
  }

  /** Whether nothing of it is on the host; a firewall is there for a device alone. */
  public boolean isEmpty() {
    return addresses.isEmpty() && devices.isEmpty() && moved.isEmpty();
  }

  /** The addresses that it is known to have: of venet, and those that devices are held to. */
  List<IpAddress> ownAddresses() {
    List<IpAddress> own = new ArrayList<>(addresses);
    for (VethDevice device : devices) {
      own.addAll(device.addresses());
    }
    return own;
  }

  /** The bridges that its devices belong to. */
  List<String> bridges() {
    List<String> bridges = new ArrayList<>();
    for (VethDevice device : devices) {
      String bridge = device.bridge();
      if (bridge != null && !bridges.contains(bridge)) {
        bridges.add(bridge);
      }
    }
    return bridges;
  }

  /** The same with other addresses of venet. */
  public NetworkState withAddresses(List<IpAddress> changed, List<Proxy> answering) {
    return new NetworkState(changed, answering, devices, firewall, moved);
  }

  /** The same with these addresses; the host goes on to answer for those that stay. */
  public NetworkState keeping(List<IpAddress> changed) {
    List<Proxy> kept = new ArrayList<>();
    for (Proxy proxy : proxies) {
      if (NetworkChange.contains(changed, new IpAddress(proxy.address(), -1))) {
        kept.add(proxy);
      }
    }
    return withAddresses(changed, kept);
  }

  /** The same with other virtual Ethernet devices. */
  public NetworkState withDevices(List<VethDevice> changed) {
    return new NetworkState(addresses, proxies, changed, firewall, moved);
  }

  /** The same with other rules of its firewall. */
  public NetworkState withFirewall(List<FirewallEntry> changed) {
    return new NetworkState(addresses, proxies, devices, changed, moved);
  }

  /** The same with other devices of the host's. */
  public NetworkState withMoved(List<String> changed) {
    return new NetworkState(addresses, proxies, devices, firewall, changed);
  }

  /** Reads a container's file; without one there is nothing. */
  public static NetworkState read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      return NONE;
    }
  }

  /** Understands the file's lines; what it cannot read is passed over. */
  static NetworkState parse(String text) {
    List<IpAddress> addresses = new ArrayList<>();
    List<Proxy> proxies = new ArrayList<>();
    List<VethDevice> devices = new ArrayList<>();
    List<FirewallEntry> firewall = new ArrayList<>();
    List<String> moved = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      String line = text.substring(start, end);
      start = end + 1;
      int space = line.indexOf(' ');
      String rest = line.substring(space + 1);
      switch (space < 0 ? "" : line.substring(0, space)) {
        case "address" -> {
          IpAddress address = IpAddress.parse(rest);
          if (address != null) {
            addresses.add(address);
          }
        }
        case "proxy" -> {
          int between = rest.indexOf(' ');
          if (between > 0) {
            proxies.add(new Proxy(rest.substring(0, between), rest.substring(between + 1)));
          }
        }
        case "veth" -> {
          List<VethDevice> read = VethDevice.parseAll(rest);
          if (read != null) {
            devices.addAll(read);
          }
        }
        case "netdev" -> moved.add(rest);
        case "rule", "filerule" -> {
          FirewallEntry entry = FirewallEntry.ofLine(line);
          if (entry != null) {
            firewall.add(entry);
          }
        }
        default -> {
          // Of a later version.
        }
      }
    }
    return new NetworkState(addresses, proxies, devices, firewall, moved);
  }

  /** Replaces a container's file, or removes it if there is nothing to say. */
  public void write(Path file) throws IOException {
    if (isEmpty() && firewall.isEmpty()) {
      Files.deleteIfExists(file);
    } else {
      AtomicFile.write(file, text().getBytes(StandardCharsets.UTF_8));
    }
  }

  String text() {
    StringBuilder out = new StringBuilder();
    for (IpAddress address : addresses) {
      out.append("address ").append(address).append('\n');
    }
    for (Proxy proxy : proxies) {
      out.append("proxy ").append(proxy.address()).append(' ').append(proxy.device()).append('\n');
    }
    for (VethDevice device : devices) {
      out.append("veth ").append(device).append('\n');
    }
    for (String device : moved) {
      out.append("netdev ").append(device).append('\n');
    }
    for (FirewallEntry entry : firewall) {
      out.append(entry.line()).append('\n');
    }
    return out.toString();
  }
}
