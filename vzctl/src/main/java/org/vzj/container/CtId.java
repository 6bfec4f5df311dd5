package org.vzj.container;

import org.jspecify.annotations.Nullable;

/**
 * A container's number.
 *
 * @param value 0 (the host itself) to 2147483644; numbers up to 100 are reserved by convention only
 */
public record CtId(int value) implements Comparable<CtId> {
  /** The largest id that OpenVZ accepts. */
  public static final int MAX = 2147483644;

  /** The host itself, which only {@code set} accepts. */
  public static final CtId HOST = new CtId(0);

  /** Checks the range. */
  public CtId {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException("container id out of range: " + value);
    }
  }

  /** Returns the id that the decimal digits in {@code text} give, or null if it is none. */
  public static @Nullable CtId parse(String text) {
    if (text.isEmpty() || text.length() > 10) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      value = value * 10 + (c - '0');
    }
    return value > MAX ? null : new CtId((int) value);
  }

  /*
   * A record's own hashCode and equals are made of method handles at their first call, which no AOT
   * cache spares: about 10 ms of every command.
   */

  @Override
  public int hashCode() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CtId id && id.value == value;
  }

  @Override
  public int compareTo(CtId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
