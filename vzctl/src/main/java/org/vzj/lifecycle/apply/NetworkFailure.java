package org.vzj.lifecycle.apply;

import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.network.NetworkChange;
import org.vzj.network.NetworkPlan;
import org.vzj.network.NetworkState;

/** What a network that could not be set up is to the caller: OpenVZ has a code for each kind. */
public final class NetworkFailure {
  private static final String MOVE = "ip link set ";

  private NetworkFailure() {}

  /**
   * Whether all is done that the host does: root inside, who can rename the device, must not be
   * able to keep addresses that are taken from the container.
   */
  static boolean isForgivable(LaunchReport.Failed failed, NetworkState before, NetworkState after) {
    return failed.what().startsWith("begin container ")
        && NetworkChange.without(after.addresses(), before.addresses()).isEmpty()
        && after.moved().equals(before.moved())
        && after.devices().equals(before.devices());
  }

  /** The error of a launch whose network could not be set up. */
  public static VzException of(NetworkPlan plan, LaunchReport.Failed failed) {
    String text = plan.explain(failed);
    if (text.startsWith("ip route add ")) {
      return new VzException(ExitCode.CANNOT_ADD_ADDRESS, "Unable to add route " + text);
    }
    if (text.startsWith("Error: ")) {
      return new VzException(ExitCode.SYSTEM, "Unable to set up the firewall: nft: " + text);
    }
    int handOver = text.indexOf(" netns /proc/self/fd/3: ");
    int start = text.indexOf(MOVE) + MOVE.length();
    if (handOver > start && start >= MOVE.length()) {
      String device = text.substring(start, handOver);
      String verb = text.startsWith(MOVE) ? "Unable to add netdev " : "Unable to delete netdev ";
      return new VzException(
          ExitCode.NETDEV, verb + device + text.substring(text.indexOf(": ", handOver)));
    }
    ExitCode code = text.contains("venet0") ? ExitCode.CANNOT_ADD_ADDRESS : ExitCode.VETH;
    return new VzException(code, "Unable to set up the network: " + text);
  }
}
