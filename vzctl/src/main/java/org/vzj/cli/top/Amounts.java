package org.vzj.cli.top;

import java.util.Locale;

/** Numbers for people, in few characters. */
final class Amounts {
  private static final String UNITS = "KMGTPE";

  private Amounts() {}

  /**
   * Bytes with three digits: {@code 0}, {@code 812}, {@code 9.8K}, {@code 64M}; -1 is {@code -}.
   */
  static String bytes(long bytes) {
    if (bytes < 0) {
      return "-";
    }
    if (bytes < 1000) {
      return Long.toString(bytes);
    }
    double value = (double) bytes;
    int unit = -1;
    while (value >= 999.5 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    String format = value < 9.95 ? "%.1f%c" : "%.0f%c";
    return String.format(Locale.ROOT, format, value, UNITS.charAt(Math.max(0, unit)));
  }

  /** Percent with one digit after the point; -1 is {@code -}. */
  static String percent(double percent) {
    return percent < 0 ? "-" : String.format(Locale.ROOT, "%.1f", percent);
  }

  /** A count; -1 is {@code -}. */
  static String count(long count) {
    return count < 0 ? "-" : Long.toString(count);
  }
}
