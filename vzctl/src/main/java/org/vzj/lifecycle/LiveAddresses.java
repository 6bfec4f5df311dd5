package org.vzj.lifecycle;

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
   * @throws VzException if the host's side fails; then all is as before
   */
  static void change(Target target, InitProcess init, DistScripts scripts, Settings options)
      throws VzException {
    NetworkApplier network = new NetworkApplier(target);
    List<IpAddress> before = network.state().addresses();
    network.changeAddresses(init, options, scripts.has("ADD_IP"));
    List<IpAddress> after = network.state().addresses();
    List<IpAddress> gone = NetworkChange.without(before, after);
    List<IpAddress> added = NetworkChange.without(after, before);
    boolean all = "all".equals(options.get(Parameter.IPDEL));
    if (!gone.isEmpty() || all) {
      InsideScript.addresses(target, init, scripts, "DEL_IP", gone, "running", all);
    }
    if (!added.isEmpty()) {
      InsideScript.addresses(target, init, scripts, "ADD_IP", added, "running", all);
    }
  }
}
