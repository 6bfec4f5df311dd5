package org.vzj.beancounters.cgroup.v2;

import java.nio.file.Path;
import java.util.List;
import org.vzj.beancounters.cgroup.controller.DevicesControl;
import org.vzj.linux.device.DeviceProgram;
import org.vzj.linux.device.DeviceRule;

/**
 * Device rules in v2, which has no file for them: a BPF program of the group, Linux 4.15. A program
 * of a group above applies as well.
 */
public final class Devices implements DevicesControl {
  private final Path group;

  /**
   * The device rules of a group.
   *
   * @param group its directory
   */
  public Devices(Path group) {
    this.group = group;
  }

  /** {@inheritDoc} */
  @Override
  public Attachment allow(List<DeviceRule> rules) {
    return new Attachment(group, DeviceProgram.compile(rules));
  }
}
