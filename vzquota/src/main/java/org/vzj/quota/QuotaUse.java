package org.vzj.quota;

/**
 * What the kernel says of one id.
 *
 * @param id the user, group or project
 * @param bytes used
 * @param inodes used
 * @param space limits in KB, as the kernel has them
 * @param inodeLimits limits of inodes
 * @param end when the grace time of space ends, in seconds since 1970; 0 if it does not run
 * @param inodeEnd the same for inodes
 */
public record QuotaUse(
    long id,
    long bytes,
    long inodes,
    DiskLimit space,
    DiskLimit inodeLimits,
    long end,
    long inodeEnd) {
  /** Nothing used, nothing limited. */
  public static QuotaUse none(long id) {
    return new QuotaUse(id, 0, 0, new DiskLimit(0, 0), new DiskLimit(0, 0), 0, 0);
  }

  /** The space used in KB, rounded up. */
  public long kilobytes() {
    return (bytes >> 10) + ((bytes & 1023) == 0 ? 0 : 1);
  }

  /** Whether the kernel limits it in any way. */
  public boolean isLimited() {
    return space.soft() != 0
        || space.hard() != 0
        || inodeLimits.soft() != 0
        || inodeLimits.hard() != 0;
  }
}
