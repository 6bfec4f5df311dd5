package org.vzj.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.unit.Amount;

/**
 * Access to a device by its number: an item of the DEVICES value.
 *
 * @param type {@code b} or {@code c}
 * @param major 0 to 4095
 * @param minor 0 to 1048575, or -1 for all
 * @param access {@code r}, {@code w} and {@code q} (quota) as far as granted; empty: none
 */
public record DeviceAccess(char type, int major, int minor, String access) {

  private static final int MAX_MAJOR = (1 << 12) - 1;
  private static final int MAX_MINOR = (1 << 20) - 1;
  private static final int LOOP_MAJOR = 7;

  /** Reads items with blanks between; null if one is wrong or is a loop device. */
  public static @Nullable List<DeviceAccess> parseAll(String text) {
    List<DeviceAccess> result = new ArrayList<>();
    for (String word : Words.of(text)) {
      DeviceAccess one = parse(word);
      if (one == null) {
        return null;
      }
      result.add(one);
    }
    return result;
  }

  private static @Nullable DeviceAccess parse(String word) {
    List<String> fields = Words.fields(word, ':');
    if (fields.size() != 4 || !(fields.get(0).equals("b") || fields.get(0).equals("c"))) {
      return null;
    }
    Amount major = Amount.parseCount(fields.get(1));
    boolean all = fields.get(2).equals("all");
    Amount minor = all ? new Amount(0, false) : Amount.parseCount(fields.get(2));
    String access = canonicalAccess(fields.get(3));
    boolean bad =
        major == null
            || minor == null
            || access == null
            || major.value() > MAX_MAJOR
            || minor.value() > MAX_MINOR;
    if (bad || major == null || minor == null || access == null) {
      return null;
    }
    char type = fields.get(0).charAt(0);
    return type == 'b' && major.value() == LOOP_MAJOR
        ? null
        : new DeviceAccess(type, (int) major.value(), all ? -1 : (int) minor.value(), access);
  }

  /** {@code none} or some of {@code rwq}, each once: in this order, none as an empty text. */
  static @Nullable String canonicalAccess(String text) {
    if (text.equals("none")) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      char c = "rwq".charAt(i);
      out.append(text.indexOf(c) >= 0 ? String.valueOf(c) : "");
    }
    return text.isEmpty() || out.length() != text.length() ? null : out.toString();
  }

  /** The device without the access. */
  String device() {
    return type + ":" + major + ":" + (minor < 0 ? "all" : Integer.toString(minor));
  }

  @Override
  public String toString() {
    return device() + ":" + (access.isEmpty() ? "none" : access);
  }
}
