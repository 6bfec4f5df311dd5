package org.vzj.linux.unit;

import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address, with a prefix length or without.
 *
 * @param address in the form of inet_ntop(3): lower case, the longest run of zeroes cut out
 * @param prefix 0 to 32 or 128, or -1 if none was given
 */
public record IpAddress(String address, int prefix) {

  /**
   * Reads {@code 10.0.0.1}, {@code 10.0.0.1/24}, {@code 2001:db8::1/64}; null if it is none. Only
   * the forms of inet_pton(3): four decimal numbers without leading zeroes, no {@code 10.1}; a mask
   * is always a length.
   */
  public static @Nullable IpAddress parse(String text) {
    int slash = text.indexOf('/');
    String bare = slash < 0 ? text : text.substring(0, slash);
    boolean v6 = bare.indexOf(':') >= 0;
    int prefix = -1;
    if (slash >= 0) {
      Amount length =
          text.length() - slash > 4 ? null : Amount.parseCount(text.substring(slash + 1));
      if (length == null || length.value() > (v6 ? 128 : 32)) {
        return null;
      }
      prefix = (int) length.value();
    }
    if (v6) {
      int[] groups = groups(bare);
      return groups == null ? null : new IpAddress(print(groups), prefix);
    }
    return v4(bare) < 0 ? null : new IpAddress(bare, prefix);
  }

  /** Whether it is an IPv6 address. */
  public boolean isV6() {
    return address.indexOf(':') >= 0;
  }

  /** Whether it is {@code 0.0.0.0} or {@code ::}, which OpenVZ passes over silently. */
  public boolean isUnspecified() {
    return address.equals("0.0.0.0") || address.equals("::");
  }

  /** The address, and {@code /} and the prefix length if there is one. */
  @Override
  public String toString() {
    return prefix < 0 ? address : address + "/" + prefix;
  }

  private static long v4(String text) {
    long value = 0;
    int parts = 0;
    int start = 0;
    while (start <= text.length()) {
      int dot = text.indexOf('.', start);
      int end = dot < 0 ? text.length() : dot;
      boolean leadingZero = end - start > 1 && text.charAt(start) == '0';
      Amount part =
          end - start > 3 || leadingZero ? null : Amount.parseCount(text.substring(start, end));
      if (part == null || part.value() > 255 || ++parts > 4) {
        return -1;
      }
      value = value << 8 | part.value();
      start = end + 1;
    }
    return parts == 4 ? value : -1;
  }

  /** Eight groups of 16 bits, or null. */
  private static int @Nullable [] groups(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      int[] all = part(text);
      return all == null || all.length != 8 ? null : all;
    }
    int[] head = part(text.substring(0, gap));
    int[] tail = part(text.substring(gap + 2));
    boolean mixedHead = text.lastIndexOf('.', gap) >= 0;
    if (head == null || tail == null || mixedHead || head.length + tail.length > 7) {
      return null;
    }
    int[] all = new int[8];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(tail, 0, all, 8 - tail.length, tail.length);
    return all;
  }

  private static int @Nullable [] part(String text) {
    int[] found = new int[8];
    int count = 0;
    int start = text.isEmpty() ? 1 : 0;
    while (start <= text.length()) {
      int colon = text.indexOf(':', start);
      int end = colon < 0 ? text.length() : colon;
      if (colon < 0 && text.indexOf('.', start) >= 0) {
        long v4 = v4(text.substring(start));
        if (v4 < 0 || count > 6) {
          return null;
        }
        found[count++] = (int) (v4 >> 16);
        found[count++] = (int) (v4 & 0xffff);
      } else {
        int group = hex(text, start, end);
        if (group < 0 || count > 7) {
          return null;
        }
        found[count++] = group;
      }
      start = end + 1;
    }
    int[] result = new int[count];
    System.arraycopy(found, 0, result, 0, count);
    return result;
  }

  private static int hex(String text, int start, int end) {
    if (start == end || end - start > 4) {
      return -1;
    }
    int value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static String print(int[] groups) {
    int gap = -1;
    int gapLength = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > gapLength) {
        gap = i;
        gapLength = end - i;
      }
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == gap) {
        out.append("::");
        i += gapLength - 1;
        continue;
      }
      // inet_ntop writes ::1.2.3.4 and ::ffff:1.2.3.4 (v4-mapped) with dots.
      boolean dotted =
          gap == 0 && i == 6 && (gapLength == 6 || (gapLength == 5 && groups[5] == 0xffff));
      out.append(out.isEmpty() || out.charAt(out.length() - 1) == ':' ? "" : ":");
      if (dotted) {
        out.append(groups[6] >> 8).append('.').append(groups[6] & 255).append('.');
        out.append(groups[7] >> 8).append('.').append(groups[7] & 255);
        break;
      }
      out.append(Integer.toHexString(groups[i]));
    }
    return out.toString();
  }
}
