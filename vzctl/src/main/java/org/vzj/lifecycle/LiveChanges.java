package org.vzj.lifecycle;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.config.Applies;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Group;
import org.vzj.config.Parameter;
import org.vzj.config.Parameters;
import org.vzj.config.Settings;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.CpuApplier;
import org.vzj.lifecycle.apply.DiskChange;
import org.vzj.lifecycle.apply.FirewallRules;
import org.vzj.lifecycle.apply.IoApplier;
import org.vzj.lifecycle.apply.LimitsApplier;
import org.vzj.lifecycle.apply.LiveSettings;
import org.vzj.lifecycle.apply.NetworkApplier;
import org.vzj.scripts.DistScripts;

/** What a change of parameters means for a container that runs, or for one that does not. */
final class LiveChanges {
  private final Target target;
  private final List<String> given;
  private final Settings options;

  /**
   * @param target the container with its configuration as it will be
   * @param given the options in the order given, by their first names
   * @param options their values
   */
  LiveChanges(Target target, List<String> given, Settings options) {
    this.target = target;
    this.given = given;
    this.options = options;
  }

  /**
   * Applies what can be applied at once.
   *
   * @param save whether the configuration will be saved
   * @param setMode restart, ignore or null
   * @return whether the container is to be restarted for the rest
   * @throws VzException RUNNING or NOT_RUNNING if the container's state does not allow a change, or
   *     the error of what could not be applied: the configuration is not to be saved then
   */
  boolean apply(boolean save, @Nullable String setMode) throws VzException {
    InitProcess init = InitProcess.running(target.container());
    tellWhatIsOnlySaved();
    if (init == null) {
      if (!save) {
        refuseStopped();
      }
      limitDisk(save);
      if (options.has(Parameter.QUOTAUGIDLIMIT)) {
        UgidQuota.warnIfImpossible(target);
      }
      setPasswords(null, save);
      return false;
    }
    refuseStoppedOnly();
    boolean restart = restartNeeded(setMode);
    try {
      applyNow(init);
    } catch (VzException e) {
      throw save ? notSaved(e) : e;
    }
    setPasswords(init, save);
    return restart;
  }

  /** Quota is on, too, while the container is stopped. */
  private void limitDisk(boolean save) throws VzException {
    if (!given(Group.DISK) && !options.has(Parameter.APPLYCONFIG)) {
      return;
    }
    try {
      DiskChange.change(target, options, !save && given(Group.DISK));
    } catch (VzException e) {
      throw save ? notSaved(e) : e;
    }
  }

  private void setPasswords(@Nullable InitProcess init, boolean save) throws VzException {
    String users = options.get(Parameter.USERPASSWD);
    if (users == null) {
      return;
    }
    try {
      Passwords.set(target, init, users);
    } catch (VzException e) {
      throw save ? notSaved(e) : e;
    }
  }

  private static VzException notSaved(VzException why) {
    return VzException.ofStatus(
        why.status(),
        why.text()
            + (why.text().isEmpty() ? "" : "\n")
            + "Error: failed to apply some parameters, not saving configuration file!");
  }

  private void applyNow(InitProcess init) throws VzException {
    OomLog.report(target, target.host().cgroup(target.id()));
    if (givenLimits() || options.has(Parameter.APPLYCONFIG) || target.config().isVswap()) {
      LimitsApplier.change(target, init, options);
    }
    String hostname = options.get(Parameter.HOSTNAME);
    boolean addresses = options.has(Parameter.IP_ADDRESS) || options.has(Parameter.IPDEL);
    if (hostname != null || addresses || given(Group.DNS)) {
      DistScripts scripts =
          target.host().distScripts(target.config().osTemplate(), target.messages());
      DistActions actions = new DistActions(target, scripts, "running");
      if (addresses) {
        LiveAddresses.change(target, init, scripts, options, actions);
      }
      if (hostname != null) {
        actions.hostname(hostname);
      }
      // Each is said only if it was given.
      actions.nameServers(
          options.has(Parameter.NAMESERVER) ? target.config().nameservers() : List.of(),
          options.has(Parameter.SEARCHDOMAIN) ? target.config().searchDomains() : List.of());
      actions.run(init);
    }
    applyLimits(init);
    if (options.has(Parameter.QUOTAUGIDLIMIT)
        && UgidQuota.isOn(target)
        && UgidQuota.wanted(target.config())) {
      UgidQuota.change(target, target.config().number(Parameter.QUOTAUGIDLIMIT, 0));
    }
    if (given(Group.VETH)) {
      new NetworkApplier(target).changeDevices(init, options);
    }
    if (given(Group.NETDEV)) {
      new NetworkApplier(target).changeMoved(init, options);
    }
    if (given(Group.FIREWALL)) {
      NetworkApplier network = new NetworkApplier(target);
      network.changeFirewall(
          init, FirewallRules.changed(target, network.state().firewall(), options));
    }
    if (given(Group.DISK) || options.has(Parameter.APPLYCONFIG)) {
      DiskChange.change(target, options, given(Group.DISK));
    }
    if (options.has(Parameter.DEVICES) || options.has(Parameter.DEVNODES)) {
      DeviceRules.applyToRunning(target);
    }
  }

