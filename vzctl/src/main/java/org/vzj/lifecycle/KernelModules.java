package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.config.ContainerConfig;
import org.vzj.config.DeviceNode;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;

/**
 * The kernel modules behind devices and features that a container was given. The host loads them
 * before the start, as nobody inside may.
 */
final class KernelModules {
  private static final String[][] OF_FEATURES = {
    {"ppp", "ppp_generic", "ppp_async", "ppp_synctty"},
    {"bridge", "bridge"},
    {"sit", "sit"},
    {"ipip", "ipip"},
    {"ipgre", "ip_gre"},
    {"nfs", "nfs"},
    {"nfsd", "nfsd"},
  };

  private static final String[][] OF_NODES = {
    {"net/tun", "tun"}, {"fuse", "fuse"}, {"ppp", "ppp_generic"},
  };

  private KernelModules() {}

  /** Returns the modules that a configuration needs, whether they are there or not. */
  static List<String> of(ContainerConfig config) {
    List<String> modules = new ArrayList<>();
    for (DeviceNode node : config.deviceNodes()) {
      if (!node.access().isEmpty()) {
        add(modules, OF_NODES, node.name());
      }
    }
    for (String[] feature : OF_FEATURES) {
      if (config.isFeatureOn(feature[0])) {
        add(modules, OF_FEATURES, feature[0]);
      }
    }
    return modules;
  }

  private static void add(List<String> modules, String[][] table, String key) {
    for (String[] row : table) {
      if (row[0].equals(key)) {
        for (int i = 1; i < row.length; i++) {
          if (!modules.contains(row[i])) {
            modules.add(row[i]);
          }
        }
      }
    }
  }

  /**
   * Loads those that are not loaded. One that cannot be is told: it may be built into the kernel,
   * and the container can do all the rest without it.
   */
  static void load(Target target) {
    for (String module : of(target.config())) {
      if (Files.isDirectory(Path.of("/sys/module", module))) {
        continue;
      }
      target.messages().say("Preloading kernel module: " + module);
      try {
        CommandResult result = Commands.system().run(Command.of("modprobe", module));
        if (!result.ok()) {
          target.messages().warn(cannot(module) + ": " + result.err().strip());
        }
      } catch (IOException e) {
        target.messages().warn(cannot(module) + ": " + e.getMessage());
      }
    }
  }

  private static String cannot(String module) {
    return "Warning: unable to load kernel module " + module;
  }
}
