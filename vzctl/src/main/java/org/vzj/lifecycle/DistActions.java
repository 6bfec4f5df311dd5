package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.config.Parameter;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.unit.IpAddress;
import org.vzj.scripts.DistScripts;
import org.vzj.scripts.ResolvConf;
import org.vzj.scripts.ScriptBatch;

/**
 * Actions of the distribution that are due at one time, in the order of the reference. They run
 * inside, in one shell. As in OpenVZ, their failure fails nothing else; it is told.
 */
final class DistActions {
  private final Target target;
  private final DistScripts scripts;
  private final String state;
  private final ScriptBatch batch = new ScriptBatch();
  private final List<String> failures = new ArrayList<>();
  private boolean withAddresses;

  /** The bits of host name and name servers: the first that fails ends this row. */
  private int row;

  /**
   * @param state starting or running
   */
  DistActions(Target target, DistScripts scripts, String state) {
    this.target = target;
    this.scripts = scripts;
    this.state = state;
  }

  /** All that a start wants done before init, by the configuration. */
  static DistActions atStart(Target target, DistScripts scripts) throws VzException {
    DistActions actions = new DistActions(target, scripts, "starting");
    // Also when there are none any more, if there have ever been any.
    if (target.config().own().has(Parameter.IP_ADDRESS)) {
      actions.addresses("ADD_IP", target.config().addresses(), false);
    }
    String hostname = target.config().hostname();
    if (hostname != null && !hostname.isEmpty()) {
      actions.hostname(hostname);
    }
    actions.nameServers(target.config().nameservers(), target.config().searchDomains());
    return actions;
  }

  /**
   * Adds ADD_IP or DEL_IP, if the distribution has it.
   *
   * @param addresses those to add or to delete
   * @param deleteAll whether all others are deleted
   * @throws VzException NO_DIST_CONFIG if the script cannot be read
   */
  void addresses(String action, List<IpAddress> addresses, boolean deleteAll) throws VzException {
    byte @Nullable [] script = scripts.script(action);
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
    add(action, script, environment, 0, "Unable to set IP addresses inside the container");
  }

  /** Adds SET_HOSTNAME. */
  void hostname(String hostname) throws VzException {
    byte @Nullable [] script = scripts.script("SET_HOSTNAME");
    if (script == null) {
      target.messages().say("Warning: set_hostname action script is not specified");
      return;
    }
    List<String> environment = new ArrayList<>();
    environment.add("VE_STATE=" + state);
    environment.add("HOSTNM=" + hostname);
    List<IpAddress> addresses = target.config().addresses();
    if (!addresses.isEmpty()) {
      environment.add("IP_ADDR=" + addresses.getFirst().address());
    }
    row |=
        add(
            "SET_HOSTNAME",
            script,
            environment,
            row,
            "Unable to set the host name inside the container");
  }

  /**
   * Adds SET_DNS, if there is anything to set.
   *
   * @param servers addresses, or {@code inherit} alone; likewise {@code domains}
   */
  void nameServers(List<String> servers, List<String> domains) throws VzException {
    if (servers.isEmpty() && domains.isEmpty()) {
      return;
    }
    List<String> wantedServers = known(servers, true);
    List<String> wantedDomains = known(domains, false);
    if (isSet(wantedServers, wantedDomains)) {
      return;
    }
    byte @Nullable [] script = scripts.script("SET_DNS");
    if (script == null) {
      target.messages().say("Warning: set_dns action script is not specified");
      return;
    }
    List<String> environment = new ArrayList<>();
    if (!wantedDomains.isEmpty()) {
      environment.add("SEARCHDOMAIN=" + String.join(" ", wantedDomains));
    }
    if (!wantedServers.isEmpty()) {
      environment.add("NAMESERVER=" + String.join(" ", wantedServers));
    }
    row |=
        add("SET_DNS", script, environment, row, "Unable to set name servers inside the container");
  }

  /** To enter a container before init costs more than to look. */
  private boolean isSet(List<String> servers, List<String> domains) throws VzException {
    if (servers.isEmpty() && domains.isEmpty()) {
      return true;
    }
    if (!state.equals("starting") || !scripts.setDnsOnlyIfChanged()) {
      return false;
    }
    try {
      ResolvConf now = ResolvConf.ofContainer(target.files());
      return now != null
          && (servers.isEmpty() || servers.equals(now.servers()))
          && (domains.isEmpty() || domains.equals(now.domains()));
    } catch (IOException e) {
      return false;
    }
  }

  /** The words, or what the host has for {@code inherit}. */
  private List<String> known(List<String> words, boolean servers) {
    if (words.size() != 1 || !words.getFirst().equals("inherit")) {
      return words;
    }
    try {
      ResolvConf host = ResolvConf.ofHost(Path.of("/"));
      return servers ? host.servers() : host.domains();
    } catch (IOException e) {
      target.messages().warn("Unable to read the host's name servers: " + e);
      return List.of();
    }
  }

  /** Adds SET_USERPASS, once for all users, and returns whether the distribution has it. */
  boolean passwords(String users) throws VzException {
    byte @Nullable [] script = scripts.script("SET_USERPASS");
    if (script == null) {
      target.messages().say("Warning: set_userpass action script is not specified");
      return false;
    }
    // With a line end a password may have blanks; to a loop over words it is a blank.
    add("SET_USERPASS", script, List.of("USERPW=" + users + "\n"), 0, "");
    return true;
  }

  private int add(
      String action, byte[] script, List<String> environment, int needed, String failure)
      throws VzException {
    if (failures.isEmpty()) {
      batch.functions(scripts.functions());
    }
    if (action.endsWith("_IP") && !withAddresses) {
      withAddresses = true;
      batch.functions(scripts.addressFunctions());
    }
    failures.add(failure);
    return batch.add(script, environment, needed);
  }

  boolean isEmpty() {
    return batch.isEmpty();
  }

  /** Returns the text for a shell's standard input. */
  byte[] text() {
    return batch.text();
  }

  /** Runs them in a container whose init lives, if there are any. */
  void run(InitProcess init) throws VzException {
    if (!batch.isEmpty()) {
      tell(InsideScript.feed(target, init, text(), List.of(), InsideScript.LIMIT));
    }
  }

  private void tell(int status) {
    for (int i = 0; i < failures.size(); i++) {
      if (status < 0 || (status & 1 << i) != 0) {
        target.messages().warn(failures.get(i));
      }
    }
  }
}
