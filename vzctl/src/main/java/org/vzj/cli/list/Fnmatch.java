package org.vzj.cli.list;

/** Shell patterns as fnmatch(3) understands them without flags: {@code * ? [a-z] [!a-z] \x}. */
final class Fnmatch {
  private final String pattern;
  private final String text;

  /** Where the pattern goes on after the set that {@link #inSet} read; -1 if it was none. */
  private int afterSet;

  private Fnmatch(String pattern, String text) {
    this.pattern = pattern;
    this.text = text;
  }

  /** Tells whether the whole of a text fits a pattern. */
  static boolean matches(String pattern, String text) {
    return new Fnmatch(pattern, text).matches();
  }

  /** One star to fall back to is enough: what an earlier star takes, the later one can take. */
  private boolean matches() {
    int p = 0;
    int t = 0;
    int star = -1;
    int starText = 0;
    while (t < text.length()) {
      int next = p < pattern.length() && pattern.charAt(p) != '*' ? step(p, text.charAt(t)) : -1;
      if (next >= 0) {
        p = next;
        t++;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        starText = t;
      } else if (star >= 0) {
        p = star + 1;
        t = ++starText;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Where the pattern goes on if its part at {@code p} takes this character, else -1. */
  private int step(int p, char c) {
    char wanted = pattern.charAt(p);
    if (wanted == '?') {
      return p + 1;
    }
    if (wanted == '[') {
      boolean in = inSet(p + 1, c);
      if (afterSet >= 0) {
        return in ? afterSet : -1;
      }
    }
    if (wanted == '\\') {
      p++;
      if (p == pattern.length()) {
        return -1;
      }
      wanted = pattern.charAt(p);
    }
    return wanted == c ? p + 1 : -1;
  }

  private boolean inSet(int from, char c) {
    int p = from;
    boolean negated =
        p < pattern.length() && (pattern.charAt(p) == '!' || pattern.charAt(p) == '^');
    if (negated) {
      p++;
    }
    boolean in = false;
    int first = p;
    while (p < pattern.length() && (p == first || pattern.charAt(p) != ']')) {
      int named = pattern.startsWith("[:", p) ? pattern.indexOf(":]", p + 2) : -1;
      if (named >= 0) {
        in |= inClass(pattern.substring(p + 2, named), c);
        p = named + 2;
        continue;
      }
      if (pattern.charAt(p) == '\\' && p + 1 < pattern.length()) {
        p++;
      }
      char low = pattern.charAt(p++);
      char high = low;
      if (p + 1 < pattern.length() && pattern.charAt(p) == '-' && pattern.charAt(p + 1) != ']') {
        p++;
        if (pattern.charAt(p) == '\\' && p + 1 < pattern.length()) {
          p++;
        }
        high = pattern.charAt(p++);
      }
      in |= low <= c && c <= high;
    }
    // A bracket that is never closed is an ordinary character.
    afterSet = p < pattern.length() ? p + 1 : -1;
    return in != negated;
  }

  private static boolean inClass(String name, char c) {
    return switch (name) {
      case "alpha" -> Character.isLetter(c);
      case "digit" -> c >= '0' && c <= '9';
      case "alnum" -> Character.isLetter(c) || (c >= '0' && c <= '9');
      case "upper" -> Character.isUpperCase(c);
      case "lower" -> Character.isLowerCase(c);
      case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
      case "blank" -> c == ' ' || c == '\t';
      case "punct" -> c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
      case "xdigit" -> Character.digit(c, 16) >= 0 && c < 0x7f;
      case "cntrl" -> Character.isISOControl(c);
      case "print" -> !Character.isISOControl(c);
      case "graph" -> c != ' ' && !Character.isISOControl(c);
      default -> false;
    };
  }
}
