package org.vzj.beancounters.capacity;

import org.vzj.beancounters.BarrierLimit;

/**
 * The part of a file system that each of so many containers gets: half of what there is, since not
 * all will use theirs.
 *
 * @param space in KB
 * @param inodes files
 */
public record DiskShare(BarrierLimit space, BarrierLimit inodes) {
  /** Space that a container needs at least, in KB. */
  public static final long LEAST_SPACE = 225_280;

  /** Files that a container needs at least. */
  public static final long LEAST_INODES = 88_000;

  private static final long HOST_SPACE = 10_485_760;
  private static final long HOST_INODES = 100_000;
  private static final double SLACK = 1.1;

  /** What containers get if the file system is not known or too small. */
  public static final DiskShare DEFAULT = new DiskShare(share(LEAST_SPACE), share(LEAST_INODES));

  /** Divides what is for containers. */
  public static DiskShare of(long space, long inodes, int count) {
    return new DiskShare(share(space / (2L * count)), share(inodes / (2L * count)));
  }

  /** The part of a file system's space in KB that containers may have: all but 10 GB, or half. */
  public static long forContainers(long space) {
    return space / 2 < HOST_SPACE ? space / 2 : space - HOST_SPACE;
  }

  /** The part of its inodes that containers may have: all but 100,000, or half. */
  public static long inodesForContainers(long inodes) {
    return inodes / 2 < HOST_INODES ? inodes / 2 : inodes - HOST_INODES;
  }

  /** Whether a file system is smaller than it should be for containers. */
  public static boolean isSmall(long space, long inodes) {
    return space / 2 < HOST_SPACE || (inodes > 0 && inodes / 2 < HOST_INODES);
  }

  private static BarrierLimit share(long limit) {
    return new BarrierLimit((long) ((double) limit / SLACK), limit);
  }
}
