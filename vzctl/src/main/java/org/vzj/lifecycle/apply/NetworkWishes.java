package org.vzj.lifecycle.apply;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.config.Group;
import org.vzj.config.Parameter;
import org.vzj.config.Settings;
import org.vzj.config.SettingsChange;
import org.vzj.config.VethDevice;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Target;
import org.vzj.linux.unit.IpAddress;

/** What a container is to have on the network, by its configuration and by options. */
final class NetworkWishes {
  private final Target target;

  NetworkWishes(Target target) {
    this.target = target;
  }

  /** The same devices with everything that was left to us. */
  List<VethDevice> complete(List<VethDevice> devices) {
    List<VethDevice> result = new ArrayList<>();
    for (VethDevice device : devices) {
      result.add(device.complete(target.id().value()));
    }
    return result;
  }

  /** As a change of the configuration would, but of what it has now. */
  List<IpAddress> addresses(List<IpAddress> before, Settings options) throws VzException {
    Settings now = Settings.NONE.with(Parameter.IP_ADDRESS, NetworkWords.list(before));
    return usable(read(applied(now, options, Group.NETWORK).get(Parameter.IP_ADDRESS)));
  }

  /** The same for virtual Ethernet devices. */
  List<VethDevice> devices(List<VethDevice> before, Settings options) throws VzException {
    Settings now = Settings.NONE.with(Parameter.NETIF, VethDevice.printed(before));
    Settings after = applied(now, options, Group.VETH);
    List<VethDevice> devices = VethDevice.parseAll(String.valueOf(after.get(Parameter.NETIF)));
    return complete(devices == null ? List.of() : devices);
  }

  /** The same for devices of the host's. */
  List<String> moved(List<String> before, Settings options) throws VzException {
    Settings now = Settings.NONE.with(Parameter.NETDEV, String.join(" ", before));
    return words(applied(now, options, Group.NETDEV).get(Parameter.NETDEV));
  }

  static List<String> words(@Nullable String list) {
    List<String> result = new ArrayList<>();
    for (String word : (list == null ? "" : list).split(" ", -1)) {
      if (!word.isEmpty() && !result.contains(word)) {
        result.add(word);
      }
    }
    return result;
  }

  private Settings applied(Settings now, Settings options, Group group) throws VzException {
    Settings only = Settings.NONE;
    for (Parameter parameter : options.parameters()) {
      if (parameter.group() == group) {
        only = only.with(parameter, options.get(parameter));
      }
    }
    try {
      return SettingsChange.apply(now, only, target.id().value()).settings();
    } catch (SettingsChange.Refused e) {
      throw VzException.ofStatus(e.reason().exitCode(), String.join("\n", e.reason().lines()));
    }
  }

  static List<IpAddress> read(@Nullable String words) {
    List<IpAddress> result = new ArrayList<>();
    for (String word : (words == null ? "" : words).split(" ", -1)) {
      IpAddress address = IpAddress.parse(word);
      if (address != null) {
        result.add(address);
      }
    }
    return result;
  }

  /** Those that the host can use. */
  List<IpAddress> usable(List<IpAddress> addresses) {
    if (target.config().isYes(Parameter.IPV6)) {
      return addresses;
    }
    List<IpAddress> result = new ArrayList<>();
    for (IpAddress address : addresses) {
      if (!address.isV6()) {
        result.add(address);
      }
    }
    if (result.size() < addresses.size()) {
      target.messages().say("WARNING: IPv6 support is disabled");
    }
    return result;
  }
}
