package org.vzj.beancounters.cgroup.v1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.DevicesControl;
import org.vzj.linux.device.DeviceRule;

/**
 * The devices controller of v1. A new group has its parent's rules, usually "all". See the kernel's
 * admin-guide/cgroup-v1/devices.
 */
public final class Devices implements DevicesControl {
  private static final String ALL = "a *:* rwm";

  private final CgroupFiles files;
  private final Path group;

  /**
   * The devices controller of a group.
   *
   * @param files how to reach it
   * @param group its directory in the devices hierarchy
   */
  public Devices(CgroupFiles files, Path group) {
    this.files = files;
    this.group = group;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Only differences are written, so that a running container never finds all its devices denied
   * in between.
   */
  @Override
  public @Nullable Attachment allow(List<DeviceRule> rules) throws IOException {
    List<DeviceRule> present = present();
    if (present == null) {
      files.write(group.resolve("devices.deny"), "a");
      present = List.of();
    }
    // Denying first: rules for the same numbers are one entry to the kernel, so that denying
    // "c 1:3 w" after allowing "c 1:3 rw" would take away from the latter.
    for (DeviceRule rule : present) {
      if (!rules.contains(rule)) {
        files.write(group.resolve("devices.deny"), rule.text());
      }
    }
    for (DeviceRule rule : rules) {
      if (!present.contains(rule)) {
        files.write(group.resolve("devices.allow"), rule.text());
      }
    }
    return null;
  }

  /** The rules in force, or null if everything is allowed. */
  private @Nullable List<DeviceRule> present() throws IOException {
    List<DeviceRule> rules = new ArrayList<>();
    String text = files.read(group.resolve("devices.list"));
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        end = text.length();
      }
      String line = text.substring(at, end);
      if (line.equals(ALL)) {
        return null;
      }
      if (!line.isEmpty()) {
        rules.add(parse(line));
      }
      at = end + 1;
    }
    return rules;
  }

  private DeviceRule parse(String line) throws IOException {
    try {
      return DeviceRule.parse(line);
    } catch (IllegalArgumentException e) {
      throw new IOException(group.resolve("devices.list") + ": " + e.getMessage(), e);
    }
  }
}
