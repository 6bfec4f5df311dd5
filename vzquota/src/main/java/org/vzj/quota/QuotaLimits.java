package org.vzj.quota;

/**
 * The limits of a container's tree.
 *
 * @param space in KB; 0 is no limit
 * @param inodes files and directories; 0 is no limit
 * @param grace seconds that the soft limit of space may be exceeded; with 0 it may not
 * @param inodeGrace the same for inodes
 */
public record QuotaLimits(DiskLimit space, DiskLimit inodes, long grace, long inodeGrace) {
  /** QUOTATIME if nobody sets it: three days. */
  public static final long DEFAULT_GRACE = 259_200;

  /** No limits. */
  public static final QuotaLimits NONE =
      new QuotaLimits(new DiskLimit(0, 0), new DiskLimit(0, 0), DEFAULT_GRACE, DEFAULT_GRACE);

  /** What a start adds to the hard limits while scripts prepare the container. */
  private static final long RAISE = 100;

  /** The kernel counts bytes in 63 bits; what is more than this many KB is no limit. */
  private static final long MOST = Long.MAX_VALUE >> 11;

  /** Whether anything is limited. */
  public boolean limitsAnything() {
    return space.soft() != 0 || space.hard() != 0 || inodes.soft() != 0 || inodes.hard() != 0;
  }

  /** What the kernel is told: see {@link #kernel}. */
  record Kernel(long soft, long hard, long inodesSoft, long inodesHard) {}

  /**
   * Returns the numbers for the kernel. It knows one grace time for a whole file system, and none
   * that is over at once: without grace the soft limit is the hard one.
   *
   * @param raised for the time of a start's scripts
   */
  Kernel kernel(boolean raised) {
    long hard = hard(space, grace);
    long inodesHard = hard(inodes, inodeGrace);
    return new Kernel(
        known(space.soft()),
        raised && hard > 0 ? hard + RAISE : hard,
        known(inodes.soft()),
        raised && inodesHard > 0 ? inodesHard + RAISE : inodesHard);
  }

  private static long hard(DiskLimit limit, long grace) {
    long soft = known(limit.soft());
    return grace == 0 && soft > 0 ? soft : known(limit.hard());
  }

  private static long known(long limit) {
    return limit > MOST ? 0 : limit;
  }
}
