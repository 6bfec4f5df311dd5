package org.vzj.linux.process;

import java.io.IOException;

/** Runs programs of the host. Tests give a recorder in place of the real one. */
@FunctionalInterface
public interface Commands {
  /** Runs them for real. */
  static Commands system() {
    return new SystemCommands();
  }

  /**
   * Runs a program to its end; no shell is involved.
   *
   * @return its exit status and output; a status other than 0 is a result, not an exception
   * @throws CommandTimeoutException if its time was up; it has been killed
   * @throws java.io.InterruptedIOException if the thread was interrupted; it has been killed
   * @throws IOException if it cannot be started, for instance because it is not installed
   */
  CommandResult run(Command command) throws IOException;

  /** Runs a program with default settings, see {@link Command#of(String...)}. */
  default CommandResult run(String... argv) throws IOException {
    return run(Command.of(argv));
  }
}
