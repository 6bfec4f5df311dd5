package org.vzj.beancounters.cgroup.v2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.MemoryControl;
import org.vzj.beancounters.cgroup.controller.MemoryInUseException;
import org.vzj.beancounters.cgroup.controller.MemoryLimits;
import org.vzj.beancounters.cgroup.controller.Numbers;

/** The memory controller of v2, see the kernel's admin-guide/cgroup-v2. */
public final class Memory implements MemoryControl {
  private final CgroupFiles files;
  private final Path group;

  /**
   * The memory controller of a group.
   *
   * @param files how to reach it
   * @param group its directory
   */
  public Memory(CgroupFiles files, Path group) {
    this.files = files;
    this.group = group;
  }

  @Override
  public void begin(MemoryLimits wanted) throws IOException {
    set("memory.max", UNLIMITED, wanted.ram());
    if (files.exists(group.resolve("memory.swap.max"))) {
      set("memory.swap.max", UNLIMITED, swap(wanted));
    }
    set("memory.high", UNLIMITED, wanted.throttle());
    set("memory.low", 0, wanted.guarantee());
  }

  private static long swap(MemoryLimits wanted) {
    return wanted.total() == UNLIMITED ? UNLIMITED : wanted.total() - wanted.ram();
  }

  @Override
  public void limit(MemoryLimits wanted, boolean force) throws IOException {
    long oldRam = limitOf("memory.max");
    long oldHigh = limitOf("memory.high");
    boolean hasSwap = files.exists(group.resolve("memory.swap.max"));
    long oldSwap = hasSwap ? limitOf("memory.swap.max") : UNLIMITED;
    long swap = swap(wanted);
    if (!force && wanted.ram() < oldRam) {
      reclaim(wanted.ram(), oldHigh);
    }
    try {
      // RAM first while it shrinks: what is pushed out of it may need the swap space.
      if (wanted.ram() < oldRam) {
        set("memory.max", oldRam, wanted.ram());
      }
      if (hasSwap) {
        set("memory.swap.max", oldSwap, swap);
      }
      if (wanted.ram() > oldRam) {
        set("memory.max", oldRam, wanted.ram());
      }
      set("memory.high", limitOf("memory.high"), wanted.throttle());
    } catch (IOException e) {
      restore(oldRam, hasSwap ? oldSwap : UNKNOWN, oldHigh, e);
      throw e;
    }
    set("memory.low", limitOf("memory.low"), wanted.guarantee());
  }

  /**
   * Writing {@code memory.max} below the use would end processes. Writing {@code memory.high} only
   * reclaims, and returns when that is done or nothing more can be had.
   */
  private void reclaim(long wanted, long oldHigh) throws IOException {
    if (use() <= wanted) {
      return;
    }
    files.write(group.resolve("memory.high"), Long.toString(wanted));
    long used = use();
    if (used > wanted) {
      files.write(group.resolve("memory.high"), text(oldHigh));
      throw new MemoryInUseException(wanted, used);
    }
  }

  private void restore(long ram, long swap, long high, IOException failure) {
    try {
      set("memory.max", UNKNOWN, ram);
      if (swap != UNKNOWN) {
        set("memory.swap.max", UNKNOWN, swap);
      }
      set("memory.high", UNKNOWN, high);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>It must not have more either: the kernel gives the surplus to all of them (mount option
   * memory_recursiveprot).
   */
  @Override
  public void reserve(long guarantee) throws IOException {
    Path above = Objects.requireNonNull(group.getParent());
    if (!files.exists(above.resolve("memory.low"))) {
      return;
    }
    long sum = guarantee;
    for (Path child : files.children(above)) {
      long one = child.equals(group) ? 0 : Numbers.read(files, child.resolve("memory.low"), 0);
      sum = one > UNLIMITED - sum ? UNLIMITED : sum + one;
    }
    files.write(above.resolve("memory.low"), text(sum));
  }

  private void set(String file, long old, long wanted) throws IOException {
    if (wanted != old) {
      files.write(group.resolve(file), text(wanted));
    }
  }

  private static String text(long limit) {
    return limit == UNLIMITED ? "max" : Long.toString(limit);
  }

  private long limitOf(String file) throws IOException {
    return Numbers.read(files, group.resolve(file), UNLIMITED);
  }

  @Override
  public long use() throws IOException {
    return Numbers.read(files, group.resolve("memory.current"), UNKNOWN);
  }

  /** {@inheritDoc} Linux 5.19. */
  @Override
  public long peak() throws IOException {
    return Numbers.read(files, group.resolve("memory.peak"), UNKNOWN);
  }

  @Override
  public long swapUse() throws IOException {
    return Numbers.read(files, group.resolve("memory.swap.current"), UNKNOWN);
  }

  /** {@inheritDoc} Linux 6.5. */
  @Override
  public long swapPeak() throws IOException {
    return Numbers.read(files, group.resolve("memory.swap.peak"), UNKNOWN);
  }

  /** {@inheritDoc} One number from Linux 5.18 on, its larger parts before. */
  @Override
  public long kernelUse() throws IOException {
    long kernel = stat("kernel");
    if (kernel != UNKNOWN) {
      return kernel;
    }
    long slab = stat("slab");
    return slab == UNKNOWN
        ? UNKNOWN
        : slab + Math.max(0, stat("kernel_stack")) + Math.max(0, stat("pagetables"));
  }

  @Override
  public long kernelPeak() {
    return UNKNOWN;
  }

  @Override
  public long sharedUse() throws IOException {
    return stat("shmem");
  }

  @Override
  public long reclaimableUse() throws IOException {
    return stat("slab_reclaimable");
  }

  private long stat(String name) throws IOException {
    return Numbers.find(files, group.resolve("memory.stat"), name, UNKNOWN);
  }

  /** The guest's own limits further down are its own business: {@code .local}. */
  @Override
  public long outOfMemory() throws IOException {
    return Numbers.find(files, group.resolve("memory.events.local"), "oom", 0);
  }

  /**
   * {@inheritDoc} The kernel does not even try for pages when swap space is used up to the last
   * one, and counts no failure then: who was out of memory with that was refused both.
   */
  @Override
  public long swapRefusals() throws IOException {
    long failed = Numbers.find(files, group.resolve("memory.swap.events"), "fail", 0);
    long limit = limitOf("memory.swap.max");
    boolean used = limit > 0 && limit != UNLIMITED && swapPeak() >= limit - limit / SWAP_PARTS;
    return used ? Math.max(failed, outOfMemory()) : failed;
  }

  /** {@inheritDoc} v2 has no limit of their own for them. */
  @Override
  public long tcpRefusals() {
    return 0;
  }
}
