package org.vzj.cli.getopt;

import java.util.List;

/**
 * One option of a command, as a line of getopt_long's table, with what help, manual pages and
 * completion say of it.
 *
 * @param key what the caller recognises it by: its first long name, or its letter if it has none
 * @param letter the short form, or 0 if there is none
 * @param longNames the long names without dashes; several are aliases of each other
 * @param argument what help calls the value that must follow; empty if it takes none
 * @param help what it does, in a few words; empty: it is understood, but nowhere mentioned
 */
public record GetoptOption(
    String key, char letter, List<String> longNames, String argument, String help) {

  private static final String VALUE = "VALUE";

  /** An option without value that has long names only. */
  public static GetoptOption flag(String... longNames) {
    return flag('\0', longNames);
  }

  /** An option without value: a letter (0 for none) and any number of long names. */
  public static GetoptOption flag(char letter, String... longNames) {
    return new GetoptOption(keyOf(letter, longNames), letter, List.of(longNames), "", "");
  }

  /** An option with a value that has long names only. */
  public static GetoptOption value(String... longNames) {
    return value('\0', longNames);
  }

  /** An option with a value: a letter (0 for none) and any number of long names. */
  public static GetoptOption value(char letter, String... longNames) {
    return new GetoptOption(keyOf(letter, longNames), letter, List.of(longNames), VALUE, "");
  }

  /** Returns the same option with what it does. */
  public GetoptOption helped(String text) {
    return new GetoptOption(key, letter, longNames, argument, text);
  }

  /** Returns the same option with a name for its value and what it does. */
  public GetoptOption helped(String name, String text) {
    return new GetoptOption(key, letter, longNames, name, text);
  }

  /** Tells whether a value must follow. */
  public boolean takesValue() {
    return !argument.isEmpty();
  }

  /** Tells whether it is a word after a single dash, as vzubc's {@code -wd}: not getopt's. */
  public boolean isWord() {
    return letter == 0 && longNames.isEmpty();
  }

  /** Tells whether help, manual pages and completion are to leave it out. */
  public boolean hidden() {
    return help.isEmpty();
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
