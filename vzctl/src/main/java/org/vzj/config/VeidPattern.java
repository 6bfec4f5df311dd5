package org.vzj.config;

/** Paths in which {@code $VEID} or <code>${VEID}</code> stands for the container's number. */
public final class VeidPattern {

  private VeidPattern() {}

  /** The path of container {@code veid}; no other variable is expanded. */
  public static String expand(String pattern, int veid) {
    int dollar = pattern.indexOf('$');
    if (dollar < 0) {
      return pattern;
    }
    // One scan, as a list of containers does this for each of them.
    StringBuilder path = new StringBuilder(pattern.length() + 8);
    int from = 0;
    while (dollar >= 0) {
      int length = variable(pattern, dollar);
      if (length > 0) {
        path.append(pattern, from, dollar).append(veid);
        from = dollar + length;
      }
      dollar = pattern.indexOf('$', dollar + Math.max(length, 1));
    }
    return path.append(pattern, from, pattern.length()).toString();
  }

  /** How long the variable is that begins here; 0 if it is none of ours. */
  private static int variable(String pattern, int dollar) {
    if (pattern.startsWith("${VEID}", dollar)) {
      return "${VEID}".length();
    }
    return pattern.startsWith("$VEID", dollar) ? "$VEID".length() : 0;
  }
}
