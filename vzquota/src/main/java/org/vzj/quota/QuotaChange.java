package org.vzj.quota;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to change; null where nothing is.
 *
 * @param path the tree
 * @param soft soft limit of space, KB
 * @param hard hard limit of space, KB
 * @param inodesSoft soft limit of inodes
 * @param inodesHard hard limit of inodes
 * @param grace seconds
 * @param inodeGrace seconds
 * @param users whether users and groups have limits
 * @param userLimit how many
 */
public record QuotaChange(
    @Nullable Path path,
    @Nullable Long soft,
    @Nullable Long hard,
    @Nullable Long inodesSoft,
    @Nullable Long inodesHard,
    @Nullable Long grace,
    @Nullable Long inodeGrace,
    @Nullable Boolean users,
    @Nullable Long userLimit) {
  /** Whether all that a new quota needs is given. */
  public boolean isWhole() {
    return path != null
        && soft != null
        && hard != null
        && inodesSoft != null
        && inodesHard != null
        && grace != null
        && inodeGrace != null;
  }

  /** Whether anything but the path is given. */
  public boolean isEmpty() {
    return soft == null
        && hard == null
        && inodesSoft == null
        && inodesHard == null
        && grace == null
        && inodeGrace == null
        && users == null
        && userLimit == null;
  }

  /**
   * Returns limits with these in them.
   *
   * @throws QuotaException USAGE if a hard limit were below its soft one
   */
  QuotaLimits in(QuotaLimits before) throws QuotaException {
    DiskLimit space = pair("block", soft, hard, before.space());
    DiskLimit inodes = pair("inode", inodesSoft, inodesHard, before.inodes());
    return new QuotaLimits(
        space,
        inodes,
        grace == null ? before.grace() : grace,
        inodeGrace == null ? before.inodeGrace() : inodeGrace);
  }

  private static DiskLimit pair(
      String name, @Nullable Long soft, @Nullable Long hard, DiskLimit before)
      throws QuotaException {
    long newSoft = soft == null ? before.soft() : soft;
    long newHard = hard == null ? before.hard() : hard;
    if (newHard < newSoft) {
      throw new QuotaException(
          QuotaStatus.USAGE,
          name + "_hard_limit [" + newHard + "] < " + name + "_soft_limit [" + newSoft + "]");
    }
    return new DiskLimit(newSoft, newHard);
  }
}
