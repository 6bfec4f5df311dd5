package org.vzj.template.unpack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vzj.template.TemplateException;

/**
 * POSIX access control lists: the text of archives and the kernel's binary form
 * (linux/posix_acl_xattr.h), a version word and entries of tag, permissions and id.
 */
final class AccessList {
  private static final int VERSION = 2;
  private static final int ENTRY = 8;
  private static final int NO_ID = -1;
  private static final int UNKNOWN = -2;
  private static final int USER_OBJ = 0x01;
  private static final int USER = 0x02;
  private static final int GROUP_OBJ = 0x04;
  private static final int GROUP = 0x08;
  private static final int MASK = 0x10;
  private static final int OTHER = 0x20;

  /** The order that the kernel demands. */
  private static final int[] ORDER = {USER_OBJ, USER, GROUP_OBJ, GROUP, MASK, OTHER};

  private static final byte[] MALFORMED = {};

  private AccessList() {}

  /**
   * Parses a list such as {@code user::rw-,user:33:r--,group::r--,mask::r--,other::---}; star puts
   * the numeric id into a fourth field.
   *
   * @param names turns a name into its number, or returns a negative number
   * @return the binary form, empty if it is malformed or has a name that nobody knows
   */
  static byte[] parse(String text, Names names) {
    String[] items = text.replace('\n', ',').split(",", -1);
    ByteBuffer out = ByteBuffer.allocate(4 + items.length * ENTRY).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(VERSION);
    for (int wanted : ORDER) {
      for (String item : items) {
        String entry = item.strip();
        if (entry.isEmpty() || entry.charAt(0) == '#') {
          continue;
        }
        if (entry.startsWith("default:")) {
          entry = entry.substring("default:".length());
        }
        String[] fields = entry.split(":", -1);
        int tag = tag(fields);
        if (tag == 0) {
          return MALFORMED;
        }
        if (tag != wanted) {
          continue;
        }
        int permissions = permissions(fields[fields.length == 2 ? 1 : 2]);
        long id = tag == USER || tag == GROUP ? id(fields, names, tag == USER) : NO_ID;
        if (permissions < 0 || id < NO_ID) {
          return MALFORMED;
        }
        out.putShort((short) tag).putShort((short) permissions).putInt((int) id);
      }
    }
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  /**
   * Shifts the ids of a binary list.
   *
   * @return a new list, empty if it is malformed
   * @throws TemplateException for ids beyond the container's range
   */
  static byte[] shift(byte[] list, Ownership ownership, String path) throws TemplateException {
    if (list.length <= 4 || list.length % ENTRY != 4) {
      return MALFORMED;
    }
    ByteBuffer out = ByteBuffer.wrap(list.clone()).order(ByteOrder.LITTLE_ENDIAN);
    if (out.getInt(0) != VERSION) {
      return MALFORMED;
    }
    for (int at = 4; at < list.length; at += ENTRY) {
      int tag = out.getShort(at);
      if (tag == USER || tag == GROUP) {
        long id = Integer.toUnsignedLong(out.getInt(at + 4));
        out.putInt(at + 4, Ids.shift(id, tag == USER, ownership, path));
      }
    }
    return out.array();
  }

  private static int tag(String[] fields) {
    if (fields.length < 2 || fields.length > 4) {
      return 0;
    }
    boolean named = fields.length > 2 && !fields[1].isEmpty();
    return switch (fields[0]) {
      case "user", "u" -> named ? USER : USER_OBJ;
      case "group", "g" -> named ? GROUP : GROUP_OBJ;
      case "mask", "m" -> MASK;
      case "other", "o" -> OTHER;
      default -> 0;
    };
  }

  private static int permissions(String text) {
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case 'r' -> bits |= 4;
        case 'w' -> bits |= 2;
        case 'x' -> bits |= 1;
        case '-' -> {}
        default -> {
          return -1;
        }
      }
    }
    return text.isEmpty() ? -1 : bits;
  }

  private static long id(String[] fields, Names names, boolean user) {
    String number = fields.length == 4 ? fields[3] : fields[1];
    if (number.equals("root")) {
      return 0;
    }
    try {
      long id = PaxRecords.decimal(number);
      return id < 0xffff_ffffL ? id : UNKNOWN;
    } catch (TemplateException e) {
      long id = names.number(fields[1], user);
      return id < 0 ? UNKNOWN : id;
    }
  }

  /** Knows the numbers of users and groups. */
  interface Names {
    /** Knows nobody. */
    Names NONE = (name, user) -> -1;

    /** The number of a user, or of a group, or a negative number. */
    long number(String name, boolean user);
  }
}
