package org.vzj.quota;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.conf.ConfFile;

/**
 * What is remembered of a container's quota: the text of /var/vzquota/quota.ID. The account itself
 * is the kernel's; what is here of use and clocks is how things stood when the quota was last
 * turned off.
 *
 * @param path the tree
 * @param limits as given, before they are told to the kernel
 * @param on whether the kernel has the limits
 * @param dirty whether the tree is to be looked through when it is turned on next
 * @param users whether users and groups inside have limits of their own
 * @param userLimit how many of them; 0: none
 * @param last use, and the ends of grace times, when it was turned off
 */
public record QuotaRecord(
    Path path,
    QuotaLimits limits,
    boolean on,
    boolean dirty,
    boolean users,
    long userLimit,
    QuotaUse last) {
  private static final String HEAD =
      "# Disk quota of a container; the account is the kernel's. Change it with vzquota.\n";

  /** A quota that is being initialized: off, nothing known. */
  public static QuotaRecord of(Path path, long id, QuotaLimits limits) {
    return new QuotaRecord(path, limits, false, false, false, 0, QuotaUse.none(id));
  }

  /** This with other limits. */
  public QuotaRecord with(QuotaLimits changed) {
    return new QuotaRecord(path, changed, on, dirty, users, userLimit, last);
  }

  /** This for another tree. */
  public QuotaRecord at(Path changed) {
    return new QuotaRecord(changed, limits, on, dirty, users, userLimit, last);
  }

  /** This turned on; nothing is left to be looked through. */
  public QuotaRecord turnedOn() {
    return new QuotaRecord(path, limits, true, false, users, userLimit, last);
  }

  /** This turned off. */
  public QuotaRecord turnedOff(QuotaUse use) {
    return new QuotaRecord(path, limits, false, dirty, users, userLimit, use);
  }

  /** This with what was used last. */
  public QuotaRecord with(QuotaUse use) {
    return new QuotaRecord(path, limits, on, dirty, users, userLimit, use);
  }

  /** This marked. */
  public QuotaRecord marked(boolean changed) {
    return new QuotaRecord(path, limits, on, changed, users, userLimit, last);
  }

  /** This with other settings of users and groups. */
  public QuotaRecord withUsers(boolean active, long limit) {
    return new QuotaRecord(path, limits, on, dirty, active, limit, last);
  }

  /** Returns the text of the file. */
  public String text() {
    StringBuilder text = new StringBuilder(HEAD);
    line(text, "QUOTA_PATH", path.toString());
    line(text, "BLOCKS", limits.space().toString());
    line(text, "INODES", limits.inodes().toString());
    line(text, "BLOCK_EXPTIME", Long.toString(limits.grace()));
    line(text, "INODE_EXPTIME", Long.toString(limits.inodeGrace()));
    line(text, "ON", on ? "yes" : "no");
    line(text, "DIRTY", dirty ? "yes" : "no");
    line(text, "SUB_QUOTAS", users ? "yes" : "no");
    line(text, "UGID_LIMIT", Long.toString(userLimit));
    line(text, "LAST_BYTES", Long.toString(last.bytes()));
    line(text, "LAST_INODES", Long.toString(last.inodes()));
    line(text, "LAST_BLOCK_END", Long.toString(last.end()));
    line(text, "LAST_INODE_END", Long.toString(last.inodeEnd()));
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(ConfFile.parse("").with(key, value).text());
  }

  /**
   * Understands the text of a file.
   *
   * @return null if it is not one of ours
   */
  public static @Nullable QuotaRecord parse(String text, long id) {
    ConfFile file = ConfFile.parse(text);
    String path = file.get("QUOTA_PATH");
    DiskLimit space = limit(file.get("BLOCKS"));
    DiskLimit inodes = limit(file.get("INODES"));
    if (path == null || !path.startsWith("/") || space == null || inodes == null) {
      return null;
    }
    try {
      return new QuotaRecord(
          Path.of(path),
          new QuotaLimits(
              space, inodes, number(file, "BLOCK_EXPTIME"), number(file, "INODE_EXPTIME")),
          "yes".equals(file.get("ON")),
          "yes".equals(file.get("DIRTY")),
          "yes".equals(file.get("SUB_QUOTAS")),
          number(file, "UGID_LIMIT"),
          new QuotaUse(
              id,
              number(file, "LAST_BYTES"),
              number(file, "LAST_INODES"),
              space,
              inodes,
              number(file, "LAST_BLOCK_END"),
              number(file, "LAST_INODE_END")));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable DiskLimit limit(@Nullable String text) {
    DiskLimit.Reading reading = text == null ? null : DiskLimit.parseInodes(text);
    return reading == null ? null : reading.value();
  }

  private static long number(ConfFile file, String key) {
    long number = Long.parseLong(String.valueOf(file.get(key)));
    if (number < 0) {
      throw new NumberFormatException(key);
    }
    return number;
  }
}