  private void applyLimits(InitProcess init) throws VzException {
    // A sample may have any of them.
    boolean sample = options.has(Parameter.APPLYCONFIG);
    ContainerConfig config = LiveSettings.with(target.container(), target.config(), options);
    if (sample || given(Group.CPU)) {
      CpuApplier.change(target, config, sample ? null : options);
    }
    if (sample || given(Group.IO)) {
      IoApplier.change(target, config, sample ? null : options);
    }
    if (options.has(Parameter.MEMINFO)) {
      MemoryView.change(target, init, config);
    }
    LiveSettings.remember(target.container(), options);
  }

  /** Some groups of parameters are accepted before anything acts on them: the user must know. */
  private void tellWhatIsOnlySaved() {
    for (String option : given) {
      Parameter parameter = Parameters.byOption(option);
      if (parameter != null && isOnlySaved(parameter)) {
        target
            .messages()
            .say(
                "Note: --"
                    + option
                    + " is accepted and saved, but not applied by this version yet");
      }
    }
  }

  private boolean isOnlySaved(Parameter parameter) {
    String value = options.get(parameter);
    // A stock kernel cannot tell rules that track connections from others.
    return parameter == Parameter.NETFILTER
        ? "stateless".equals(value) || "stateful".equals(value)
        : parameter.group().isOnlySaved();
  }

  /** OpenVZ's stages in their order: the first that has something to do fails. */
  private void refuseStopped() throws VzException {
    if (Passwords.areAll(given)) {
      return; // It is for the container's files.
    }
    // A configuration with RAM and swap implies other limits, which are set at every change.
    if (given(Group.UBC) || target.config().isVswap()) {
      throw notRunning("UBC parameters");
    }
    if (given(Group.NETWORK) || given(Group.VETH) || given(Group.FIREWALL)) {
      throw notRunning("network parameters");
    }
    if (given(Group.NETDEV)) {
      throw new VzException(
          ExitCode.NOT_RUNNING, "Unable to setup network devices: container is not running");
    }
    if (given(Group.CPU)) {
      throw notRunning("CPU parameters");
    }
    if (given(Group.DEVICES)) {
      throw notRunning("devperm");
    }
    if (given(Group.HOSTNAME) || given(Group.DNS)) {
      target.messages().say("Unable to configure container: not running");
    }
  }

  private static VzException notRunning(String what) {
    return new VzException(
        ExitCode.NOT_RUNNING, "Unable to apply " + what + ": container is not running");
  }

  private void refuseStoppedOnly() throws VzException {
    for (String option : given) {
      Parameter parameter = Parameters.byOption(option);
      if (parameter != null && parameter.applies() == Applies.STOPPED) {
        throw new VzException(
            ExitCode.RUNNING, "Unable to change " + parameter.key() + " on a running container");
      }
    }
  }

  private boolean restartNeeded(@Nullable String setMode) throws VzException {
    boolean needed = false;
    for (String option : given) {
      Parameter parameter = Parameters.byOption(option);
      boolean quota = parameter == Parameter.QUOTAUGIDLIMIT && switchesUgidQuota();
      if (parameter == null || (parameter.applies() != Applies.RESTART && !quota)) {
        continue;
      }
      if ("restart".equals(setMode)) {
        return true;
      }
      needed = true;
      target
          .messages()
          .warn(quota ? ugidQuotaWarning() : "Unable to set " + option + " on a running container");
    }
    if (needed && "ignore".equals(setMode)) {
      throw new VzException(ExitCode.RUNNING, "");
    }
    if (needed) {
      target
          .messages()
          .warn(
              "WARNING: Some of the parameters could not be applied to a running container.\n"
                  + "\tPlease consider using --setmode option");
    }
    return false;
  }

  private boolean givenLimits() {
    for (String option : given) {
      Parameter parameter = Parameters.byOption(option);
      // What is shown limits nothing.
      if (parameter != null && parameter.group() == Group.UBC && parameter != Parameter.MEMINFO) {
        return true;
      }
    }
    return false;
  }

  private boolean switchesUgidQuota() {
    return UgidQuota.isOn(target) != UgidQuota.wanted(target.config());
  }

  private String ugidQuotaWarning() {
    return UgidQuota.isOn(target)
        ? "WARNING: Unable to turn ugid quota off. New parameters will be applied during the next"
            + " start"
        : "Unable to apply new quota values: ugid quota not initialized";
  }

  private boolean given(Group group) {
    for (String option : given) {
      Parameter parameter = Parameters.byOption(option);
      if (parameter != null && parameter.group() == group) {
        return true;
      }
    }
    return false;
  }
}
