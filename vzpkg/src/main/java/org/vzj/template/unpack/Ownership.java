package org.vzj.template.unpack;

/**
 * Whose the unpacked files are.
 *
 * @param change false to leave all to the calling user: for those who are not root
 * @param uidBase added to every user id of the archive
 * @param gidBase added to every group id
 * @param range ids from 0 to this, less one, may occur in the archive
 */
public record Ownership(boolean change, long uidBase, long gidBase, long range) {
  /** Ids that a container has. */
  public static final int CONTAINER_RANGE = 65_536;

  private static final long ALL_IDS = 0xffff_ffffL;

  /**
   * Shifted for a container's user namespace: the archive's root becomes {@code uidBase}. Ids of
   * 65,536 and more are refused.
   */
  public static Ownership shifted(long uidBase, long gidBase) {
    if (uidBase < 0
        || gidBase < 0
        || uidBase > ALL_IDS - CONTAINER_RANGE
        || gidBase > ALL_IDS - CONTAINER_RANGE) {
      throw new IllegalArgumentException("no range of ids begins at " + uidBase + ":" + gidBase);
    }
    return new Ownership(true, uidBase, gidBase, CONTAINER_RANGE);
  }

  /** As the archive says, as tar does for root. */
  public static Ownership asStored() {
    return new Ownership(true, 0, 0, ALL_IDS);
  }

  /** All files belong to whoever unpacks. */
  public static Ownership caller() {
    return new Ownership(false, 0, 0, ALL_IDS);
  }

  /** True if the files will be seen through a user namespace. */
  boolean isShifted() {
    return change && uidBase != 0;
  }
}
