package org.vzj.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.container.ExitCode;
import org.vzj.container.Messages;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;
import org.vzj.linux.unit.IpAddress;

/**
 * The networks that the host itself is in, towards which it stands in for its containers: it
 * answers for their addresses there, asks whether somebody else has them, and tells where they are.
 */
public final class HostNetwork {
  /** How long to wait for somebody else's answer, in seconds: on one wire it takes milliseconds. */
  private static final String PATIENCE = "0.15";

  private static final Path SYSCTL = Path.of("/proc/sys/net");

  private final VzPaths paths;
  private final ContainerConfig config;
  private final Messages messages;

  /** The host as the configuration has it. */
  public HostNetwork(VzPaths paths, ContainerConfig config, Messages messages) {
    this.paths = paths;
    this.config = config;
    this.messages = messages;
  }

  /** Where the host is to answer for new addresses: NEIGHBOUR_DEVS says on which devices. */
  public List<NetworkState.Proxy> proxies(List<IpAddress> added) throws VzException {
    List<NetworkState.Proxy> proxies = new ArrayList<>();
    if (added.isEmpty()) {
      return proxies;
    }
    warnIfNotForwarding();
    String value = config.global().get(Parameter.NEIGHBOUR_DEVS);
    List<String> devices;
    if (value != null && value.startsWith("list:")) {
      devices = NeighbourDevices.named(value);
    } else {
      devices = candidates();
    }
    if (devices.isEmpty()) {
      return proxies;
    }
    boolean detect = "detect".equals(value);
    for (IpAddress address : added) {
      List<String> found = detect ? detected(address, devices) : devices;
      for (String device : found) {
        proxies.add(new NetworkState.Proxy(address.address(), device));
      }
    }
    answerForV6(added, devices);
    return proxies;
  }

  /** Files of /proc/self/net are those of the caller's network; /sys may be another's. */
  private static List<String> candidates() {
    List<String> fit = new ArrayList<>();
    for (String device :
        NeighbourDevices.withNetwork(
            text(Path.of("/proc/self/net/route")), text(Path.of("/proc/self/net/if_inet6")))) {
      if (NeighbourDevices.isFit(text(Path.of("/sys/class/net", device, "flags")))) {
        fit.add(device);
      }
    }
    return fit;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private List<String> detected(IpAddress address, List<String> devices) throws VzException {
    String route = output(Command.of("ip", "route", "get", address.address()));
    String device = NeighbourDevices.direct(route, address.address());
    return device != null && devices.contains(device) ? List.of(device) : List.of();
  }

  /**
   * Asks on each device whether somebody else has one of the addresses.
   *
   * @throws VzException with status 1 if somebody has and ERROR_ON_ARPFAIL=yes
   */
  public void detect(List<IpAddress> addresses, List<NetworkState.Proxy> proxies)
      throws VzException {
    if (config.isYes(Parameter.SKIP_ARPDETECT)) {
      return;
    }
    for (String device : devices(proxies)) {
      Command command = arpsend(PATIENCE, "-D", addresses, proxies, device, false);
      if (command == null) {
        continue;
      }
      CommandResult result = run(command);
      for (IpAddress address : addresses) {
        if (result.err().contains(" " + address.address() + " is detected on another computer")) {
          conflict(address, device, result.err());
        }
      }
    }
  }

  private void conflict(IpAddress address, String device, String said) throws VzException {
    messages.warn(said.strip());
    boolean error = "yes".equals(config.global().get(Parameter.ERROR_ON_ARPFAIL));
    String text =
        "vps-net_add "
            + (error ? "ERROR" : "WARNING")
            + ": arpsend -c 1 -w 1 -D -e "
            + address.address()
            + " "
            + device
            + " FAILED";
    if (error) {
      throw VzException.ofStatus(1, text);
    }
    messages.warn(text);
  }

  /** What tells on each device that these addresses are there now. */
  public List<Command> announcements(List<IpAddress> addresses, List<NetworkState.Proxy> proxies) {
    List<Command> commands = new ArrayList<>();
    for (String device : devices(proxies)) {
      Command command = arpsend("0", "-U", addresses, proxies, device, true);
      if (command != null) {
        commands.add(command);
      }
    }
    return commands;
  }

  private @Nullable Command arpsend(
      String patience,
      String mode,
      List<IpAddress> addresses,
      List<NetworkState.Proxy> proxies,
      String device,
      boolean v6) {
    List<String> words = new ArrayList<>();
    words.add(paths.arpsend().toString());
    words.addAll(List.of("-c", "1", "-w", patience, mode));
    int fixed = words.size();
    for (NetworkState.Proxy proxy : proxies) {
      IpAddress address = new IpAddress(proxy.address(), -1);
      if (proxy.device().equals(device)
          && (v6 || !address.isV6())
          && NetworkChange.contains(addresses, address)) {
        words.add("-e");
        words.add(proxy.address());
      }
    }
    if (words.size() == fixed) {
      return null;
    }
    words.add(device);
    return Command.of(words);
  }

  private static List<String> devices(List<NetworkState.Proxy> proxies) {
    List<String> devices = new ArrayList<>();
    for (NetworkState.Proxy proxy : proxies) {
      if (!devices.contains(proxy.device())) {
        devices.add(proxy.device());
      }
    }
    return devices;
  }

  /** VE_ROUTE_SRC_DEV: the source address of routes to containers, null for the kernel's choice. */
  public @Nullable String routeSource() throws VzException {
    String device = config.global().get(Parameter.VE_ROUTE_SRC_DEV);
    if (device == null || device.isEmpty()) {
      return null;
    }
    String address =
        NeighbourDevices.firstAddress(
            output(Command.of("ip", "-4", "-oneline", "address", "show", "dev", device)));
    if (address == null) {
      throw new VzException(
          ExitCode.CANNOT_ADD_ADDRESS, "Unable to get source ip [" + device + "]");
    }
    return address;
  }

  /**
   * The kernel answers for IPv6 addresses only where this is set, and only for those it is told.
   */
  private static void answerForV6(List<IpAddress> addresses, List<String> devices) {
    boolean any = false;
    for (IpAddress address : addresses) {
      any |= address.isV6();
    }
    for (String device : any ? devices : List.<String>of()) {
      Path file = SYSCTL.resolve("ipv6/conf").resolve(device).resolve("proxy_ndp");
      try {
        if (Files.readString(file).startsWith("0")) {
          Files.writeString(file, "1\n");
        }
      } catch (IOException e) {
        // No IPv6 on this device.
      }
    }
  }

  private void warnIfNotForwarding() {
    try {
      if (Files.readString(SYSCTL.resolve("ipv4/ip_forward")).startsWith("0")) {
        messages.warn(
            "Warning: IP forwarding is not enabled, only this host reaches the container:"
                + " sysctl -w net.ipv4.ip_forward=1");
      }
    } catch (IOException e) {
      messages.detail("Unable to read ip_forward: " + e);
    }
  }

  private static String output(Command command) throws VzException {
    return run(command).out();
  }

  private static CommandResult run(Command command) throws VzException {
    try {
      return Commands.system().run(command);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.CANNOT_ADD_ADDRESS, "Unable to run " + command + ": " + e.getMessage(), e);
    }
  }
}
