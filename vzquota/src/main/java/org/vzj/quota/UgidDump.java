package org.vzj.quota;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.launch.LaunchPlan;

/**
 * Limits of users and groups as the text that vzdqdump prints and vzdqload reads. Ids are those of
 * the inside.
 *
 * @param status whether users and groups are limited: 1 or 0
 * @param userGrace grace times of users; null if they are not told
 * @param groupGrace grace times of groups; null if they are not told
 * @param ugids users and groups; null if they are not told
 * @param first the container's own use and limits, as the two lines of numbers; null if not told
 */
public record UgidDump(
    int status,
    @Nullable Grace userGrace,
    @Nullable Grace groupGrace,
    @Nullable List<Ugid> ugids,
    @Nullable First first) {
  private static final String TAB = "\t";

  /** How many ids a container has; those above are its neighbours'. */
  private static final long IDS = 65_536;

  /**
   * How many seconds soft limits may be exceeded.
   *
   * @param space of space
   * @param inodes of inodes
   */
  public record Grace(long space, long inodes) {}

  /**
   * A user or group.
   *
   * @param kind USER or GROUP
   * @param use its id, limits and clocks; what it uses is not part of the text
   */
  public record Ugid(QuotaKind kind, QuotaUse use) {}

  /**
   * The container itself.
   *
   * @param use what it uses
   * @param limits what it may
   */
  public record First(QuotaUse use, QuotaLimits limits) {}

  /**
   * Prints it.
   *
   * @param limits whether the limits of users and groups are printed
   * @param clocks whether the ends of their grace times are
   */
  public String text(boolean limits, boolean clocks) {
    StringBuilder text = new StringBuilder("ugid_quota_status:\t").append(status).append('\n');
    if (userGrace != null && groupGrace != null) {
      text.append("#grace_time:\ttype\tblock\tinode\n");
      line(text, "grace_time:", 0, userGrace.space, userGrace.inodes);
      line(text, "grace_time:", 1, groupGrace.space, groupGrace.inodes);
    }
    if (ugids != null) {
      line(text, "ugid_number:", ugids.size());
      text.append("#ugid:\tID\ttype");
      text.append(limits ? "\tbsoft\tbhard\tisoft\tihard" : "");
      text.append(clocks ? "\tbtime\titime\n" : "\n");
      for (Ugid ugid : ugids) {
        text.append("ugid:\t")
            .append(ugid.use.id())
            .append(TAB)
            .append(ugid.kind == QuotaKind.USER ? 0 : 1);
        if (limits) {
          DiskLimit inodes = ugid.use.inodeLimits();
          numbers(text, ugid.use.space().soft(), ugid.use.space().hard());
          numbers(text, inodes.soft(), inodes.hard());
        }
        if (clocks) {
          numbers(text, ugid.use.end(), ugid.use.inodeEnd());
        }
        text.append('\n');
      }
    }
    if (first != null) {
      QuotaLimits all = first.limits;
      text.append("first_level_quota:");
      long soft = all.space().soft() << 10;
      numbers(text, first.use.bytes(), soft, all.space().hard() << 10);
      numbers(text, first.use.end(), all.grace());
      text.append("\nfirst_level_quota:");
      numbers(text, first.use.inodes(), all.inodes().soft(), all.inodes().hard());
      numbers(text, first.use.inodeEnd(), all.inodeGrace());
      text.append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, long... numbers) {
    text.append(name);
    numbers(text, numbers);
    text.append('\n');
  }

  private static void numbers(StringBuilder text, long... numbers) {
    for (long number : numbers) {
      text.append(TAB).append(number);
    }
  }

  /**
   * Understands such a text.
   *
   * @param limits whether limits are expected for each user and group
   * @param clocks whether ends of grace times are
   * @return null if it is not of that form
   */
  public static @Nullable UgidDump parse(String text, long id, boolean limits, boolean clocks) {
    int status = 0;
    Grace[] grace = new Grace[2];
    List<Ugid> ugids = new ArrayList<>();
    List<long[]> first = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("[\t ]+", -1);
      long[] n = numbers(words);
      if (n == null) {
        return null;
      }
      switch (words[0]) {
        case "ugid_quota_status:" -> status = n.length > 0 && n[0] != 0 ? 1 : 0;
        case "grace_time:" -> {
          if (n.length != 3 || n[0] > 1) {
            return null;
          }
          grace[(int) n[0]] = new Grace(n[1], n[2]);
        }
        case "ugid_number:" -> {}
        case "ugid:" -> {
          Ugid ugid = ugid(n, limits, clocks);
          if (ugid == null) {
            return null;
          }
          ugids.add(ugid);
        }
        case "first_level_quota:" -> first.add(n);
        default -> {
          return null;
        }
      }
    }
    return new UgidDump(status, grace[0], grace[1], ugids, first(first, id));
  }

  private static @Nullable Ugid ugid(long[] n, boolean limits, boolean clocks) {
    if (n.length != 2 + (limits ? 4 : 0) + (clocks ? 2 : 0) || n[1] > 1 || n[0] >= IDS) {
      return null;
    }
    int at = limits ? 6 : 2;
    return new Ugid(
        n[1] == 0 ? QuotaKind.USER : QuotaKind.GROUP,
        new QuotaUse(
            n[0],
            0,
            0,
            limits ? new DiskLimit(n[2], n[3]) : new DiskLimit(0, 0),
            limits ? new DiskLimit(n[4], n[5]) : new DiskLimit(0, 0),
            clocks ? n[at] : 0,
            clocks ? n[at + 1] : 0));
  }

  private static @Nullable First first(List<long[]> lines, long id) {
    if (lines.size() != 2 || lines.get(0).length != 5 || lines.get(1).length != 5) {
      return null;
    }
    long[] b = lines.get(0);
    long[] i = lines.get(1);
    DiskLimit space = new DiskLimit(b[1] >> 10, b[2] >> 10);
    DiskLimit inodes = new DiskLimit(i[1], i[2]);
    return new First(
        new QuotaUse(id, b[0], i[0], space, inodes, b[3], i[3]),
        new QuotaLimits(space, inodes, b[4], i[4]));
  }

  private static long @Nullable [] numbers(String[] words) {
    long[] numbers = new long[words.length - 1];
    for (int i = 0; i < numbers.length; i++) {
      try {
        numbers[i] = Long.parseLong(words[i + 1]);
      } catch (NumberFormatException e) {
        return null;
      }
      if (numbers[i] < 0) {
        return null;
      }
    }
    return numbers;
  }

  /**
   * Adds the steps that give the limits to the kernel.
   *
   * @param tree a directory of the file system
   * @param uid the first user id of the container on the host
   * @param gid the first group id
   */
  public void addTo(LaunchPlan.Builder plan, String tree, long uid, long gid) {
    grace(plan, tree, QuotaKind.USER, userGrace);
    grace(plan, tree, QuotaKind.GROUP, groupGrace);
    for (int i = 0; ugids != null && i < ugids.size(); i++) {
      QuotaUse use = ugids.get(i).use();
      boolean user = ugids.get(i).kind() == QuotaKind.USER;
      long host = (user ? uid : gid) + use.id();
      String word = ugids.get(i).kind().word();
      plan.quota(
          tree,
          word,
          host,
          use.space().soft(),
          use.space().hard(),
          use.inodeLimits().soft(),
          use.inodeLimits().hard());
      if (use.end() != 0 || use.inodeEnd() != 0) {
        plan.quotaClock(tree, word, host, use.end(), use.inodeEnd());
      }
    }
  }

  private static void grace(
      LaunchPlan.Builder plan, String tree, QuotaKind kind, @Nullable Grace grace) {
    if (grace != null && grace.space > 0 && grace.inodes > 0) {
      plan.quotaGrace(tree, kind.word(), grace.space, grace.inodes);
    }
  }
}
