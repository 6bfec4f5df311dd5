package org.vzj.quota;

import org.jspecify.annotations.Nullable;
import org.vzj.linux.unit.Amount;

/**
 * A soft and a hard limit on disk space (in KB of 1024 bytes) or on inodes.
 *
 * @param soft may be exceeded for the grace time
 * @param hard is never exceeded
 */
public record DiskLimit(long soft, long hard) {

  private static final long KB = 1024;

  /**
   * What reading a text gave.
   *
   * @param truncated whether a number was too large and was cut to LONG_MAX: an error on the
   *     command line, a warning in a file
   */
  public record Reading(DiskLimit value, boolean truncated) {}

  /** Checks the ranges. */
  public DiskLimit {
    if (soft < 0 || hard < 0) {
      throw new IllegalArgumentException("negative limit: " + soft + ":" + hard);
    }
  }

  /**
   * Reads {@code SOFT[:HARD]} in KB; a number with a suffix is in bytes, {@code 2.2G} is 2306867.
   * One number is both; {@code unlimited} is none. Null if the text is no such pair.
   */
  public static @Nullable Reading parseSpace(String text) {
    return parse(text, KB);
  }

  /** Reads {@code SOFT[:HARD]} inodes; a suffix multiplies, {@code 1K} is 1024 inodes. */
  public static @Nullable Reading parseInodes(String text) {
    return parse(text, 1);
  }

  private static @Nullable Reading parse(String text, long divisor) {
    int colon = text.indexOf(':');
    Amount soft = Amount.parse(colon < 0 ? text : text.substring(0, colon), divisor);
    Amount hard = colon < 0 ? soft : Amount.parse(text.substring(colon + 1), divisor);
    if (soft == null || hard == null) {
      return null;
    }
    return new Reading(
        new DiskLimit(soft.value(), hard.value()), soft.truncated() || hard.truncated());
  }

  /** Always {@code soft:hard}, in plain numbers. */
  @Override
  public String toString() {
    return soft + ":" + hard;
  }
}
