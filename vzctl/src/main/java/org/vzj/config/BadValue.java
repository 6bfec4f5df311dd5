package org.vzj.config;

import java.util.List;

/**
 * Why a value of the command line is none.
 *
 * @param lines what to print, each on a line of its own: {@code Bad parameter for --opt: VAL},
 *     before it what exactly is wrong, if that is known
 * @param exitCode 20 for a wrong combination, 21 for a wrong value
 */
public record BadValue(List<String> lines, int exitCode) implements OptionValue {

  static final int USAGE = 20;
  static final int VALUE = 21;
}
