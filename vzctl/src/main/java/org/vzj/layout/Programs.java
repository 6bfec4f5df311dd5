package org.vzj.layout;

import java.io.IOException;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;

/** Programs of the host that layouts use. */
final class Programs {
  private Programs() {}

  /**
   * Runs a program to its end.
   *
   * @param code of the error, if it cannot be started or fails
   * @return what it printed
   */
  static String run(ExitCode code, String... argv) throws VzException {
    CommandResult result = result(code, argv);
    if (!result.ok()) {
      throw failed(code, result, argv);
    }
    return result.out();
  }

  /** Runs a program to its end, whatever its status. */
  static CommandResult result(ExitCode code, String... argv) throws VzException {
    try {
      return Commands.system().run(Command.of(argv));
    } catch (IOException e) {
      throw new VzException(code, "Unable to run " + argv[0] + ": " + e.getMessage(), e);
    }
  }

  /** The error of a program that failed: its own words. */
  static VzException failed(ExitCode code, CommandResult result, String... argv) {
    String words = result.err().isBlank() ? result.out() : result.err();
    return new VzException(
        code, argv[0] + " failed with status " + result.status() + ": " + words.strip());
  }
}
