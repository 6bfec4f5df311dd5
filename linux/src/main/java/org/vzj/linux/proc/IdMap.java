package org.vzj.linux.proc;

import java.util.ArrayList;
import java.util.List;

/**
 * Which user (or group) ids of a user namespace stand for which ids outside, see
 * user_namespaces(7).
 *
 * @param ranges the ranges, in the file's order
 */
public record IdMap(List<Range> ranges) {
  /** Stands for an id that has no counterpart. */
  public static final long UNMAPPED = -1;

  /**
   * Consecutive ids.
   *
   * @param inside first id in the namespace
   * @param outside first id outside
   * @param count how many, at least 1
   */
  public record Range(long inside, long outside, long count) {}

  public IdMap {
    ranges = List.copyOf(ranges);
  }

  /**
   * A container's usual map: its ids from 0 stand for {@code count} ids from {@code base}.
   *
   * @param base first id outside
   * @param count how many
   * @return the map
   */
  public static IdMap shifted(long base, long count) {
    return new IdMap(List.of(new Range(0, base, count)));
  }

  /**
   * Parses {@code /proc/PID/uid_map} or {@code gid_map}.
   *
   * @param text lines of three numbers, padded with blanks
   * @return the map; no ranges if none was written yet
   * @throws IllegalArgumentException if a line is not of the documented form
   */
  public static IdMap parse(String text) {
    List<Range> ranges = new ArrayList<>();
    Fields lines = new Fields(text, '\n');
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.isBlank()) {
        continue;
      }
      long[] three = new long[3];
      int found = 0;
      Fields fields = new Fields(line, ' ');
      while (fields.hasNext()) {
        String field = fields.next();
        if (field.isEmpty()) {
          continue;
        }
        if (found == 3) {
          throw new IllegalArgumentException("not an id map line: " + line);
        }
        three[found++] = new Fields(field, ' ').nextLong();
      }
      if (found != 3) {
        throw new IllegalArgumentException("not an id map line: " + line);
      }
      ranges.add(new Range(three[0], three[1], three[2]));
    }
    return new IdMap(ranges);
  }

  /**
   * Translates an id of the namespace.
   *
   * @param inside id in the namespace
   * @return the id outside, or {@link #UNMAPPED}
   */
  public long outside(long inside) {
    for (Range range : ranges) {
      if (inside >= range.inside && inside - range.inside < range.count) {
        return range.outside + (inside - range.inside);
      }
    }
    return UNMAPPED;
  }

  /**
   * Translates an id from outside.
   *
   * @param outside id outside
   * @return the id in the namespace, or {@link #UNMAPPED}
   */
  public long inside(long outside) {
    for (Range range : ranges) {
      if (outside >= range.outside && outside - range.outside < range.count) {
        return range.inside + (outside - range.outside);
      }
    }
    return UNMAPPED;
  }

  /** The map as the kernel wants it written: one range per line. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Range range : ranges) {
      text.append(range.inside).append(' ');
      text.append(range.outside).append(' ');
      text.append(range.count).append('\n');
    }
    return text.toString();
  }
}
