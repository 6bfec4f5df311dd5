package org.vzj.rootfs;

/**
 * Limits that a container's own file systems keep.
 *
 * @param terminals pseudo-terminals in /dev/pts; {@link #NONE}: as many as the kernel has
 * @param sharedBytes bytes in /dev/shm; {@link #NONE}: half the host's memory, tmpfs(5)
 */
public record MountLimits(long terminals, long sharedBytes) {
  /** Stands for no limit of the container's own. */
  public static final long NONE = Long.MAX_VALUE;

  /** Neither is limited. */
  public static final MountLimits UNLIMITED = new MountLimits(NONE, NONE);

  /** The kernel knows no more terminals than this, devpts's NR_UNIX98_PTY_MAX. */
  private static final long MOST_TERMINALS = 1 << 20;

  /** Group 5 is tty in practically every distribution; mesg and write depend on it. */
  private static final String DEVPTS = "newinstance,ptmxmode=0666,mode=0620,gid=5";

  /** The options of /dev/pts; a remount that leaves one out sets it back to its default. */
  public String devptsOptions() {
    return terminals >= MOST_TERMINALS ? DEVPTS : DEVPTS + ",max=" + terminals;
  }

  /**
   * The options of /dev/shm; a remount that leaves the size out keeps it. To tmpfs a size of 0
   * means no limit: one page is the least.
   */
  public String sharedMemoryOptions() {
    return sharedBytes == NONE ? "mode=1777" : "mode=1777,size=" + Math.max(1, sharedBytes);
  }

  /** The options that give /dev/shm this size when it has another: half the memory for none. */
  public String sharedMemoryRemount() {
    return sharedBytes == NONE ? "size=50%" : sharedMemoryOptions();
  }
}
