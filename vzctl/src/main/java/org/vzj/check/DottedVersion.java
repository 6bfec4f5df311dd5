package org.vzj.check;

import org.jspecify.annotations.Nullable;

/**
 * A version of Linux or of a program, as far as we compare it.
 *
 * @param major the first number
 * @param minor the second number
 */
record DottedVersion(int major, int minor) implements Comparable<DottedVersion> {
  private static final int MAX_DIGITS = 6;

  /**
   * Understands a text that begins with a version.
   *
   * @param text for example {@code 6.12.41+deb13-amd64}
   * @return the version, or null if the text begins with none
   */
  static @Nullable DottedVersion parse(String text) {
    int dot = digits(text, 0);
    if (dot == 0 || dot >= text.length() || text.charAt(dot) != '.') {
      return null;
    }
    int end = digits(text, dot + 1);
    if (end == dot + 1 || dot > MAX_DIGITS || end - dot > MAX_DIGITS) {
      return null;
    }
    return new DottedVersion(
        Integer.parseInt(text, 0, dot, 10), Integer.parseInt(text, dot + 1, end, 10));
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  boolean atLeast(int wantedMajor, int wantedMinor) {
    return compareTo(new DottedVersion(wantedMajor, wantedMinor)) >= 0;
  }

  @Override
  public int compareTo(DottedVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
