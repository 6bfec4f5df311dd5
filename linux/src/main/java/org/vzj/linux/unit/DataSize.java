package org.vzj.linux.unit;

import org.jspecify.annotations.Nullable;

/**
 * A number of bytes.
 *
 * @param bytes 0 or more
 */
public record DataSize(long bytes) {

  private static final String SUFFIXES = " KMGT";

  /** Checks the range. */
  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("negative size: " + bytes);
    }
  }

  /** Reads {@code 1000}, {@code 512M}, {@code 2.2G} as {@link Amount} says; null if it is none. */
  public static @Nullable DataSize parse(String text) {
    Amount amount = Amount.parse(text, 1);
    return amount == null || amount.truncated() ? null : new DataSize(amount.value());
  }

  /** The size in the largest unit that loses nothing: {@code 1000}, {@code 512M}, {@code 3G}. */
  @Override
  public String toString() {
    long number = bytes;
    int unit = 0;
    while (number != 0 && number % 1024 == 0 && unit + 1 < SUFFIXES.length()) {
      number /= 1024;
      unit++;
    }
    return unit == 0 ? Long.toString(number) : number + SUFFIXES.substring(unit, unit + 1);
  }
}
