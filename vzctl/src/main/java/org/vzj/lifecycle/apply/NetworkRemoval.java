package org.vzj.lifecycle.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Target;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.network.HostDevices;
import org.vzj.network.Leftovers;
import org.vzj.network.NetworkChange;
import org.vzj.network.NetworkPlan;
import org.vzj.network.NetworkState;

/** Takes away what the network of a container that runs no more has left on the host. */
public final class NetworkRemoval {
  private final Target target;

  /** The removal of one container's network. */
  public NetworkRemoval(Target target) {
    this.target = target;
  }

  /**
   * Removes it.
   *
   * @throws VzException SYSTEM if something stays; its state remains, so that the next command that
   *     finds the container dead tries again
   */
  public void run() throws VzException {
    NetworkState state = new NetworkApplier(target).state();
    Path netns = target.container().netnsFile();
    boolean kept = Files.exists(netns);
    if (state.isEmpty() && !kept) {
      return;
    }
    NetworkChange change = NetworkChange.of(target.id(), true);
    NetworkPlan plan = change.plan(state, NetworkState.NONE, true);
    LaunchPlan.Builder steps = LaunchPlan.builder();
    if (kept) {
      steps.netnsFile(netns.toString());
    }
    plan.addRemovalTo(steps);
    LaunchReport report = target.host().run(steps.build());
    if (kept) {
      giveUp(netns);
    }
    if (report instanceof LaunchReport.Failed failed) {
      String reason = plan.explain(failed);
      tellOfMoved(state.moved(), reason);
      // Its devices may have gone with it, or a start may not have come so far.
      refuseLeftovers(Leftovers.look().of(change, state), reason);
    }
    new Claims(target).giveBack(state.addresses());
  }

  /** With its last mount the network goes. */
  private void giveUp(Path netns) throws VzException {
    // A start that was interrupted may not have mounted it.
    target.host().run(LaunchPlan.builder().umount(netns.toString(), true).build());
    try {
      Files.deleteIfExists(netns);
    } catch (IOException e) {
      target.messages().warn("Unable to remove " + netns + ": " + e);
    }
  }

  /** Inside they can be given other names, and virtual ones can be removed. */
  private void tellOfMoved(List<String> moved, String reason) {
    for (String device : HostDevices.missing(moved)) {
      target
          .messages()
          .warn(
              "Warning: network device "
                  + device
                  + " did not come back from the container ("
                  + reason
                  + "); what is no virtual device the kernel returns by itself");
    }
  }

  private void refuseLeftovers(List<String> left, String reason) throws VzException {
    if (!left.isEmpty()) {
      throw new VzException(
          ExitCode.SYSTEM,
          "Unable to remove what the container had on the network: "
              + String.join(", ", left)
              + ": "
              + reason
              + "; vzctl stop "
              + target.id()
              + " tries again");
    }
  }
}
