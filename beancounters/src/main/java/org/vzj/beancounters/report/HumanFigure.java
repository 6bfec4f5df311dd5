package org.vzj.beancounters.report;

import org.vzj.beancounters.BarrierLimit;

/** Values of beancounters in the few characters that a column of vzubc and vzoversell has. */
public final class HumanFigure {
  private static final String SUFFIXES = " KMGTPEZY";
  private static final String NONE = "- ";

  private HumanFigure() {}

  /**
   * A number in multiples of 1024 with a suffix; a blank stands for none.
   *
   * @param value what a file says; 0 and unlimited are {@code - }
   * @param pages whether it counts pages, which OpenVZ takes for 4 KB each
   */
  public static String amount(long value, boolean pages) {
    if (value == 0 || isUnlimited(value)) {
      return NONE;
    }
    double scaled = (double) value * (pages ? 4 : 1);
    int suffix = pages ? 1 : 0;
    while (scaled >= 1024) {
      scaled /= 1024;
      suffix++;
    }
    String digits = scaled < 100 ? Figures.significant(scaled, 3) : Long.toString((long) scaled);
    return digits + SUFFIXES.charAt(Math.min(suffix, SUFFIXES.length() - 1));
  }

  /**
   * How much {@code part} is of {@code whole}, in percent: a digit below 2, and from there on
   * without a fraction, as the originals' comparison of texts has it; nothing is {@code - }.
   *
   * @param whole 0 and unlimited give {@code - }
   */
  public static String percent(long part, long whole) {
    if (whole == 0 || isUnlimited(whole)) {
      return NONE;
    }
    double percent = Double.parseDouble(Figures.fixed((double) part / (double) whole * 100, 1));
    if (percent == 0) {
      return NONE;
    }
    String digits = percent < 2 ? Figures.significant(percent, 1) : Long.toString((long) percent);
    return digits + "%";
  }

  /** Whether a file's value means no limit. */
  public static boolean isUnlimited(long value) {
    return BarrierLimit.isUnlimited(value);
  }
}
