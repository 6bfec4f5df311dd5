package org.vzj.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that one layer sets: a file, a sample or the command line. Immutable; values are in
 * their canonical form.
 */
@SuppressWarnings("EnumOrdinal") // an array by ordinal, for the speed of it; nothing keeps them
public final class Settings {

  private static final Parameter[] ALL = Parameter.values();

  /** Nothing is set. */
  public static final Settings NONE = new Settings(new @Nullable String[ALL.length]);

  private final @Nullable String[] values;

  private Settings(@Nullable String[] values) {
    this.values = values;
  }

  /** The value of {@code parameter}, or null if this layer does not set it. */
  public @Nullable String get(Parameter parameter) {
    return values[parameter.ordinal()];
  }

  /** Whether {@code parameter} is set, if only to an empty value. */
  public boolean has(Parameter parameter) {
    return values[parameter.ordinal()] != null;
  }

  /** Whether nothing is set. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  /** What is set, in the order of the table. */
  public List<Parameter> parameters() {
    List<Parameter> result = new ArrayList<>();
    for (Parameter parameter : ALL) {
      if (has(parameter)) {
        result.add(parameter);
      }
    }
    return result;
  }

  /** The same with {@code parameter} set to {@code canonical}; null: not set. */
  public Settings with(Parameter parameter, @Nullable String canonical) {
    @Nullable String[] copy = values.clone();
    copy[parameter.ordinal()] = canonical;
    return new Settings(copy);
  }

  /** These settings, and those of {@code below} where these say nothing. */
  public Settings over(Settings below) {
    @Nullable String[] copy = values.clone();
    for (int i = 0; i < copy.length; i++) {
      if (copy[i] == null) {
        copy[i] = below.values[i];
      }
    }
    return new Settings(copy);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Settings settings && Arrays.equals(values, settings.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Parameter parameter : parameters()) {
      out.append(out.isEmpty() ? "" : " ").append(parameter).append('=').append(get(parameter));
    }
    return out.toString();
  }

  /** Collects values one by one; {@link Repeat} says what a second one means. */
  public static final class Builder {

    private final @Nullable String[] values = new @Nullable String[ALL.length];

    /**
     * Adds a value.
     *
     * @return false if there is one already and the first counts: this one is passed over
     */
    public boolean add(Parameter parameter, String canonical) {
      int index = parameter.ordinal();
      String old = values[index];
      if (old == null || parameter.repeat() == Repeat.LAST) {
        values[index] = canonical;
      } else if (parameter.repeat() == Repeat.LIST) {
        values[index] = ListValues.join(parameter.type(), old, canonical);
      } else {
        return false;
      }
      return true;
    }

    /**
     * Adds an option of the command line, read by {@link Parameters#parseOption}.
     *
     * @return what was read; {@link BadValue} if it was not added
     */
    public OptionValue addOption(String option, String text) {
      OptionValue read = Parameters.parseOption(option, text);
      if (read instanceof OptionValue.Accepted accepted) {
        Parameter parameter = accepted.parameter();
        boolean once = parameter == Parameter.IFNAME || parameter == Parameter.BRIDGE;
        if (!add(parameter, accepted.canonical()) && once) {
          return new BadValue(
              List.of("Multiple use of --" + option + " option not allowed"), BadValue.VALUE);
        }
      }
      return read;
    }

    /** What was collected. */
    public Settings build() {
      return new Settings(values.clone());
    }
  }
}
