package org.vzj.beancounters.cgroup.v2;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.IoControl;
import org.vzj.beancounters.cgroup.controller.IoLimit;

/**
 * The io controller of v2. What the kernel writes back from its cache belongs to the group that
 * wrote it, on file systems that support it: ext4, btrfs, xfs. See the kernel's
 * admin-guide/cgroup-v2 under "IO".
 */
public final class Io implements IoControl {
  private static final String UNLIMITED = "max";

  private final CgroupFiles files;
  private final Path group;

  /**
   * The io controller of a group.
   *
   * @param files how to reach it
   * @param group its directory
   */
  public Io(CgroupFiles files, Path group) {
    this.files = files;
    this.group = group;
  }

  @Override
  public void limit(String disk, IoLimit limit) throws IOException {
    String bytes = limit.bytes() == 0 ? UNLIMITED : Long.toString(limit.bytes());
    String operations = limit.operations() == 0 ? UNLIMITED : Long.toString(limit.operations());
    files.write(
        group.resolve("io.max"),
        (disk + " rbps=" + bytes + " wbps=" + bytes)
            + (" riops=" + operations + " wiops=" + operations));
  }

  @Override
  public IoLimit limit(String disk) throws IOException {
    for (String line : files.read(group.resolve("io.max")).split("\n", -1)) {
      if (line.startsWith(disk + " ")) {
        return new IoLimit(value(line, " rbps="), value(line, " riops="));
      }
    }
    return IoLimit.NONE;
  }

  private static long value(String line, String name) {
    int at = line.indexOf(name);
    if (at < 0 || line.startsWith(UNLIMITED, at + name.length())) {
      return 0;
    }
    int end = line.indexOf(' ', at + name.length());
    return Long.parseLong(line.substring(at + name.length(), end < 0 ? line.length() : end));
  }

  /** {@code io.bfq.weight} is what the scheduler BFQ obeys, {@code io.weight} the IO cost model. */
  @Override
  public boolean weigh(int priority) throws IOException {
    String weight = Integer.toString(IoControl.weight(priority));
    boolean bfq = write("io.bfq.weight", weight);
    boolean cost = write("io.weight", weight);
    return bfq || cost;
  }

  private boolean write(String name, String text) throws IOException {
    Path file = group.resolve(name);
    if (!files.exists(file)) {
      return false;
    }
    files.write(file, text);
    return true;
  }
}
