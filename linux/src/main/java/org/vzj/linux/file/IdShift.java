package org.vzj.linux.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Moves a container's user and group ids to another range of the host's. Ids outside of its range
 * stay.
 *
 * @param fromUid the host's number of the container's user 0
 * @param toUid what that becomes
 * @param fromGid the same for groups
 * @param toGid likewise
 * @param count how many ids the container has
 */
public record IdShift(long fromUid, long toUid, long fromGid, long toGid, long count) {
  /** Moves nothing. */
  public static final IdShift NONE = new IdShift(0, 0, 0, 0, 0);

  private static final int CAP_REVISION = 0xff000000;
  private static final int CAP_REVISION_2 = 0x02000000;
  private static final int CAP_REVISION_3 = 0x03000000;
  private static final int ACL_USER = 0x02;
  private static final int ACL_GROUP = 0x08;

  /** Returns the new number of a user. */
  int uid(int uid) {
    return moved(uid, fromUid, toUid);
  }

  /** Returns the new number of a group. */
  int gid(int gid) {
    return moved(gid, fromGid, toGid);
  }

  private int moved(int id, long from, long to) {
    long number = Integer.toUnsignedLong(id);
    return number >= from && number < from + count ? (int) (number - from + to) : id;
  }

  /**
   * Returns an attribute's value after the move.
   *
   * @return null for one that is malformed
   */
  byte @Nullable [] attribute(String name, byte[] value) {
    if (name.equals("security.capability")) {
      return capability(value);
    }
    return name.startsWith("system.posix_acl_") ? accessList(value) : value;
  }

  /**
   * A struct vfs_cap_data (linux/capability.h). Version 3 names the root of the user namespace that
   * it counts in; version 2 means the host's, which a container of the host's ids shares.
   */
  private byte @Nullable [] capability(byte[] value) {
    if (value.length != 20 && value.length != 24) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(value.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int magic = bytes.getInt(0);
    if ((magic & CAP_REVISION) == CAP_REVISION_3 && value.length == 24) {
      bytes.putInt(20, uid(bytes.getInt(20)));
      return bytes.array();
    }
    if ((magic & CAP_REVISION) != CAP_REVISION_2 || value.length != 20) {
      return null;
    }
    int root = uid(0);
    if (root == 0) {
      return value;
    }
    ByteBuffer longer = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).put(value);
    longer.putInt(0, (magic & ~CAP_REVISION) | CAP_REVISION_3);
    longer.putInt(20, root);
    return longer.array();
  }

  /** See linux/posix_acl_xattr.h: a version and entries of tag, permissions and id. */
  private byte @Nullable [] accessList(byte[] value) {
    if (value.length < 4 || value.length % 8 != 4) {
      return null;
    }
    ByteBuffer list = ByteBuffer.wrap(value.clone()).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 4; at < value.length; at += 8) {
      int tag = list.getShort(at);
      if (tag == ACL_USER) {
        list.putInt(at + 4, uid(list.getInt(at + 4)));
      } else if (tag == ACL_GROUP) {
        list.putInt(at + 4, gid(list.getInt(at + 4)));
      }
    }
    return list.array();
  }
}
