package org.vzj.linux.device;

import java.util.List;

/**
 * What a container may do with a device, or with many.
 *
 * @param type block or character devices
 * @param major major number, or {@link #ANY}
 * @param minor minor number, or {@link #ANY}
 * @param read whether they may be opened for reading
 * @param write whether they may be opened for writing
 * @param mknod whether nodes for them may be made
 */
public record DeviceRule(
    Type type, int major, int minor, boolean read, boolean write, boolean mknod) {
  /** Stands for every number. */
  public static final int ANY = -1;

  /** The two kinds of device. */
  public enum Type {
    BLOCK('b'),
    CHARACTER('c');

    private final char letter;

    Type(char letter) {
      this.letter = letter;
    }

    /** {@code b} or {@code c}. */
    public char letter() {
      return letter;
    }
  }

  /**
   * What every container may use: OpenVZ's list on stock kernels, and 5:0, the terminal that a
   * process has. Making nodes is allowed for all: programs unpack archives that have some, and a
   * node that cannot be opened harms nobody. (In a user namespace the kernel refuses it anyway.)
   * The host's console 5:1 is not in it: a container's console is a pseudo-terminal.
   */
  public static final List<DeviceRule> DEFAULT =
      List.of(
          new DeviceRule(Type.CHARACTER, ANY, ANY, false, false, true),
          new DeviceRule(Type.BLOCK, ANY, ANY, false, false, true),
          character(1, 3), // null
          character(1, 5), // zero
          character(1, 7), // full
          character(1, 8), // random
          character(1, 9), // urandom
          character(5, 0), // tty
          character(5, 2), // ptmx
          character(136, ANY)); // pseudo-terminals

  public DeviceRule {
    if (major < ANY || minor < ANY) {
      throw new IllegalArgumentException("no device number: " + major + ":" + minor);
    }
    if (!read && !write && !mknod) {
      throw new IllegalArgumentException("rule allows nothing: " + major + ":" + minor);
    }
  }

  /**
   * Full access to character devices.
   *
   * @param major major number, or {@link #ANY}
   * @param minor minor number, or {@link #ANY}
   */
  public static DeviceRule character(int major, int minor) {
    return new DeviceRule(Type.CHARACTER, major, minor, true, true, true);
  }

  /**
   * Parses the text form.
   *
   * @param text as {@link #text} makes it, and as the kernel shows it in {@code devices.list}
   * @return the rule
   * @throws IllegalArgumentException if it is none, or the kernel's {@code a *:* rwm} for "all"
   */
  public static DeviceRule parse(String text) {
    int colon = text.indexOf(':');
    int blank = text.indexOf(' ', 2);
    if (text.length() < 7 || text.charAt(1) != ' ' || colon < 3 || blank < colon + 2) {
      throw new IllegalArgumentException("not a device rule: " + text);
    }
    Type type =
        switch (text.charAt(0)) {
          case 'b' -> Type.BLOCK;
          case 'c' -> Type.CHARACTER;
          default -> throw new IllegalArgumentException("not a device rule: " + text);
        };
    String access = text.substring(blank + 1);
    for (int i = 0; i < access.length(); i++) {
      if ("rwm".indexOf(access.charAt(i)) < 0) {
        throw new IllegalArgumentException("not a device rule: " + text);
      }
    }
    return new DeviceRule(
        type,
        number(text, 2, colon),
        number(text, colon + 1, blank),
        access.indexOf('r') >= 0,
        access.indexOf('w') >= 0,
        access.indexOf('m') >= 0);
  }

  private static int number(String text, int from, int to) {
    if (to == from + 1 && text.charAt(from) == '*') {
      return ANY;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') { // parseInt takes a sign
        throw new IllegalArgumentException("not a device rule: " + text);
      }
    }
    try {
      return Integer.parseInt(text, from, to, 10);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a device rule: " + text, e);
    }
  }

  /** The rule as cgroup v1's {@code devices.allow} takes it: {@code c 1:3 rwm}. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(type.letter).append(' ');
    append(text, major).append(':');
    append(text, minor).append(' ');
    if (read) {
      text.append('r');
    }
    if (write) {
      text.append('w');
    }
    if (mknod) {
      text.append('m');
    }
    return text.toString();
  }

  private static StringBuilder append(StringBuilder text, int number) {
    return number == ANY ? text.append('*') : text.append(number);
  }
}
