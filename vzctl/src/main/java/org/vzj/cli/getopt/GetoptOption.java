package org.vzj.cli.getopt;

import java.util.List;

/**
 * One option of a command, as a line of getopt_long's table.
 *
 * @param key what the caller recognises it by: its first long name, or its letter if it has none
 * @param letter the short form, or 0 if there is none
 * @param longNames the long names without dashes; several are aliases of each other
 * @param takesValue whether a value must follow
 */
public record GetoptOption(String key, char letter, List<String> longNames, boolean takesValue) {

  /** An option without value that has long names only. */
  public static GetoptOption flag(String... longNames) {
    return flag('\0', longNames);
  }

  /** An option without value: a letter (0 for none) and any number of long names. */
  public static GetoptOption flag(char letter, String... longNames) {
    return new GetoptOption(keyOf(letter, longNames), letter, List.of(longNames), false);
  }

  /** An option with a value that has long names only. */
  public static GetoptOption value(String... longNames) {
    return value('\0', longNames);
  }

  /** An option with a value: a letter (0 for none) and any number of long names. */
  public static GetoptOption value(char letter, String... longNames) {
    return new GetoptOption(keyOf(letter, longNames), letter, List.of(longNames), true);
  }

  private static String keyOf(char letter, String[] longNames) {
    if (longNames.length > 0) {
      return longNames[0];
    }
    if (letter == 0) {
      throw new IllegalArgumentException("an option needs a letter or a long name");
    }
    return String.valueOf(letter);
  }
}
