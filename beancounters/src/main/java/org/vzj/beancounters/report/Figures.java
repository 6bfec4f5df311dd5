package org.vzj.beancounters.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers and columns as C's printf(3) writes them, without what String.format costs at a start.
 */
public final class Figures {
  private Figures() {}

  /** {@code %.Nf}: so many digits behind the point; the exact value is rounded, halves to even. */
  public static String fixed(double number, int digits) {
    return new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  /**
   * {@code %.Ng}: so many significant digits, no zeros at the end.
   *
   * @param number from 0.0001 to below 10 to the power of {@code digits}, where printf writes no
   *     exponent
   */
  static String significant(double number, int digits) {
    if (number == 0) {
      return "0";
    }
    BigDecimal rounded =
        new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    return rounded.stripTrailingZeros().toPlainString();
  }

  /** {@code %Ns}: with blanks before, up to this width. */
  public static String right(String text, int width) {
    return blanks(width - text.length()) + text;
  }

  /** {@code %-Ns}: with blanks behind, up to this width. */
  public static String left(String text, int width) {
    return text + blanks(width - text.length());
  }

  private static String blanks(int count) {
    return count <= 0 ? "" : " ".repeat(count);
  }
}
