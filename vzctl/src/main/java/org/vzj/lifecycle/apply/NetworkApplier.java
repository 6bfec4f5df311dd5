package org.vzj.lifecycle.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.config.Parameter;
import org.vzj.config.Settings;
import org.vzj.config.VethDevice;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.firewall.FirewallEntry;
import org.vzj.lifecycle.Target;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.unit.IpAddress;
import org.vzj.network.HostDevices;
import org.vzj.network.HostNetwork;
import org.vzj.network.NetworkChange;
import org.vzj.network.NetworkPlan;
import org.vzj.network.NetworkState;

/**
 * Gives containers their addresses and devices: at the start, while they run, and takes away what
 * is left on the host when they have ended.
 */
public final class NetworkApplier {
  private final Target target;
  private final HostNetwork host;
  private final HostDevices links;
  private final Claims claims;
  private final NetworkWords words;
  private final NetworkWishes wishes;

  /** The network of one container. */
  public NetworkApplier(Target target) {
    this.target = target;
    this.host = new HostNetwork(target.host().paths(), target.config(), target.messages());
    this.links = new HostDevices(target.host().paths(), target.messages());
    this.claims = new Claims(target);
    this.words = new NetworkWords(target.messages());
    this.wishes = new NetworkWishes(target);
  }

  /**
   * What the configuration gives it.
   *
   * @throws VzException INVALID_CONFIG for a rule of its firewall that is none
   */
  public NetworkState configured() throws VzException {
    List<IpAddress> addresses = wishes.usable(target.config().addresses());
    List<VethDevice> devices = wishes.complete(target.config().vethDevices());
    return new NetworkState(
        addresses,
        List.of(),
        devices,
        FirewallRules.configured(target),
        NetworkWishes.words(target.config().get(Parameter.NETDEV)));
  }

  /**
   * What a start does, for {@code --dry-run}.
   *
   * @param scripted whether a script of the distribution sets addresses inside
   */
  public NetworkPlan planned(boolean scripted) throws VzException {
    NetworkState wanted = configured();
    return change(scripted, wanted).plan(NetworkState.NONE, wanted, false);
  }

  /**
   * Takes the addresses of the configuration and returns what the launch is to do about them. The
   * state directory exists. What fails is undone by {@link NetworkRemoval}.
   *
   * @param scripted whether a script of the distribution sets addresses inside
   * @throws VzException ADDRESS_IN_USE, CANNOT_ADD_ADDRESS
   */
  public NetworkPlan start(boolean scripted) throws VzException {
    NetworkState wanted = configured();
    if (wanted.isEmpty()) {
      save(wanted);
      return NetworkPlan.NONE;
    }
    links.requireFree(change(scripted, wanted).newNames(NetworkState.NONE, wanted));
    links.requirePresent(wanted.moved());
    wanted = withProxies(wanted, wanted.addresses());
    words.added(wanted.addresses());
    save(wanted);
    claims.take(wanted.addresses());
    host.detect(wanted.addresses(), wanted.proxies());
    words.devices("Configure", wanted.devices());
    return kept(change(scripted, wanted).plan(NetworkState.NONE, wanted, false), wanted);
  }

  /** Tells the neighbours where the addresses are now; the device exists. */
  public void announce() throws VzException {
    NetworkState state = state();
    Announcement.run(target, host.announcements(state.addresses(), state.proxies()));
    links.runHooks(target.id(), state.devices());
  }

  /**
   * Changes the addresses of a running container.
   *
   * @param options the options of {@code set}
   * @param scripted whether a script of the distribution sets addresses inside
   * @throws VzException ADDRESS_IN_USE, CANNOT_ADD_ADDRESS; then all is as before
   */
  public void changeAddresses(InitProcess init, Settings options, boolean scripted)
      throws VzException {
    NetworkState before = state();
    List<IpAddress> after = wishes.addresses(before.addresses(), options);
    List<IpAddress> added = NetworkChange.without(after, before.addresses());
    List<IpAddress> gone = NetworkChange.without(before.addresses(), after);
    links.requireFree(
        NetworkChange.of(target.id(), scripted)
            .newNames(before, before.withAddresses(after, List.of())));
    words.gone(options.get(Parameter.IPDEL), gone);
    NetworkState wanted = withProxies(before.keeping(after), added);
    if (options.has(Parameter.IP_ADDRESS)) {
      words.added(wishes.usable(NetworkWishes.read(options.get(Parameter.IP_ADDRESS))));
    }
    try {
      claims.take(added);
      if (!options.has(Parameter.SKIP_ARPDETECT)) {
        host.detect(added, wanted.proxies());
      }
      save(wanted);
      run(init, change(scripted, wanted), before, wanted);
    } catch (VzException e) {
      claims.giveBack(added);
      save(before);
      throw e;
    }
    claims.giveBack(gone);
    Announcement.run(target, host.announcements(added, wanted.proxies()));
  }

