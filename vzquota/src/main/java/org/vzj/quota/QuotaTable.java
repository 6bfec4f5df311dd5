package org.vzj.quota;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Launcher;
import org.vzj.linux.launch.Stdio;

/**
 * What a file system's quota counts for a range of ids, read in one pass.
 *
 * @param grace seconds that soft limits of space may be exceeded, on the whole file system
 * @param inodeGrace the same for inodes
 * @param flags of the quota format (dqi_flags)
 * @param uses of those ids that the kernel knows, by ascending id
 */
public record QuotaTable(long grace, long inodeGrace, long flags, List<QuotaUse> uses) {
  /** Keeps an unchangeable copy. */
  public QuotaTable {
    uses = List.copyOf(uses);
  }

  /**
   * Reads the table.
   *
   * @param path any file of the file system
   * @param first the least id
   * @param last the greatest
   * @throws IOException if quota of this kind is off, with the kernel's reason
   */
  public static QuotaTable read(Launcher launcher, Path path, QuotaKind kind, long first, long last)
      throws IOException {
    LaunchPlan plan =
        LaunchPlan.builder().quotaList(path.toString(), kind.word(), first, last).build();
    Stdio stdio = Stdio.captured(new byte[0]);
    if (launcher.run(plan, stdio) instanceof LaunchReport.Failed failed) {
      throw new IOException(failed.message());
    }
    return parse(new String(stdio.out(), StandardCharsets.US_ASCII));
  }

  /**
   * Understands what the launcher's step {@code quota-list} prints.
   *
   * @throws IOException if it is not of that form
   */
  static QuotaTable parse(String text) throws IOException {
    List<QuotaUse> uses = new ArrayList<>();
    int end = text.indexOf('\n');
    if (end < 0 || !text.startsWith("grace ")) {
      throw new IOException("no quota table: " + text);
    }
    try {
      int space = text.lastIndexOf(' ', end);
      long[] grace = numbers(text, 6, space, 2);
      long flags = Long.parseLong(text.substring(space + 1, end), 16);
      while (end + 1 < text.length()) {
        int start = end + 1;
        end = text.indexOf('\n', start);
        long[] n = numbers(text, start, end, 9);
        uses.add(
            new QuotaUse(
                n[0],
                n[1],
                n[2],
                new DiskLimit(n[3], n[4]),
                new DiskLimit(n[5], n[6]),
                n[7],
                n[8]));
      }
      return new QuotaTable(grace[0], grace[1], flags, uses);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IOException("no quota table: " + text, e);
    }
  }

  private static long[] numbers(String text, int from, int to, int count) {
    long[] numbers = new long[count];
    int start = from;
    for (int i = 0; i < count; i++) {
      int end = i == count - 1 ? to : text.indexOf(' ', start);
      numbers[i] = Long.parseLong(text, start, end, 10);
      start = end + 1;
    }
    return numbers;
  }

  /** What is counted for an id; nothing if the kernel does not know it. */
  public QuotaUse of(long id) {
    for (int i = 0; i < uses.size(); i++) {
      if (uses.get(i).id() == id) {
        return uses.get(i);
      }
    }
    return QuotaUse.none(id);
  }
}
