package org.vzj.cli.commands;

import org.vzj.container.ExitCode;
import org.vzj.container.Messages;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchReport;

/** The exit status that the end of a process inside makes. */
final class Results {
  private Results() {}

  /**
   * Returns the command's own status; one that a signal ended gives 3, as in OpenVZ.
   *
   * @throws VzException if it could not be started: BAD_TEMPLATE if there is no such program
   */
  static int status(LaunchReport report, Messages messages) throws VzException {
    // Not a switch over the types: the JVM makes one of those anew at each start.
    if (report instanceof LaunchReport.Exited exited) {
      return exited.status();
    }
    if (report instanceof LaunchReport.Signalled signalled) {
      messages.warn("Got signal " + signalled.signal());
      return ExitCode.SYSTEM.number();
    }
    if (!(report instanceof LaunchReport.Failed failed)) {
      return 0;
    }
    if (failed.what().startsWith("exec ") || failed.what().startsWith("try-exec ")) {
      throw new VzException(
          ExitCode.BAD_TEMPLATE, "Unable to execute in the container: " + failed.text());
    }
    if (failed.errno().equals("ESRCH")) {
      throw new VzException(ExitCode.NOT_RUNNING, "Container is not running");
    }
    throw new VzException(ExitCode.SYSTEM, "Unable to enter the container: " + failed.text());
  }
}
