package org.vzj.beancounters.cgroup.v2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.Numbers;
import org.vzj.beancounters.cgroup.controller.PidsControl;

/** The pids controller of v2. Threads count too. At the limit fork fails with EAGAIN. */
public final class Pids implements PidsControl {
  private final CgroupFiles files;
  private final Path group;

  /**
   * The pids controller of a group.
   *
   * @param files how to reach it
   * @param group its directory
   */
  public Pids(CgroupFiles files, Path group) {
    this.files = files;
    this.group = group;
  }

  @Override
  public void limit(long most) throws IOException {
    files.write(group.resolve("pids.max"), most == UNLIMITED ? "max" : Long.toString(most));
  }

  @Override
  public long use() throws IOException {
    return Numbers.read(files, group.resolve("pids.current"), UNKNOWN);
  }

  @Override
  public long peak() throws IOException {
    return Numbers.read(files, group.resolve("pids.peak"), UNKNOWN);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Before {@code pids.events.local} came, with Linux 6.11, the kernel counted a refusal in the
   * group of the process that wanted to fork, wherever above the limit was: those of all groups
   * below are added, and forgotten when the guest removes the group.
   */
  @Override
  public long refusals() throws IOException {
    long own = Numbers.find(files, group.resolve("pids.events.local"), "max", UNKNOWN);
    if (own != UNKNOWN) {
      return own;
    }
    long sum = 0;
    Deque<Path> left = new ArrayDeque<>();
    left.add(group);
    while (!left.isEmpty()) {
      Path next = left.remove();
      sum += Numbers.find(files, next.resolve("pids.events"), "max", 0);
      left.addAll(files.children(next));
    }
    return sum;
  }
}
