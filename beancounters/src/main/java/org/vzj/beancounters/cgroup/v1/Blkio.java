package org.vzj.beancounters.cgroup.v1;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.IoControl;
import org.vzj.beancounters.cgroup.controller.IoLimit;

/**
 * The blkio controller of v1. It limits reading, direct and synchronous writing; what the kernel
 * writes back later from its cache belongs to nobody there. See the kernel's
 * admin-guide/cgroup-v1/blkio-controller.
 */
public final class Blkio implements IoControl {
  private final CgroupFiles files;
  private final Path group;

  /**
   * The blkio controller of a group.
   *
   * @param files how to reach it
   * @param group its directory in the blkio hierarchy
   */
  public Blkio(CgroupFiles files, Path group) {
    this.files = files;
    this.group = group;
  }

  @Override
  public void limit(String disk, IoLimit limit) throws IOException {
    write("blkio.throttle.read_bps_device", disk, limit.bytes());
    write("blkio.throttle.write_bps_device", disk, limit.bytes());
    write("blkio.throttle.read_iops_device", disk, limit.operations());
    write("blkio.throttle.write_iops_device", disk, limit.operations());
  }

  /** 0 takes a limit away. */
  private void write(String file, String disk, long value) throws IOException {
    files.write(group.resolve(file), disk + " " + value);
  }

  @Override
  public IoLimit limit(String disk) throws IOException {
    return new IoLimit(
        read("blkio.throttle.read_bps_device", disk),
        read("blkio.throttle.read_iops_device", disk));
  }

  private long read(String file, String disk) throws IOException {
    for (String line : files.read(group.resolve(file)).split("\n", -1)) {
      if (line.startsWith(disk + " ")) {
        return Long.parseLong(line.substring(disk.length() + 1));
      }
    }
    return 0;
  }

  /** CFQ's weight file went with it in Linux 5.0; BFQ's is there if the kernel has BFQ. */
  @Override
  public boolean weigh(int priority) throws IOException {
    Path weight = group.resolve("blkio.bfq.weight");
    if (!files.exists(weight)) {
      return false;
    }
    files.write(weight, Integer.toString(IoControl.weight(priority)));
    return true;
  }
}
