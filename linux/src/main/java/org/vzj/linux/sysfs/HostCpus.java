package org.vzj.linux.sysfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.vzj.linux.unit.CpuList;

/**
 * The CPUs of the host and the memory nodes that they belong to (the kernel's
 * ABI/testing/sysfs-devices-system-cpu and -node).
 */
public final class HostCpus {
  private final Path system;

  /**
   * @param sys where sysfs is mounted
   */
  public HostCpus(Path sys) {
    this.system = sys.resolve("devices/system");
  }

  /** The CPUs of this machine. */
  public static HostCpus here() {
    return new HostCpus(Path.of("/sys"));
  }

  /**
   * The CPUs that are online.
   *
   * @throws IOException if the kernel does not tell
   */
  public CpuList online() throws IOException {
    return read(system.resolve("cpu/online"));
  }

  /**
   * The CPUs that are near to some memory nodes.
   *
   * @param nodes numbers of nodes
   * @throws IOException if one is not there, or none of them has a CPU
   */
  public CpuList near(CpuList nodes) throws IOException {
    CpuList cpus = null;
    for (int node : nodes.toArray()) {
      Path file = system.resolve("node/node" + node + "/cpulist");
      if (!Files.exists(file)) {
        throw new NoSuchFileException("there is no memory node " + node);
      }
      // A node may have memory alone: an empty list.
      CpuList own = CpuList.parse(Files.readString(file).strip());
      if (own != null) {
        cpus = cpus == null ? own : cpus.or(own);
      }
    }
    if (cpus == null) {
      throw new IOException("the memory nodes " + nodes + " have no CPUs");
    }
    return cpus;
  }

  private static CpuList read(Path file) throws IOException {
    CpuList list = CpuList.parse(Files.readString(file).strip());
    if (list == null) {
      throw new IOException(file + " is no list of CPUs");
    }
    return list;
  }
}
