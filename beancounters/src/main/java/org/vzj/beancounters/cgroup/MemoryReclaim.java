package org.vzj.beancounters.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.MemoryControl;

/**
 * Memory that is taken back before anybody needs it. v2: {@code memory.reclaim}, Linux 5.19; v1:
 * {@code memory.force_empty}, which takes all that can be had without harm.
 */
public final class MemoryReclaim {
  /** The kernel gives up at once if it finds too little: more, smaller steps find more. */
  private static final long STEP = 16L << 20;

  private static final int FRUITLESS = 3;

  private final CgroupFiles files;
  private final MemoryControl memory;
  private final Path file;
  private final boolean all;

  /**
   * @param file what is written to
   * @param all whether writing there reclaims all that can be, whatever is written
   */
  MemoryReclaim(CgroupFiles files, MemoryControl memory, Path file, boolean all) {
    this.files = files;
    this.memory = memory;
    this.file = file;
    this.all = all;
  }

  /**
   * Reclaims.
   *
   * @param bytes how much at most; v1 knows no measure, and reclaims all that it can
   * @return how much less is in use afterwards, 0 or more
   * @throws IOException if the kernel refuses
   */
  public long reclaim(long bytes) throws IOException {
    long before = memory.use();
    if (all) {
      files.write(file, "0");
      return Math.max(0, before - memory.use());
    }
    long left = Math.min(bytes, before);
    int fruitless = 0;
    while (left > 0 && fruitless < FRUITLESS) {
      long use = memory.use();
      try {
        files.write(file, Long.toString(Math.min(left, STEP)));
      } catch (IOException e) {
        // EAGAIN: less than that was found. Anything else leaves the use as it is as well.
        fruitless++;
      }
      left -= Math.max(0, use - memory.use());
    }
    return Math.max(0, before - memory.use());
  }
}
