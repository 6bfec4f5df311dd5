package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.config.Parameter;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Stdio;
import org.vzj.linux.launch.StdioMode;
import org.vzj.linux.unit.IpAddress;
import org.vzj.scripts.DistScripts;

/** Scripts that the host has and a shell of the container reads from its standard input. */
final class InsideScript {
  /** OpenVZ's limit for scripts of distributions, in seconds. */
  private static final int LIMIT = 300;

  /** OpenVZ has none for the administrator's own: one that saves databases may need its time. */
  private static final int FOR_EVER = 0;

  /** The shell is the container's own: it may print for ever. */
  private static final int MOST_OUTPUT = 64 * 1024;

  private InsideScript() {}

  /**
   * Runs the container's own action script of a kind, if there is one.
   *
   * @param kind start or stop
   * @throws VzException ACTION_SCRIPT if it fails
   */
  static void action(Target target, InitProcess init, String kind) throws VzException {
    Path script = target.container().script(kind);
    if (!Files.exists(script)) {
      return;
    }
    byte[] text;
    try {
      text = Files.readAllBytes(script);
    } catch (IOException e) {
      throw new VzException(ExitCode.ACTION_SCRIPT, "Unable to read " + script + ": " + e, e);
    }
    if (!feed(target, init, text, EnterPlan.ENVIRONMENT, FOR_EVER)) {
      throw new VzException(
          ExitCode.ACTION_SCRIPT, "Error executing " + kind + " script " + script);
    }
  }

  /**
   * Tells whether there is anything to run inside before init: without, a start is quicker.
   *
   * @throws VzException if the distribution's scripts cannot be read
   */
  static boolean hasWorkBeforeInit(Target target, DistScripts scripts) throws VzException {
    String hostname = target.config().hostname();
    return (hostname != null && !hostname.isEmpty())
        || (scripts.has("ADD_IP") && target.config().own().has(Parameter.IP_ADDRESS))
        || scripts.has("PRE_START")
        || Files.exists(target.container().script("start"));
  }

  /**
   * Runs what the distribution wants done before init: addresses, the host name, then PRE_START.
   * Addresses are set also when there are none any more, if there have ever been any.
   *
   * @throws VzException ACTION_SCRIPT if PRE_START fails; a host name that cannot be set is only
   *     told
   */
  static void beforeInit(Target target, InitProcess init, DistScripts scripts) throws VzException {
    if (target.config().own().has(Parameter.IP_ADDRESS)) {
      addresses(target, init, scripts, "ADD_IP", target.config().addresses(), "starting", false);
    }
    String hostname = target.config().hostname();
    if (hostname != null && !hostname.isEmpty()) {
      setHostname(target, init, scripts, hostname, "starting");
    }
    byte @Nullable [] preStart = scripts.script("PRE_START", false);
    boolean privileged = target.config().localUid() == 0;
    if (preStart != null
        && !feed(
            target,
            init,
            preStart,
            List.of("VZ_KERNEL=no", privileged ? "USERNS=no" : "USERNS=yes"),
            LIMIT)) {
      throw new VzException(ExitCode.ACTION_SCRIPT, "Error executing the PRE_START script");
    }
  }

  /**
   * Runs ADD_IP or DEL_IP, if the distribution has it; as in OpenVZ its failure fails nothing else.
   *
   * @param addresses those to add or to delete
   * @param state starting or running
   * @param deleteAll whether all others are deleted
   */
  static void addresses(
      Target target,
      InitProcess init,
      DistScripts scripts,
      String action,
      List<IpAddress> addresses,
      String state,
      boolean deleteAll)
      throws VzException {
    byte @Nullable [] script = scripts.script(action, true);
    if (script == null) {
      return;
    }
    List<String> environment = new ArrayList<>();
    environment.add("VE_STATE=" + state);
    StringBuilder list = new StringBuilder("IP_ADDR=");
    boolean v6 = target.config().isYes(Parameter.IPV6);
    for (IpAddress address : addresses) {
      if (v6 || !address.isV6()) {
        list.append(list.length() == "IP_ADDR=".length() ? "" : " ").append(address);
      }
    }
    environment.add(list.toString());
    if (deleteAll) {
      environment.add("IPDELALL=yes");
    }
    if (v6) {
      environment.add("IPV6=yes");
    }
    if (!feed(target, init, script, environment, LIMIT)) {
      target.messages().warn("Unable to set IP addresses inside the container");
    }
  }

  /** Runs SET_HOSTNAME; as in OpenVZ its failure fails nothing else. */
  static void setHostname(
      Target target, InitProcess init, DistScripts scripts, String hostname, String state)
      throws VzException {
    byte @Nullable [] script = scripts.script("SET_HOSTNAME", true);
    if (script == null) {
      target.messages().say("Warning: set_hostname action script is not specified");
      return;
    }
    String address = firstAddress(target);
    List<String> environment =
        address == null
            ? List.of("VE_STATE=" + state, "HOSTNM=" + hostname)
            : List.of("VE_STATE=" + state, "HOSTNM=" + hostname, "IP_ADDR=" + address);
    if (!feed(target, init, script, environment, LIMIT)) {
      target.messages().warn("Unable to set the host name inside the container");
    }
  }

  private static @Nullable String firstAddress(Target target) {
    List<IpAddress> addresses = target.config().addresses();
    return addresses.isEmpty() ? null : addresses.getFirst().address();
  }

  /** Returns whether a shell of the container read the script and ended with status 0, in time. */
  private static boolean feed(
      Target target, InitProcess init, byte[] script, List<String> environment, int seconds)
      throws VzException {
    LaunchPlan.Builder plan = EnterPlan.begin(target, init, StdioMode.PIPES);
    EnterPlan.environment(plan, environment);
    Stdio stdio = Stdio.captured(script, MOST_OUTPUT);
    LaunchReport report;
    try {
      report = target.host().run(EnterPlan.shell(plan, "/bin/bash", "/bin/sh"), stdio, seconds);
    } catch (VzException e) {
      if (e.status() != ExitCode.EXEC_TIMEOUT.number()) {
        throw e;
      }
      target.messages().warn(e.text());
      return false;
    }
    target.messages().guestOutput(stdio.outText());
    target.messages().guestOutput(stdio.errText());
    if (report instanceof LaunchReport.Failed failed) {
      target.messages().warn(failed.text());
    }
    return report instanceof LaunchReport.Exited exited && exited.status() == 0;
  }
}
