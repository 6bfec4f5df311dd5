package org.vzj.cli.commands;

import java.util.List;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Target;

/** What a command does to one container, its options already understood. */
public interface Work {
  /**
   * Does it.
   *
   * @return the exit status, 0 for success
   */
  int run(Target target) throws VzException;

  /** Returns what {@link #run} would do, a line each, changing nothing ({@code --dry-run}). */
  default List<String> plan(Target target) throws VzException {
    return List.of("nothing is changed by this command");
  }
}
