package org.vzj.config;

import org.jspecify.annotations.Nullable;

/** What an option of the command line says, or why it says nothing. */
public sealed interface OptionValue permits OptionValue.Accepted, BadValue {

  /**
   * A good value.
   *
   * @param parameter what it is a value of: for {@code --ram}, {@link Parameter#PHYSPAGES}
   * @param canonical the value in its canonical form
   * @param note a warning to print, or null
   */
  record Accepted(Parameter parameter, String canonical, @Nullable String note)
      implements OptionValue {}
}
