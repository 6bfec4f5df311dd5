package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.beancounters.cgroup.controller.DevicesControl;
import org.vzj.config.ContainerConfig;
import org.vzj.config.DeviceAccess;
import org.vzj.config.DeviceNode;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.device.DeviceRule;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.rootfs.DeviceNodes;

/** The devices that a container may open: the harmless ones, and those that it was given. */
final class DeviceRules {
  /** The format of a file in its mode, inode(7). */
  private static final int BLOCK = 0060000;

  private static final int CHARACTER = 0020000;

  /** The feature that comes with a device, and its name; the number is that of all kernels. */
  private static final String PPP = "ppp";

  private static final int PPP_MAJOR = 108;

  private DeviceRules() {}

  /** Returns what a configuration allows. Access {@code q} concerns quota, not the device. */
  static List<DeviceRule> of(ContainerConfig config) throws VzException {
    List<DeviceRule> rules = new ArrayList<>(DeviceRule.DEFAULT);
    for (DeviceAccess device : config.devices()) {
      DeviceRule.Type type =
          device.type() == 'b' ? DeviceRule.Type.BLOCK : DeviceRule.Type.CHARACTER;
      add(rules, type, device.major(), device.minor(), device.access());
    }
    for (DeviceNode node : config.deviceNodes()) {
      if (node.access().isEmpty()) {
        continue; // A device that is not given need not be there.
      }
      HostDevice device = HostDevice.of(node);
      add(rules, device.type(), device.major(), device.minor(), node.access());
    }
    if (config.isFeatureOn(PPP)) {
      add(rules, DeviceRule.Type.CHARACTER, PPP_MAJOR, 0, "rw");
    }
    return rules;
  }

  private static void add(
      List<DeviceRule> rules, DeviceRule.Type type, int major, int minor, String access) {
    boolean read = access.indexOf('r') >= 0;
    boolean write = access.indexOf('w') >= 0;
    if (read || write) {
      rules.add(new DeviceRule(type, major, minor, read, write, false));
    }
  }

  /** A device of the host, by the node that it has there. */
  record HostDevice(String name, DeviceRule.Type type, int major, int minor) {
    static HostDevice of(DeviceNode node) throws VzException {
      Path path = Path.of("/dev", node.name());
      try {
        int mode = (Integer) Files.getAttribute(path, "unix:mode");
        long number = (Long) Files.getAttribute(path, "unix:rdev");
        int format = mode & 0170000;
        if (format != BLOCK && format != CHARACTER) {
          throw new VzException(ExitCode.SET_DEVICES, "Incorrect name or no such device " + path);
        }
        // dev_t as the kernel hands it to user space: 12 bits of major between 20 of minor.
        int major = (int) ((number >> 8) & 0xfff);
        int minor = (int) ((number & 0xff) | ((number >> 12) & 0xfff00));
        return new HostDevice(
            node.name(),
            format == BLOCK ? DeviceRule.Type.BLOCK : DeviceRule.Type.CHARACTER,
            major,
            minor);
      } catch (IOException e) {
        throw new VzException(ExitCode.SET_DEVICES, "Incorrect name or no such device " + path, e);
      }
    }
  }

  /** Adds the steps that limit a new group to what the configuration allows. */
  static void addSteps(LaunchPlan.Builder plan, Target target, Cgroup group)
      throws IOException, VzException {
    DevicesControl.Attachment attachment = group.limitDevices(of(target.config()));
    if (attachment != null) {
      plan.deviceProgram(attachment.group().toString(), attachment.program().hex());
    }
  }

  /** Limits a running container's group. */
  private static void apply(Target target, Cgroup group) throws IOException, VzException {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    addSteps(plan, target, group);
    if (!plan.isEmpty()) {
      target
          .host()
          .runPlan(
              plan.build(), ExitCode.SET_DEVICES, "Unable to limit the devices of the container");
    }
  }

  /** Limits a running container anew and makes the nodes that it was given. */
  static void applyToRunning(Target target) throws VzException {
    target.messages().say("Setting devices");
    try {
      apply(target, target.host().cgroup(target.id()));
    } catch (IOException e) {
      throw new VzException(ExitCode.SET_DEVICES, "Unable to set devices: " + e.getMessage(), e);
    }
    LaunchPlan.Builder plan = LaunchPlan.builder();
    addNodes(plan, target);
    if (!plan.isEmpty()) {
      target.host().runPlan(plan.build(), ExitCode.SET_DEVICES, "Unable to make device nodes");
    }
  }

  /** Adds the steps that make the nodes of DEVNODES and features in the container's /dev. */
  static void addNodes(LaunchPlan.Builder plan, Target target) throws VzException {
    if (target.config().isFeatureOn(PPP)) {
      long uid = target.config().localUid();
      long gid = target.config().localGid();
      DeviceNodes.addOne(plan, target.root(), PPP, 'c', PPP_MAJOR, 0, uid, gid);
    }
    for (DeviceNode node : target.config().deviceNodes()) {
      if (!node.access().isEmpty()) {
        HostDevice device = HostDevice.of(node);
        DeviceNodes.addOne(
            plan,
            target.root(),
            device.name(),
            device.type().letter(),
            device.major(),
            device.minor(),
            target.config().localUid(),
            target.config().localGid());
      }
    }
  }
}