  /**
   * Changes the virtual Ethernet devices of a running container.
   *
   * @param options the options of {@code set}
   * @throws VzException VETH; then all is as before
   */
  public void changeDevices(InitProcess init, Settings options) throws VzException {
    NetworkState before = state();
    NetworkState wanted = before.withDevices(wishes.devices(before.devices(), options));
    links.requireFree(NetworkChange.of(target.id(), true).newNames(before, wanted));
    List<VethDevice> gone = new ArrayList<>(before.devices());
    gone.removeIf(device -> NetworkChange.find(wanted.devices(), device) != null);
    List<VethDevice> added = new ArrayList<>(wanted.devices());
    added.removeIf(device -> NetworkChange.find(before.devices(), device) != null);
    words.devices("Deleting", gone);
    words.devices("Configure", added);
    try {
      save(wanted);
      run(init, change(true, wanted), before, wanted);
    } catch (VzException e) {
      save(before);
      throw e;
    }
    try {
      links.runHooks(target.id(), added);
    } catch (VzException e) {
      run(init, change(true, before), wanted, before);
      save(before);
      throw e;
    }
  }

  /**
   * Moves devices of the host's into a running container, and back.
   *
   * @param options the options of {@code set}
   * @throws VzException NETDEV; then all is as before
   */
  public void changeMoved(InitProcess init, Settings options) throws VzException {
    NetworkState before = state();
    List<String> after = wishes.moved(before.moved(), options);
    List<String> added = new ArrayList<>(after);
    added.removeAll(before.moved());
    links.requirePresent(added);
    change(init, before, before.withMoved(after));
  }

  /**
   * Replaces the rules of a running container's firewall, all at once.
   *
   * @throws VzException SYSTEM if the kernel refuses them; then all is as before
   */
  public void changeFirewall(InitProcess init, List<FirewallEntry> rules) throws VzException {
    NetworkState before = state();
    change(init, before, before.withFirewall(rules));
  }

  private void change(InitProcess init, NetworkState before, NetworkState wanted)
      throws VzException {
    try {
      save(wanted);
      run(init, change(true, wanted), before, wanted);
    } catch (VzException e) {
      save(before);
      throw e;
    }
  }

  /**
   * What options of {@code set} would do to a running container, for {@code --dry-run}.
   *
   * @param scripted whether a script of the distribution sets addresses inside
   */
  public NetworkPlan plannedChange(Settings options, boolean scripted) throws VzException {
    NetworkState before = state();
    List<IpAddress> addresses = wishes.addresses(before.addresses(), options);
    NetworkState wanted =
        before
            .keeping(addresses)
            .withDevices(wishes.devices(before.devices(), options))
            .withMoved(wishes.moved(before.moved(), options))
            .withFirewall(FirewallRules.changed(target, before.firewall(), options));
    return change(scripted, wanted).plan(before, wanted, false);
  }

  /** What {@link #changeFirewall} would do. */
  public NetworkPlan plannedFirewall(List<FirewallEntry> rules) throws VzException {
    NetworkState before = state();
    NetworkState wanted = before.withFirewall(rules);
    return change(true, wanted).plan(before, wanted, false);
  }

  /** Returns what it has now. */
  public NetworkState state() throws VzException {
    try {
      return NetworkState.read(target.container().networkFile());
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to read the network's state: " + e, e);
    }
  }

  /** Gives back what {@link #start} took, if there was no launch. */
  public void abandon() throws VzException {
    claims.giveBack(state().addresses());
  }

  private void run(InitProcess init, NetworkChange change, NetworkState before, NetworkState after)
      throws VzException {
    NetworkPlan plan = kept(change.plan(before, after, false), after);
    if (plan.isEmpty()) {
      return;
    }
    LaunchPlan.Builder steps = LaunchPlan.builder().netns(init.pid(), init.startTime());
    if (execute(steps, plan) instanceof LaunchReport.Failed failed) {
      if (NetworkFailure.isForgivable(failed, before, after)) {
        target.messages().warn("Warning: " + plan.explain(failed));
        return;
      }
      NetworkPlan back = change.plan(after, before, true);
      execute(LaunchPlan.builder().netns(init.pid(), init.startTime()), back);
      throw NetworkFailure.of(plan, failed);
    }
  }

  private LaunchReport execute(LaunchPlan.Builder steps, NetworkPlan plan) throws VzException {
    plan.addTo(steps);
    return target.host().run(steps.build());
  }

  /** Without it virtual devices would be destroyed with the container. */
  private NetworkPlan kept(NetworkPlan plan, NetworkState after) {
    Path file = target.container().netnsFile();
    return after.moved().isEmpty() || Files.exists(file) ? plan : plan.keeping(file.toString());
  }

  private NetworkChange change(boolean scripted, NetworkState wanted) throws VzException {
    boolean egress = HostDevices.hasEgress(System.getProperty("os.version", ""));
    FirewallRules.requireEgress(wanted.firewall(), egress);
    List<String> missing = links.missingBridges(wanted.devices());
    links.requireVlans(wanted.devices(), missing);
    return new NetworkChange(
        target.id(),
        wanted.addresses().isEmpty() ? null : host.routeSource(),
        target.host().global().isYes(Parameter.FORCE_ROUTE),
        scripted,
        egress,
        missing);
  }

  private NetworkState withProxies(NetworkState state, List<IpAddress> added) throws VzException {
    List<NetworkState.Proxy> proxies = new ArrayList<>(state.proxies());
    proxies.addAll(host.proxies(added));
    return state.withAddresses(state.addresses(), proxies);
  }

  private void save(NetworkState state) throws VzException {
    try {
      state.write(target.container().networkFile());
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, String.valueOf(e.getMessage()), e);
    }
  }
}
