package org.vzj.cli.getopt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command line says, in its order.
 *
 * <p>getopt hands out options one by one and stops at the first error; therefore the options before
 * the error are here too, and a caller that acts on {@code --help} before it looks at {@link
 * #error} behaves like the originals.
 *
 * @param options the options up to the end or the first error
 * @param operands the other words
 * @param error getopt's message, with the program's name and without line end, or null
 */
public record GetoptResult(
    List<GetoptOccurrence> options, List<String> operands, @Nullable String error) {
  /** Tells whether an option was given before the first error. */
  public boolean has(String key) {
    return first(key) != null;
  }

  /** Returns the first value of an option, null if it was not given. */
  public @Nullable String first(String key) {
    for (GetoptOccurrence option : options) {
      if (option.key().equals(key)) {
        return option.value();
      }
    }
    return null;
  }

  /** Returns the last value of an option, null if it was not given. */
  public @Nullable String last(String key) {
    String value = null;
    for (GetoptOccurrence option : options) {
      if (option.key().equals(key)) {
        value = option.value();
      }
    }
    return value;
  }
}
