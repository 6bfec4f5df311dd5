package org.vzj.beancounters.cgroup.v1;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.MemoryControl;
import org.vzj.beancounters.cgroup.controller.MemoryInUseException;
import org.vzj.beancounters.cgroup.controller.MemoryLimits;
import org.vzj.beancounters.cgroup.controller.Numbers;

/**
 * The memory controller of v1, see the kernel's admin-guide/cgroup-v1/memory. {@code memsw} limits
 * RAM and swap space together; it is missing where the kernel does not account swap space. Kernel
 * memory is part of RAM, and has no limit of its own any more from Linux 5.16 on.
 */
public final class Memory implements MemoryControl {
  /** What the kernel says for no limit: LONG_MAX in whole pages, of whatever size. */
  private static final long ALMOST_MAX = Long.MAX_VALUE - (1 << 20);

  private final CgroupFiles files;
  private final Path group;

  /**
   * The memory controller of a group.
   *
   * @param files how to reach it
   * @param group its directory in the memory hierarchy
   */
  public Memory(CgroupFiles files, Path group) {
    this.files = files;
    this.group = group;
  }

  @Override
  public void begin(MemoryLimits wanted) throws IOException {
    set("memory.limit_in_bytes", UNLIMITED, wanted.ram());
    if (files.exists(group.resolve("memory.memsw.limit_in_bytes"))) {
      set("memory.memsw.limit_in_bytes", UNLIMITED, wanted.total());
    }
    set("memory.soft_limit_in_bytes", UNLIMITED, soft(wanted));
    if (files.exists(group.resolve("memory.kmem.tcp.limit_in_bytes"))) {
      set("memory.kmem.tcp.limit_in_bytes", UNLIMITED, wanted.tcp());
    }
  }

  /** A group above its soft limit is reclaimed from first when the host runs short. */
  private static long soft(MemoryLimits wanted) {
    return wanted.guarantee() == 0 ? UNLIMITED : wanted.guarantee();
  }

  @Override
  public void reserve(long guarantee) {
    // The soft limit of one group says nothing about others.
  }

  @Override
  public void limit(MemoryLimits wanted, boolean force) throws IOException {
    long ram = limitOf("memory.limit_in_bytes");
    boolean swap = files.exists(group.resolve("memory.memsw.limit_in_bytes"));
    long total = swap ? limitOf("memory.memsw.limit_in_bytes") : UNLIMITED;
    try {
      // The kernel refuses RAM above RAM and swap space: raise from the outside, lower from the
      // inside.
      if (swap && wanted.total() > total) {
        set("memory.memsw.limit_in_bytes", total, wanted.total());
      }
      lower("memory.limit_in_bytes", "memory.usage_in_bytes", ram, wanted.ram());
      if (swap && wanted.total() < total) {
        lower("memory.memsw.limit_in_bytes", "memory.memsw.usage_in_bytes", total, wanted.total());
      }
    } catch (IOException e) {
      restore(ram, swap, total, e);
      throw e;
    }
    setRest(wanted);
  }

  private void setRest(MemoryLimits wanted) throws IOException {
    if (files.exists(group.resolve("memory.soft_limit_in_bytes"))) {
      set("memory.soft_limit_in_bytes", limitOf("memory.soft_limit_in_bytes"), soft(wanted));
    }
    if (files.exists(group.resolve("memory.kmem.tcp.limit_in_bytes"))) {
      set(
          "memory.kmem.tcp.limit_in_bytes",
          limitOf("memory.kmem.tcp.limit_in_bytes"),
          wanted.tcp());
    }
  }

  private void restore(long ram, boolean swap, long total, IOException failure) {
    try {
      // Either order is right for one of the directions: what was lowered is raised again, and
      // what was raised lowered.
      if (swap && limitOf("memory.memsw.limit_in_bytes") < total) {
        set("memory.memsw.limit_in_bytes", UNKNOWN, total);
      }
      set("memory.limit_in_bytes", UNKNOWN, ram);
      if (swap) {
        set("memory.memsw.limit_in_bytes", UNKNOWN, total);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** The kernel reclaims what it can, and says EBUSY if that is not enough. */
  private void lower(String file, String usage, long old, long wanted) throws IOException {
    try {
      set(file, old, wanted);
    } catch (IOException e) {
      long used = Numbers.read(files, group.resolve(usage), 0);
      if (used > wanted) {
        throw new MemoryInUseException(wanted, used);
      }
      throw e;
    }
  }

  private void set(String file, long old, long wanted) throws IOException {
    if (wanted != old) {
      files.write(group.resolve(file), wanted == UNLIMITED ? "-1" : Long.toString(wanted));
    }
  }

  private long limitOf(String file) throws IOException {
    long limit = Numbers.read(files, group.resolve(file), UNLIMITED);
    return limit >= ALMOST_MAX ? UNLIMITED : limit;
  }

  @Override
  public long use() throws IOException {
    return Numbers.read(files, group.resolve("memory.usage_in_bytes"), UNKNOWN);
  }

  @Override
  public long peak() throws IOException {
    return Numbers.read(files, group.resolve("memory.max_usage_in_bytes"), UNKNOWN);
  }

  @Override
  public long swapUse() throws IOException {
    return Numbers.find(files, group.resolve("memory.stat"), "total_swap", UNKNOWN);
  }

  @Override
  public long swapPeak() {
    return UNKNOWN;
  }

  @Override
  public long kernelUse() throws IOException {
    return Numbers.read(files, group.resolve("memory.kmem.usage_in_bytes"), UNKNOWN);
  }

  @Override
  public long kernelPeak() throws IOException {
    return Numbers.read(files, group.resolve("memory.kmem.max_usage_in_bytes"), UNKNOWN);
  }

  @Override
  public long sharedUse() throws IOException {
    return Numbers.find(files, group.resolve("memory.stat"), "total_shmem", UNKNOWN);
  }

  @Override
  public long reclaimableUse() {
    return UNKNOWN;
  }

  @Override
  public long outOfMemory() throws IOException {
    return Numbers.find(files, group.resolve("memory.oom_control"), "oom_kill", 0);
  }

  /**
   * {@inheritDoc} {@code memory.memsw.failcnt} counts what was reclaimed in time as well. But who
   * was out of memory when RAM and swap space had both been used up was refused both.
   */
  @Override
  public long swapRefusals() throws IOException {
    long both = limitOf("memory.memsw.limit_in_bytes");
    long swap = both == UNLIMITED ? 0 : both - limitOf("memory.limit_in_bytes");
    if (swap <= 0) {
      return 0;
    }
    long peak = Numbers.read(files, group.resolve("memory.memsw.max_usage_in_bytes"), UNKNOWN);
    return peak >= both - swap / SWAP_PARTS ? outOfMemory() : 0;
  }

  @Override
  public long tcpRefusals() throws IOException {
    return Numbers.read(files, group.resolve("memory.kmem.tcp.failcnt"), 0);
  }
}
