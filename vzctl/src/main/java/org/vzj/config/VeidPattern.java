package org.vzj.config;

/** Paths in which {@code $VEID} or <code>${VEID}</code> stands for the container's number. */
public final class VeidPattern {

  private VeidPattern() {}

  /** The path of container {@code veid}; no other variable is expanded. */
  public static String expand(String pattern, int veid) {
    if (pattern.indexOf('$') < 0) {
      return pattern;
    }
    String number = Integer.toString(veid);
    return pattern.replace("${VEID}", number).replace("$VEID", number);
  }
}
