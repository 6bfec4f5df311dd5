package org.vzj.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks parameters up, and reads their values. */
public final class Parameters {

  /** Hash tables with open addressing: cheaper to fill at start than any map of the library. */
  private static final int SLOTS = 512;

  private static final @Nullable Parameter[] ALL_KEYS = new @Nullable Parameter[SLOTS];
  private static final @Nullable Parameter[] ALL_OPTIONS = new @Nullable Parameter[SLOTS];
  private static final @Nullable String[] KEY_NAMES = new @Nullable String[SLOTS];
  private static final @Nullable String[] OPTION_NAMES = new @Nullable String[SLOTS];

  static {
    for (Parameter parameter : Parameter.values()) {
      String key = parameter.key();
      if (key != null) {
        put(KEY_NAMES, ALL_KEYS, key, parameter);
      }
      String oldKey = parameter.oldKey();
      if (oldKey != null) {
        put(KEY_NAMES, ALL_KEYS, oldKey, parameter);
      }
      for (String option : parameter.options()) {
        put(OPTION_NAMES, ALL_OPTIONS, option, parameter);
      }
    }
  }

  private Parameters() {}

  private static void put(
      @Nullable String[] names, @Nullable Parameter[] table, String name, Parameter parameter) {
    int slot = slot(names, name);
    names[slot] = name;
    table[slot] = parameter;
  }

  private static int slot(@Nullable String[] names, String name) {
    int slot = name.hashCode() & (SLOTS - 1);
    while (names[slot] != null && !name.equals(names[slot])) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }

  /** The parameter with this key in files; the old keys DCACHE and IPTENTRIES count. Or null. */
  public static @Nullable Parameter byKey(String key) {
    return ALL_KEYS[slot(KEY_NAMES, key)];
  }

  /** The parameter with this option, in full and without dashes, or null. */
  public static @Nullable Parameter byOption(String option) {
    return ALL_OPTIONS[slot(OPTION_NAMES, option)];
  }

  /**
   * Reads a value of the command line.
   *
   * @param option in full, without dashes; a single letter is a short option
   * @param text the argument; of an option that takes none, anything
   * @throws IllegalArgumentException if there is no such option
   */
  public static OptionValue parseOption(String option, String text) {
    return parseOption(option, text, HostFacts.REAL);
  }

  static OptionValue parseOption(String option, String text, HostFacts host) {
    Parameter parameter = byOption(option);
    if (parameter == null) {
      throw new IllegalArgumentException("no such option: " + option);
    }
    if (!parameter.takesArgument()) {
      return new OptionValue.Accepted(parameter, "yes", null);
    }
    Value value = ValueReader.read(parameter.type(), text, Source.COMMAND_LINE, host);
    if (value.canonical() != null && !value.truncated()) {
      return new OptionValue.Accepted(parameter.target(), value.canonical(), value.note());
    }
    String bad =
        option.length() == 1
            ? "Bad parameter for -" + option + " : " + text
            : "Bad parameter for --" + option + ": " + text;
    return new BadValue(
        value.note() == null ? List.of(bad) : List.of(value.note(), bad), BadValue.VALUE);
  }

  /** Reads a value of a file; what is wrong with it is for the caller to report. */
  public static Value parseConfig(Parameter parameter, String text) {
    return ValueReader.read(parameter.type(), text, Source.FILE, HostFacts.REAL);
  }
}
