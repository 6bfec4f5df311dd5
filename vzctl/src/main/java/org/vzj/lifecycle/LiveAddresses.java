package org.vzj.lifecycle;

import java.util.ArrayList;
import java.util.List;
import org.vzj.config.Parameter;
import org.vzj.config.Settings;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.NetworkApplier;
import org.vzj.linux.unit.IpAddress;
import org.vzj.network.NetworkChange;
import org.vzj.scripts.DistScripts;

/** Changes the addresses of a running container: on the host, then by the distribution's way. */
final class LiveAddresses {
  private LiveAddresses() {}

  /**
   * Changes them: deletions come before additions.
   *
   * @param actions gets what is to be done inside
   * @throws VzException if the host's side fails; then all is as before
   */
  static void change(
      Target target, InitProcess init, DistScripts scripts, Settings options, DistActions actions)
      throws VzException {
    NetworkApplier network = new NetworkApplier(target);
    List<IpAddress> before = network.state().addresses();
    network.changeAddresses(init, options, scripts.setAddresses());
    List<IpAddress> after = network.state().addresses();
    boolean all = "all".equals(options.get(Parameter.IPDEL));
    List<IpAddress> gone = NetworkChange.without(before, after);
    gone.addAll(NetworkChange.otherwise(before, after));
    // Scripts forget all, those too that have been there and are to be there again.
    List<IpAddress> added = new ArrayList<>(all ? after : NetworkChange.without(after, before));
    if (!all) {
      added.addAll(NetworkChange.otherwise(after, before));
    }
    if (!gone.isEmpty() || all) {
      actions.addresses("DEL_IP", gone, all);
    }
    if (!added.isEmpty()) {
      actions.addresses("ADD_IP", added, all);
    }
  }
}
