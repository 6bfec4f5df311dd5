package org.vzj.config;

/**
 * Something to tell about a file that was read.
 *
 * @param level from which level of verbosity on: -1 an error, 0 normal, 1 only when asked
 * @param text in full, with file and line
 */
public record ConfigWarning(int level, String text) {

  static ConfigWarning error(String text) {
    return new ConfigWarning(-1, text);
  }

  static ConfigWarning normal(String text) {
    return new ConfigWarning(0, text);
  }

  static ConfigWarning detail(String text) {
    return new ConfigWarning(1, text);
  }
}
