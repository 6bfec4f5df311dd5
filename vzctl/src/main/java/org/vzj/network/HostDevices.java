package org.vzj.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.config.VethDevice;
import org.vzj.container.CtId;
import org.vzj.container.ExitCode;
import org.vzj.container.Messages;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;
import org.vzj.linux.conf.ConfFile;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;

/** The names of the host's network devices, what its kernel can do with them, and who is told. */
public final class HostDevices {
  private static final Path DEVICES = Path.of("/proc/self/net/dev");

  private final VzPaths paths;
  private final Messages messages;

  /** The devices of a host. */
  public HostDevices(VzPaths paths, Messages messages) {
    this.paths = paths;
    this.messages = messages;
  }

  /** Which bridges of devices do not exist. */
  public List<String> missingBridges(List<VethDevice> devices) {
    List<String> missing = new ArrayList<>();
    String known = devices.isEmpty() ? "" : names();
    for (VethDevice device : devices) {
      String bridge = device.bridge();
      if (bridge != null && !missing.contains(bridge) && !isListed(known, bridge)) {
        missing.add(bridge);
      }
    }
    return missing;
  }

  /** Which of these names no device of the host has. */
  public static List<String> missing(List<String> devices) {
    List<String> missing = new ArrayList<>();
    String known = devices.isEmpty() ? "" : names();
    for (String device : devices) {
      if (!isListed(known, device)) {
        missing.add(device);
      }
    }
    return missing;
  }

  /**
   * Refuses names for new devices that others have: a failure would take those away.
   *
   * @throws VzException VETH
   */
  public void requireFree(List<String> names) throws VzException {
    String known = names.isEmpty() ? "" : names();
    for (String name : names) {
      if (isListed(known, name)) {
        throw new VzException(
            ExitCode.VETH,
            "Unable to create "
                + name
                + ": the host has a network device of this name: File exists");
      }
    }
  }

  /**
   * Refuses devices to be moved that the host has not, or another container has now.
   *
   * @throws VzException NETDEV
   */
  public void requirePresent(List<String> names) throws VzException {
    for (String name : missing(names)) {
      throw new VzException(
          ExitCode.NETDEV,
          "Unable to add netdev " + name + ": the host has no such network device");
    }
  }

  /**
   * Refuses bridges that do not tell VLANs apart: to make one do so is the administrator's
   * decision, as it changes what its other devices get.
   *
   * @throws VzException VETH
   */
  public void requireVlans(List<VethDevice> devices, List<String> missing) throws VzException {
    for (VethDevice device : devices) {
      String bridge = String.valueOf(device.bridge());
      if (device.number("vlan") == 0 || missing.contains(bridge)) {
        continue;
      }
      // Not /sys: that may show another network's devices.
      CommandResult link = run(Command.of("ip", "-details", "link", "show", "dev", bridge));
      if (!link.out().contains(" vlan_filtering 1 ")) {
        throw new VzException(
            ExitCode.VETH,
            "Unable to put "
                + device.hostIfname()
                + " into a VLAN: bridge "
                + bridge
                + " does not filter by VLAN; ip link set "
                + bridge
                + " type bridge vlan_filtering 1 lets it");
      }
    }
  }

  /** In lines such as {@code eth0: 1 2 3}. No name ends in a colon. */
  static boolean isListed(String known, String name) {
    return known.contains(" " + name + ":") || known.contains("\n" + name + ":");
  }

  /** Whether a kernel, by its release, has rules of nftables for what leaves a device: 5.16. */
  public static boolean hasEgress(String release) {
    int dot = release.indexOf('.');
    int end = dot + 1;
    while (dot > 0 && end < release.length() && Character.isDigit(release.charAt(end))) {
      end++;
    }
    if (dot <= 0 || end == dot + 1) {
      return false;
    }
    try {
      int major = Integer.parseInt(release, 0, dot, 10);
      return major > 5 || (major == 5 && Integer.parseInt(release, dot + 1, end, 10) >= 16);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * Tells the administrator's script of new devices: EXTERNAL_SCRIPT of vznet.conf, called as
   * OpenVZ's vznetcfg calls it.
   *
   * @throws VzException VETH if it fails
   */
  public void runHooks(CtId id, List<VethDevice> devices) throws VzException {
    Path file = paths.etc().resolve("vznet.conf");
    if (devices.isEmpty() || !Files.exists(file)) {
      return;
    }
    String script;
    try {
      script = ConfFile.read(file).get("EXTERNAL_SCRIPT");
    } catch (IOException e) {
      throw new VzException(ExitCode.VETH, "Unable to read " + file + ": " + e, e);
    }
    if (script == null || !Files.isExecutable(Path.of(script))) {
      return;
    }
    for (VethDevice device : devices) {
      CommandResult result =
          run(
              Command.of(script, "init", "veth", String.valueOf(device.hostIfname()))
                  .env("VEID", id.toString()));
      messages.scriptOutput((result.out() + result.err()).getBytes(StandardCharsets.UTF_8));
      if (!result.ok()) {
        throw new VzException(ExitCode.VETH, script + " exited with error");
      }
    }
  }

  static String names() {
    try {
      return Files.readString(DEVICES);
    } catch (IOException e) {
      return "";
    }
  }

  private static CommandResult run(Command command) throws VzException {
    try {
      return Commands.system().run(command);
    } catch (IOException e) {
      throw new VzException(ExitCode.VETH, "Unable to run " + command + ": " + e.getMessage(), e);
    }
  }
}
