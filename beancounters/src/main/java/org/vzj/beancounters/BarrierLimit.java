package org.vzj.beancounters;

import org.jspecify.annotations.Nullable;
import org.vzj.linux.unit.Amount;
import org.vzj.linux.unit.Pages;

/**
 * The two values of a beancounter parameter, in its base unit: bytes, pages or items.
 *
 * @param barrier 0 to {@link #UNLIMITED}
 * @param limit 0 to {@link #UNLIMITED}; nothing demands that it is above the barrier
 */
public record BarrierLimit(long barrier, long limit) {

  /** What {@code unlimited} means: LONG_MAX. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /**
   * What reading a text gave.
   *
   * @param truncated whether a number was too large and was cut to {@link #UNLIMITED}: an error on
   *     the command line, a warning in a file
   */
  public record Reading(BarrierLimit value, boolean truncated) {}

  /** Checks the ranges. */
  public BarrierLimit {
    if (barrier < 0 || limit < 0) {
      throw new IllegalArgumentException("negative limit: " + barrier + ":" + limit);
    }
  }

  /** The same value for both. */
  public static BarrierLimit both(long value) {
    return new BarrierLimit(value, value);
  }

  /**
   * Reads {@code BARRIER[:LIMIT]}, where each is a number or {@code unlimited} and one number is
   * both. Bytes and pages may have a suffix; a suffix on pages means bytes.
   *
   * @return null if the text is none
   */
  public static @Nullable Reading parse(String text, BeancounterUnit unit) {
    int colon = text.indexOf(':');
    Amount barrier = number(colon < 0 ? text : text.substring(0, colon), unit);
    Amount limit = colon < 0 ? barrier : number(text.substring(colon + 1), unit);
    if (barrier == null || limit == null) {
      return null;
    }
    return new Reading(
        new BarrierLimit(barrier.value(), limit.value()), barrier.truncated() || limit.truncated());
  }

  /**
   * Whether {@code value} means no limit. Configurations of 32-bit hosts say 2147483647, which the
   * tools of OpenVZ take for it everywhere.
   */
  public static boolean isUnlimited(long value) {
    return value == UNLIMITED || value == Integer.MAX_VALUE;
  }

  /** One number if both are equal, else {@code barrier:limit}; {@code unlimited} for LONG_MAX. */
  @Override
  public String toString() {
    return barrier == limit ? print(barrier) : print(barrier) + ":" + print(limit);
  }

  private static String print(long value) {
    return value == UNLIMITED ? "unlimited" : Long.toString(value);
  }

  private static @Nullable Amount number(String text, BeancounterUnit unit) {
    if (text.equals("unlimited")) {
      return new Amount(UNLIMITED, false);
    }
    return switch (unit) {
      case BYTES -> Amount.parse(text, 1);
      case PAGES -> Amount.parse(text, Pages.hostPageSize());
      case ITEMS -> Amount.parseCount(text);
    };
  }
}
