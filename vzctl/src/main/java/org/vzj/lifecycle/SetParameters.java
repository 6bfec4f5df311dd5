package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.Beancounter;
import org.vzj.config.ConfigReader;
import org.vzj.config.ConfigSaver;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Group;
import org.vzj.config.Parameter;
import org.vzj.config.SampleConfigs;
import org.vzj.config.Settings;
import org.vzj.config.SettingsChange;
import org.vzj.container.CtId;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.HostShare;
import org.vzj.lifecycle.apply.LimitsApplier;
import org.vzj.lifecycle.apply.NetworkApplier;
import org.vzj.scripts.DistScripts;

/** Changes parameters of a container: in the running one, in its configuration, or in both. */
public final class SetParameters {
  private static final String LOST =
      "WARNING: Settings were not saved to config and will be lost after CT restart (use --save"
          + " flag)";
  private static final String UNSAVED =
      "WARNING: Settings were not saved to config (use --save flag)";

  private final Settings options;
  private final List<String> given;
  private final boolean save;

  /**
   * @param options the values given, and the options that say how
   * @param given the options in the order given, by their first names
   */
  public SetParameters(Settings options, List<String> given) {
    this.options = options;
    this.given = given;
    this.save = options.has(Parameter.SAVE);
  }

  /**
   * Refuses combinations of options that make no sense, whatever the container.
   *
   * @throws VzException INVALID_SYNTAX, or SET_NAME for a name that is not to be saved
   */
  public void check() throws VzException {
    if (options.has(Parameter.RESET_UB) && given.size() > 1) {
      throw syntax("Option --reset_ub can not be used with other options");
    }
    checkMasks();
    if (save) {
      return;
    }
    if (options.has(Parameter.FORCE)) {
      throw syntax("Option --force can only be used with --save");
    }
    if ("restart".equals(options.get(Parameter.SETMODE))) {
      throw syntax("Option --setmode restart can only be used with --save");
    }
    if (options.has(Parameter.NAME)) {
      throw new VzException(
          ExitCode.SET_NAME, "Unable to set name: option --name can only be used with --save");
    }
    if (options.has(Parameter.OSTEMPLATE) || options.has(Parameter.STOP_TIMEOUT)) {
      String option = options.has(Parameter.OSTEMPLATE) ? "--ostemplate" : "--stop-timeout";
      throw syntax("Option " + option + " can only be used with --save");
    }
  }

  private void checkMasks() throws VzException {
    if (options.has(Parameter.NODEMASK) && !options.has(Parameter.CPUMASK)) {
      throw new VzException(
          ExitCode.INVALID_VALUE, "Option --nodemask must be used together with --cpumask");
    }
    if ("auto".equals(options.get(Parameter.CPUMASK)) && !options.has(Parameter.NODEMASK)) {
      throw new VzException(
          ExitCode.INVALID_VALUE, "Option --cpumask auto must be used together with --nodemask");
    }
  }

  /**
   * Makes the change: what can be is applied first, and only then saved, so that a failure leaves
   * the configuration as it was.
   */
  public void run(Target target) throws VzException {
    if (options.has(Parameter.APPLYCONFIG_MAP)) {
      mapName(target);
      return;
    }
    InitProcess init = InitProcess.running(target.container());
    boolean running = init != null;
    if (options.has(Parameter.RESET_UB)) {
      if (init == null) {
        throw new VzException(
            ExitCode.NOT_RUNNING, "Unable to apply UBC parameters: container is not running");
      }
      LimitsApplier.reset(target, init);
      return;
    }
    Settings before = target.config().own();
    Settings after = changed(target, before);
    Target fresh = target.with(target.config().withOwn(after));
    requireSwap(fresh.config());
    if (target.id().equals(CtId.HOST)) {
      HostShare.change(fresh, options, given);
      finish(target, after, true);
      return;
    }
    DiskSize.change(fresh, options, save);
    boolean restart =
        new LiveChanges(fresh, given, options).apply(save, options.get(Parameter.SETMODE));
    if (restart) {
      new Stop(fresh, false, false).run();
      new Start(fresh, false, false).run();
    }
    finish(target, after, running);
  }

  private void finish(Target target, Settings after, boolean running) throws VzException {
    if (save) {
      save(target, after);
    } else if (!Passwords.areAll(given)) {
      // A password is never saved there, and lost to nobody.
      target.messages().say(running ? LOST : UNSAVED);
    }
  }

