package org.vzj.lifecycle.apply;

import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.network.NetworkPlan;

/** What a network that could not be set up is to the caller: OpenVZ has a code for each kind. */
public final class NetworkFailure {
  private static final String MOVE = "ip link set ";

  private NetworkFailure() {}

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
