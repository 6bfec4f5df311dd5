package org.vzj.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.linux.unit.CpuList;

/**
 * What some values depend on: the number of CPUs and the device nodes of the host.
 *
 * @param root where {@code sys} and {@code etc} are
 * @param dev where its device nodes are
 */
record HostFacts(Path root, Path dev) {

  static final HostFacts REAL = new HostFacts(Path.of("/"), Path.of("/dev"));

  /** The CPUs that are online (ABI sysfs-devices-system-cpu), or what Java counts. */
  int cpus() {
    try {
      String text = Files.readString(root.resolve("sys/devices/system/cpu/online")).strip();
      CpuList online = CpuList.parse(text);
      if (online != null) {
        return online.size();
      }
    } catch (IOException e) {
      // Without sysfs, Java's number will do: it may be smaller if this process is confined.
    }
    return Runtime.getRuntime().availableProcessors();
  }

  /** The machine id (machine-id(5)), or an empty text. */
  String machineId() {
    try {
      return Files.readString(root.resolve("etc/machine-id")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  Path device(String name) {
    return dev.resolve(name);
  }
}
