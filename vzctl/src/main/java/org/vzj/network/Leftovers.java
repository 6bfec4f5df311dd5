package org.vzj.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vzj.config.VethDevice;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;

/**
 * What there still is of a container's network when a removal has complained: mostly nothing, as
 * devices that have gone with the container cannot be deleted.
 *
 * @param devices the host's, as /proc/net/dev lists them
 * @param neighbours as {@code ip neigh show proxy} lists them, of both families
 * @param tables as {@code nft list tables} lists them
 */
public record Leftovers(String devices, String neighbours, String tables) {
  /**
   * Looks at the host.
   *
   * @throws VzException SYSTEM if it cannot be looked at
   */
  public static Leftovers look() throws VzException {
    return new Leftovers(
        HostDevices.names(),
        output("ip", "-4", "neigh", "show", "proxy") + output("ip", "-6", "neigh", "show", "proxy"),
        output("nft", "list", "tables"));
  }

  private static String output(String... words) throws VzException {
    Command command = Command.of(words);
    try {
      CommandResult result = Commands.system().run(command);
      if (result.ok()) {
        return result.out();
      }
      throw new VzException(
          ExitCode.SYSTEM, "Unable to run " + command + ": " + result.err().strip());
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to run " + command + ": " + e.getMessage(), e);
    }
  }

  /** What of a state is still there, each in a few words. */
  public List<String> of(NetworkChange change, NetworkState state) {
    List<String> left = new ArrayList<>();
    for (String name : change.hostNames(state)) {
      if (HostDevices.isListed(devices, name)) {
        left.add("device " + name);
      }
    }
    for (NetworkState.Proxy proxy : state.proxies()) {
      if (hasLine(neighbours, proxy.address() + " dev " + proxy.device() + " ")) {
        left.add("proxy entry " + proxy.address() + " dev " + proxy.device());
      }
    }
    if (!state.addresses().isEmpty()) {
      table(left, "netdev " + NetworkRules.table(change.id(), Venet.NAME));
    }
    for (VethDevice device : state.devices()) {
      table(left, "netdev " + NetworkRules.table(change.id(), device.ifname()));
    }
    table(left, "netdev " + NetworkRules.table(change.id()));
    table(left, "inet " + NetworkRules.table(change.id()));
    return left;
  }

  private void table(List<String> left, String name) {
    if (hasLine(tables, "table " + name + "\n")) {
      left.add("table " + name);
    }
  }

  private static boolean hasLine(String text, String begin) {
    return text.startsWith(begin) || text.contains("\n" + begin);
  }
}