  /** RAM is a limit of another kind than the older ones, and goes with swap space. */
  private void requireSwap(ContainerConfig config) throws VzException {
    boolean given = options.has(Parameter.RAM) || options.has(Parameter.PHYSPAGES);
    if (given && config.isVswap() && config.limit(Beancounter.SWAPPAGES) == null) {
      throw new VzException(ExitCode.NOT_ENOUGH_UBC, "Error: required UB parameter (swap) not set");
    }
  }

  /** Returns the lines of the configuration that would change. */
  public List<String> plan(Target target) throws VzException {
    Settings before = target.config().own();
    Settings after = changed(target, before);
    List<String> lines = new ArrayList<>();
    for (Parameter parameter : Parameter.values()) {
      String old = before.get(parameter);
      String value = after.get(parameter);
      if (parameter.key() != null && value != null && !value.equals(old)) {
        String from = old == null ? "" : " (was \"" + old + "\")";
        lines.add((save ? "save " : "apply ") + parameter.key() + "=\"" + value + "\"" + from);
      }
    }
    lines.addAll(networkPlan(target));
    return lines.isEmpty() ? List.of("nothing changes") : lines;
  }

  private List<String> networkPlan(Target target) throws VzException {
    boolean given = false;
    for (Parameter parameter : options.parameters()) {
      Group group = parameter.group();
      given |= group == Group.NETWORK || group == Group.VETH || group == Group.FIREWALL;
    }
    if (!given || InitProcess.running(target.container()) == null) {
      return List.of();
    }
    DistScripts scripts =
        target.host().distScripts(target.config().osTemplate(), target.messages());
    return new NetworkApplier(target).plannedChange(options, scripts.has("ADD_IP")).lines();
  }

  private Settings changed(Target target, Settings before) throws VzException {
    Settings base = before;
    String sample = options.get(Parameter.APPLYCONFIG);
    if (sample != null) {
      base = withSample(target, before, sample);
    }
    try {
      SettingsChange.Result result = SettingsChange.apply(base, options, target.id().value());
      for (String note : result.notes()) {
        target.messages().say(note);
      }
      return result.settings();
    } catch (SettingsChange.Refused e) {
      throw VzException.ofStatus(e.reason().exitCode(), String.join("\n", e.reason().lines()));
    }
  }

  private static Settings withSample(Target target, Settings before, String sample)
      throws VzException {
    SampleConfigs samples = new SampleConfigs(target.host().paths().conf());
    if (!samples.exists(sample)) {
      throw new VzException(
          ExitCode.APPLY_CONFIG, "Sample config file not found: " + samples.path(sample));
    }
    try {
      ConfigReader.SettingsReading read = samples.applyTo(before, sample);
      return read.settings();
    } catch (IOException e) {
      throw new VzException(
          ExitCode.APPLY_CONFIG, "Unable to read " + samples.path(sample) + ": " + e, e);
    }
  }

  private void save(Target target, Settings after) throws VzException {
    Path file = target.container().configFile();
    if (!Files.exists(file)) {
      target.messages().warn("WARNING: " + file + " not found");
    }
    String name = options.get(Parameter.NAME);
    String oldName = target.config().name();
    try (Undo undo = new Undo(target.messages())) {
      if (name != null) {
        Names.link(target, oldName, name, undo);
      }
      boolean written = ConfigSaver.save(file, after);
      undo.keep();
      if (name != null) {
        Names.announce(target, oldName, name);
      }
      target
          .messages()
          .say(
              written
                  ? "CT configuration saved to " + file
                  : "No changes in CT configuration, not saving");
    } catch (IOException e) {
      throw new VzException(
          ExitCode.CONFIG_SAVE, "Unable to save " + file + ": " + e.getMessage(), e);
    }
  }

  private static void mapName(Target target) throws VzException {
    @Nullable String name = target.config().name();
    if (name == null) {
      throw new VzException(
          ExitCode.SET_NAME, "No NAME in " + target.container().configFile() + " to map");
    }
    try (Undo undo = new Undo(target.messages())) {
      Names.link(target, null, name, undo);
      undo.keep();
    }
    target.messages().say("Name " + name + " assigned");
  }

  private static VzException syntax(String text) {
    return new VzException(ExitCode.INVALID_SYNTAX, text);
  }
}
