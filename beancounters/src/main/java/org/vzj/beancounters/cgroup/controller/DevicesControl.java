package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.device.DeviceProgram;
import org.vzj.linux.device.DeviceRule;

/** Limits which devices the processes of a group may use. */
public interface DevicesControl {

  /**
   * Work that only a program with bpf(2) can do: the launcher's step {@code device-bpf}.
   *
   * @param group the directory to attach the program to, in place of one from before
   * @param program the program
   */
  record Attachment(Path group, DeviceProgram program) {}

  /**
   * Allows these devices and no others.
   *
   * @param rules what is allowed
   * @return null if it is done, else what is left to do
   * @throws IOException if the kernel refuses
   */
  @Nullable Attachment allow(List<DeviceRule> rules) throws IOException;
}
