package org.vzj.template.unpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.vzj.template.TemplateException;

/**
 * Which extended attributes of an archive are kept, and how they change for a user namespace.
 *
 * <ul>
 *   <li>user.* is the container's own and kept.
 *   <li>security.capability is kept: version 2 becomes version 3 with the container's root as its
 *       root id, or the kernel would not honour it in the container and would honour it outside.
 *   <li>Access control lists are kept, their ids shifted like owners.
 *   <li>trusted.*, other security.* (SELinux, Smack, IMA, EVM) and other system.* are the host's
 *       own: dropped and counted.
 * </ul>
 */
final class AttributePolicy {
  private static final String BINARY = "SCHILY.xattr.";
  private static final String TEXT_LIST = "SCHILY.acl.";
  private static final String LIST = "system.posix_acl_";
  private static final int XATTR_NAME_MAX = 255;
  private static final int XATTR_SIZE_MAX = 65_536;
  private static final int CAP_REVISION_MASK = 0xff000000;
  private static final int CAP_FLAGS_MASK = 0x00ffffff;
  private static final int CAP_REVISION_1 = 0x01000000;
  private static final int CAP_REVISION_2 = 0x02000000;
  private static final int CAP_REVISION_3 = 0x03000000;

  private final Ownership ownership;
  private final Later later;
  private long dropped;

  /** Takes lists with names of users, whose numbers are known when all is unpacked. */
  interface Later {
    void list(String path, String attribute, String text) throws TemplateException;
  }

  AttributePolicy(Ownership ownership, Later later) {
    this.ownership = ownership;
    this.later = later;
  }

  /** Attributes left out so far. */
  long dropped() {
    return dropped;
  }

  /** What to set on a member, with the kernel's names and values. */
  List<ExtendedAttribute> translate(TarMember member) throws TemplateException {
    if (member.attributes().isEmpty()) {
      return List.of();
    }
    List<ExtendedAttribute> kept = new ArrayList<>(member.attributes().size());
    boolean openable = member.type() == MemberType.FILE || member.type() == MemberType.DIRECTORY;
    for (ExtendedAttribute stored : member.attributes()) {
      if (stored.name().startsWith(TEXT_LIST) && openable && text(stored, member, kept)) {
        continue;
      }
      ExtendedAttribute attribute = openable ? translate(stored, member) : null;
      if (attribute == null) {
        dropped++;
      } else {
        kept.add(attribute);
      }
    }
    return kept;
  }

  private @org.jspecify.annotations.Nullable ExtendedAttribute translate(
      ExtendedAttribute stored, TarMember member) throws TemplateException {
    byte[] value = stored.value();
    String name = stored.name();
    if (!name.startsWith(BINARY)) {
      return null;
    }
    name = decode(name.substring(BINARY.length()));
    if (name.length() > XATTR_NAME_MAX || value.length > XATTR_SIZE_MAX) {
      return null;
    }
    if (name.startsWith("user.") && name.length() > "user.".length()) {
      return new ExtendedAttribute(name, value);
    }
    if (!ownership.change()) {
      return null;
    }
    if (name.equals("security.capability") && member.type() == MemberType.FILE) {
      value = capability(value);
    } else if (name.equals(LIST + "access")
        || (name.equals(LIST + "default") && member.type() == MemberType.DIRECTORY)) {
      value = AccessList.shift(value, ownership, member.path());
    } else {
      return null;
    }
    return value.length == 0 ? null : new ExtendedAttribute(name, value);
  }

  /**
   * An access control list as text. tar may bring the same list in binary form too, which needs no
   * names.
   *
   * @return false if it is of no use
   */
  private boolean text(ExtendedAttribute stored, TarMember member, List<ExtendedAttribute> kept)
      throws TemplateException {
    String attribute = LIST + stored.name().substring(TEXT_LIST.length());
    for (ExtendedAttribute other : member.attributes()) {
      if (other.name().equals(BINARY + attribute)) {
        return true;
      }
    }
    boolean meant =
        attribute.equals(LIST + "access")
            || (attribute.equals(LIST + "default") && member.type() == MemberType.DIRECTORY);
    if (!ownership.change() || !meant) {
      return false;
    }
    String text = new String(stored.value(), ISO_8859_1);
    byte[] value = list(text, AccessList.Names.NONE, member.path());
    if (value.length > 0) {
      kept.add(new ExtendedAttribute(attribute, value));
    } else {
      later.list(member.path(), attribute, text);
    }
    return true;
  }

  /** A list's binary form on the host; empty if it is malformed or has an unknown name. */
  byte[] list(String text, AccessList.Names names, String path) throws TemplateException {
    byte[] value = AccessList.parse(text, names);
    return value.length == 0 ? value : AccessList.shift(value, ownership, path);
  }

  /** Counts one that had been put off as left out. */
  void drop() {
    dropped++;
  }

  /**
   * Rewrites a struct vfs_cap_data (linux/capability.h) for the container: little-endian words
   * magic, permitted and inheritable twice, and from version 3 on the root's id.
   *
   * @return the new value, empty if it makes no sense
   */
  private byte[] capability(byte[] value) {
    if (value.length < 12) {
      return new byte[0];
    }
    ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    int magic = in.getInt();
    int revision = magic & CAP_REVISION_MASK;
    int words =
        switch (revision) {
          case CAP_REVISION_1 -> 2;
          case CAP_REVISION_2, CAP_REVISION_3 -> 4;
          default -> 0;
        };
    boolean hasRoot = revision == CAP_REVISION_3;
    if (words == 0 || value.length != 4 + words * 4 + (hasRoot ? 4 : 0)) {
      return new byte[0];
    }
    int[] sets = new int[4];
    for (int i = 0; i < words; i++) {
      sets[i] = in.getInt();
    }
    long root = hasRoot ? Integer.toUnsignedLong(in.getInt()) : 0;
    if (root >= ownership.range()) {
      return new byte[0];
    }
    if (!ownership.isShifted()) {
      return value;
    }
    ByteBuffer out = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(CAP_REVISION_3 | (magic & CAP_FLAGS_MASK));
    for (int set : sets) {
      out.putInt(set);
    }
    out.putInt((int) (root + ownership.uidBase()));
    return out.array();
  }

  /** GNU tar writes {@code =} and {@code %} in attribute names as %3D and %25. */
  private static String decode(String name) {
    return name.indexOf('%') < 0 ? name : name.replace("%3D", "=").replace("%25", "%");
  }
}
