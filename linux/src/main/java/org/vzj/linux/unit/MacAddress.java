package org.vzj.linux.unit;

import org.jspecify.annotations.Nullable;

/**
 * The hardware address of an Ethernet device.
 *
 * @param text {@code XX:XX:XX:XX:XX:XX}, in capital letters
 */
public record MacAddress(String text) {

  /** The length of the only form there is. */
  public static final int LENGTH = 17;

  private static final String HEX = "0123456789ABCDEF";

  /** Reads six pairs of hexadecimal digits with colons between; null if it is anything else. */
  public static @Nullable MacAddress parse(String text) {
    if (text.length() != LENGTH) {
      return null;
    }
    StringBuilder out = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      char upper = c >= 'a' && c <= 'f' ? (char) (c - 'a' + 'A') : c;
      if (i % 3 == 2 ? upper != ':' : HEX.indexOf(upper) < 0) {
        return null;
      }
      out.append(upper);
    }
    return new MacAddress(out.toString());
  }

  /** An address of three bytes {@code prefix} and the low 24 bits of {@code rest}. */
  public static MacAddress of(int prefix, int rest) {
    StringBuilder out = new StringBuilder(LENGTH);
    long all = (long) (prefix & 0xffffff) << 24 | (rest & 0xffffff);
    for (int shift = 44; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((int) (all >> shift) & 15));
      if (shift % 8 == 0 && shift > 0) {
        out.append(':');
      }
    }
    return new MacAddress(out.toString());
  }

  @Override
  public String toString() {
    return text;
  }
}
