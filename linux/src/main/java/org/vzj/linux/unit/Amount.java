package org.vzj.linux.unit;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number as OpenVZ's tools read it: decimal digits, with {@code .} and more digits if need be,
 * and one of the suffixes {@code T G M K P B} in capital or small letters. They are multiples of
 * 1024, {@code P} is a page, {@code B} a byte. A fraction is cut off after the conversion.
 *
 * @param value from 0 to {@link Long#MAX_VALUE}
 * @param truncated whether the number was too large and {@code value} is {@link Long#MAX_VALUE}
 *     instead
 */
public record Amount(long value, boolean truncated) {

  private static final Amount TOO_LARGE = new Amount(Long.MAX_VALUE, true);
  private static final int FRACTION_DIGITS = 18;

  /** Reads digits alone; null if {@code text} is anything else. */
  public static @Nullable Amount parseCount(String text) {
    int end = digits(text, 0);
    return end == 0 || end < text.length() ? null : count(text, end);
  }

  /**
   * Reads a number with a suffix or without.
   *
   * @param text for instance {@code 512M}, {@code 2.2G}, {@code 1000}
   * @param divisor how many bytes make one of the unit wanted: only a number with a suffix is
   *     divided by it, one without is in the unit already
   * @return the number, or null if {@code text} is none
   */
  public static @Nullable Amount parse(String text, long divisor) {
    int end = digits(text, 0);
    if (end == 0) {
      return null;
    }
    int fractionEnd = end;
    if (end < text.length() && text.charAt(end) == '.') {
      fractionEnd = digits(text, end + 1);
      if (fractionEnd == end + 1) {
        return null;
      }
    }
    long factor = 1;
    long unit = 1;
    if (fractionEnd < text.length()) {
      factor = fractionEnd == text.length() - 1 ? factor(text.charAt(fractionEnd)) : 0;
      unit = divisor;
      if (factor == 0) {
        return null;
      }
    }
    Amount whole = count(text, end);
    if (fractionEnd > end || factor > Long.MAX_VALUE / Math.max(1, whole.value)) {
      return exact(text, end, fractionEnd, factor, unit);
    }
    return whole.truncated ? whole : new Amount(whole.value * factor / unit, false);
  }

  private static Amount exact(String text, int end, int fractionEnd, long factor, long unit) {
    // Long digit strings are too large in any unit; they are not worth converting exactly.
    if (end > FRACTION_DIGITS + 2 && count(text, end).truncated) {
      return TOO_LARGE;
    }
    BigInteger number = new BigInteger(text.substring(0, end)).multiply(BigInteger.valueOf(factor));
    BigInteger divisor = BigInteger.valueOf(unit);
    if (fractionEnd > end) {
      int last = Math.min(fractionEnd, end + 1 + FRACTION_DIGITS);
      BigInteger scale = BigInteger.TEN.pow(last - end - 1);
      BigInteger fraction = new BigInteger(text.substring(end + 1, last));
      number = number.multiply(scale).add(fraction.multiply(BigInteger.valueOf(factor)));
      divisor = divisor.multiply(scale);
    }
    BigInteger result = number.divide(divisor);
    return result.bitLength() > 63 ? TOO_LARGE : new Amount(result.longValue(), false);
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static Amount count(String text, int end) {
    long value = 0;
    for (int i = 0; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return TOO_LARGE;
      }
      value = value * 10 + digit;
    }
    return new Amount(value, false);
  }

  private static long factor(char suffix) {
    return switch (suffix) {
      case 'T', 't' -> 1L << 40;
      case 'G', 'g' -> 1L << 30;
      case 'M', 'm' -> 1L << 20;
      case 'K', 'k' -> 1L << 10;
      case 'P', 'p' -> Pages.hostPageSize();
      case 'B', 'b' -> 1;
      default -> 0;
    };
  }
}
