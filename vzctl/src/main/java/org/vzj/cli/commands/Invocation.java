package org.vzj.cli.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.ProgressBar;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptOccurrence;

/**
 * A command as it was called.
 *
 * @param session the caller's streams and environment
 * @param options the options in the order given
 * @param words what follows the container, for commands that take words
 * @param outputKept whether all that is said goes into the results, of several containers or as
 *     JSON: then nothing may be written past the messages
 */
public record Invocation(
    Session session, List<GetoptOccurrence> options, List<String> words, boolean outputKept) {
  /** Tells whether an option was given. */
  public boolean has(String key) {
    return value(key) != null;
  }

  /** Returns the first value given to an option, which is the one that counts; null if none. */
  public @Nullable String value(String key) {
    for (GetoptOccurrence option : options) {
      if (option.key().equals(key)) {
        return option.value();
      }
    }
    return null;
  }

  /**
   * Returns a bar for one container's work on a terminal, null where nothing is to be drawn.
   *
   * @param label what is being done
   * @param begin when it began, as System.nanoTime() tells
   */
  @Nullable ProgressBar progressBar(String label, long begin) {
    return session.terminal() && !outputKept ? new ProgressBar(session.err(), label, begin) : null;
  }
}
