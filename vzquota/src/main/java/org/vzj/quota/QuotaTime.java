package org.vzj.quota;

/** Spans of time as vzquota reads and shows them. */
public final class QuotaTime {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long MOST = 0xffff_ffffL;

  private QuotaTime() {}

  /**
   * Reads seconds; {@code dd:hh:mm:ss}, of which the left ones may be missing; or a number with one
   * of h, d, w, m (30 days), y (365 days).
   *
   * @return seconds, or -1 if the text is none of these
   */
  public static long parse(String text) {
    if (text.indexOf(':') >= 0) {
      return clock(text);
    }
    int last = text.length() - 1;
    long unit =
        last < 0
            ? 0
            : switch (text.charAt(last)) {
              case 'h', 'H' -> HOUR;
              case 'd', 'D' -> DAY;
              case 'w', 'W' -> 7 * DAY;
              case 'm', 'M' -> 30 * DAY;
              case 'y', 'Y' -> 365 * DAY;
              default -> 0;
            };
    long number = number(unit == 0 ? text : text.substring(0, last));
    long seconds = number * Math.max(unit, 1);
    return number < 0 || seconds > MOST ? -1 : seconds;
  }

  private static long clock(String text) {
    long[] limits = {60, 60, 24, MOST};
    long[] units = {1, MINUTE, HOUR, DAY};
    long seconds = 0;
    int end = text.length();
    for (int field = 0; end >= 0; field++) {
      int colon = text.lastIndexOf(':', end - 1);
      long number = field == limits.length ? -1 : number(text.substring(colon + 1, end));
      if (number < 0 || number >= limits[field]) {
        return -1;
      }
      seconds += number * units[field];
      end = colon;
    }
    return seconds > MOST ? -1 : seconds;
  }

  /** Plain decimal digits of what fits into 32 bits, or -1. */
  private static long number(String text) {
    if (text.isEmpty() || text.length() > 10) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
    }
    long number = Long.parseLong(text);
    return number > MOST ? -1 : number;
  }

  /**
   * Shows what is left of a grace time.
   *
   * @param over whether the soft limit is exceeded
   * @param end when it ends, in seconds since 1970
   * @param now the present time in the same way
   * @return nothing, {@code none}, {@code 3days} or {@code 05:59}
   */
  static String left(boolean over, long end, long now) {
    if (!over) {
      return "";
    }
    long left = end - now;
    if (end == 0 || left <= 0) {
      return "none";
    }
    if (left >= DAY) {
      return left / DAY + "days";
    }
    return two(left / HOUR) + ":" + two(left % HOUR / MINUTE);
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }
}
