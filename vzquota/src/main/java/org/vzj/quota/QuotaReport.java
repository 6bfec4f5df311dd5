package org.vzj.quota;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code vzquota stat} and {@code show} print, byte by byte as OpenVZ's. */
public final class QuotaReport {
  private static final int WIDE = 14;

  private final long now;
  private final boolean batch;

  /**
   * @param now seconds since 1970
   * @param batch for programs: numbers alone
   */
  public QuotaReport(long now, boolean batch) {
    this.now = now;
    this.batch = batch;
  }

  /** One resource, either of a container or of a user. */
  private record Row(String name, long used, DiskLimit limit, long end, long grace) {
    boolean isOverSoft() {
      return limit.soft() != 0 && used > limit.soft();
    }

    char mark() {
      boolean overHard = limit.hard() != 0 && used > limit.hard();
      return isOverSoft() || overHard ? '*' : ' ';
    }
  }

  private static List<Row> rows(QuotaUse use, QuotaLimits limits) {
    return List.of(
        new Row("1k-blocks", use.kilobytes(), limits.space(), use.end(), limits.grace()),
        new Row("inodes", use.inodes(), limits.inodes(), use.inodeEnd(), limits.inodeGrace()));
  }

  /** The container's own use and limits. */
  public String container(QuotaUse use, QuotaLimits limits) {
    StringBuilder text = new StringBuilder();
    if (!batch) {
      right(text, "resource", 11).append(' ');
      right(text, "usage", WIDE).append("  ");
      right(text, "softlimit", WIDE).append(' ');
      right(text, "hardlimit", WIDE).append(' ');
      right(text, "grace", 8).append('\n');
    }
    for (Row row : rows(use, limits)) {
      if (batch) {
        right(text, row.used, WIDE).append(' ');
        right(text, row.limit.soft(), WIDE).append(' ');
        right(text, row.limit.hard(), WIDE).append(' ');
        right(text, row.end, WIDE).append(' ');
        right(text, row.grace, WIDE).append('\n');
        continue;
      }
      right(text, row.name, 11).append(' ');
      right(text, row.used, WIDE).append(row.mark()).append(' ');
      right(text, row.limit.soft(), WIDE).append(' ');
      right(text, row.limit.hard(), WIDE).append(' ');
      right(text, QuotaTime.left(row.isOverSoft(), row.end, now), 8).append('\n');
    }
    return text.toString();
  }

  /**
   * How users and groups inside stand.
   *
   * @param on whether the quota has a second level; null if that was not asked of the kernel
   * @param active whether the file system counts for users and groups
   * @param limit how many of them may be limited
   * @param users those that are used or limited, by the ids of the inside
   * @param groups as {@code users}
   */
  public record Users(
      @Nullable Boolean on, boolean active, long limit, QuotaTable users, QuotaTable groups) {
    private int count() {
      return users.uses().size() + groups.uses().size();
    }
  }

  /** The second level. */
  public String users(Users users) {
    StringBuilder text = new StringBuilder();
    int count = users.count();
    boolean exceeded = count > users.limit;
    if (batch) {
      text.append(Boolean.TRUE.equals(users.on) ? 1 : 0).append(' ');
      text.append(users.active ? 1 : 0).append('\n');
      text.append(count).append(' ').append(count).append(' ').append(users.limit).append('\n');
      text.append(exceeded ? 1 : 0).append('\n');
    } else {
      text.append("User/group quota: ")
          .append(users.on == null ? "-" : users.on ? "on" : "off")
          .append(',')
          .append(users.active ? "active" : "inactive")
          .append('\n');
      text.append(exceeded ? "*" : "").append("Ugids: loaded ").append(count);
      text.append(", total ").append(count).append(", limit ").append(users.limit).append('\n');
      text.append("Ugid limit was exceeded: ").append(exceeded ? "yes" : "no").append('\n');
      text.append("\nUser/group grace times and quotafile flags:\n");
      right(text, "type", 5).append(' ');
      right(text, "block_exp_time", WIDE).append(' ');
      right(text, "inode_exp_time", WIDE).append(' ');
      right(text, "dqi_flags", 10).append('\n');
    }
    grace(text, "user", users.users);
    grace(text, "group", users.groups);
    if (!batch) {
      text.append("\nUser/group objects:\n");
      left(text, "ID", 11).append(' ');
      right(text, "type", 5).append(' ');
      right(text, "resource", 9).append(' ');
      right(text, "usage", 11).append(' ');
      right(text, "softlimit", 11).append(' ');
      right(text, "hardlimit", 11).append(' ');
      right(text, "grace", 8).append(' ');
      right(text, "status", 6).append('\n');
    }
    objects(text, "user", users.users);
    objects(text, "group", users.groups);
    return text.toString();
  }

  private void grace(StringBuilder text, String type, QuotaTable table) {
    if (batch) {
      right(text, type, 5).append(' ').append(table.grace()).append(' ');
      text.append(table.inodeGrace()).append(' ');
      text.append(Long.toHexString(table.flags()).toUpperCase(Locale.ROOT)).append("h\n");
      return;
    }
    right(text, type, 5).append(' ');
    right(text, table.grace(), WIDE).append(' ');
    right(text, table.inodeGrace(), WIDE).append(' ');
    right(text, Long.toHexString(table.flags()).toUpperCase(Locale.ROOT), 9);
    text.append("h\n");
  }

  private void objects(StringBuilder text, String type, QuotaTable table) {
    for (QuotaUse use : table.uses()) {
      QuotaLimits limits =
          new QuotaLimits(use.space(), use.inodeLimits(), table.grace(), table.inodeGrace());
      for (Row row : rows(use, limits)) {
        left(text, Long.toString(use.id()), 11).append(' ');
        right(text, type, 5).append(' ');
        right(text, row.name, 9).append(' ');
        right(text, row.used, 11).append(' ');
        right(text, row.limit.soft(), 11).append(' ');
        right(text, row.limit.hard(), 11).append(' ');
        String end =
            batch ? Long.toString(row.end) : QuotaTime.left(row.isOverSoft(), row.end, now);
        right(text, end, 8).append(' ');
        right(text, batch ? "1 0" : "loaded", 6).append('\n');
      }
    }
  }

  private static StringBuilder right(StringBuilder text, long number, int width) {
    return right(text, Long.toString(number), width);
  }

  private static StringBuilder right(StringBuilder text, String word, int width) {
    return text.repeat(' ', Math.max(0, width - word.length())).append(word);
  }

  private static StringBuilder left(StringBuilder text, String word, int width) {
    return text.append(word).repeat(' ', Math.max(0, width - word.length()));
  }
}
