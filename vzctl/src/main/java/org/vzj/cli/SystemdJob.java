package org.vzj.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;

/** What systemd is doing with the service while it runs ExecStop. */
final class SystemdJob {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private SystemdJob() {}

  /**
   * Tells whether systemd stops the service only to start it again. ExecStop is the same for both;
   * the queue of jobs tells. If it cannot be asked, the host may be going down.
   *
   * @param environment of this process; systemd sets INVOCATION_ID
   */
  static boolean restarts(Map<String, String> environment) {
    if (!environment.containsKey("INVOCATION_ID")) {
      return false;
    }
    Command command =
        Command.of("systemctl", "list-jobs", "--no-legend", "--no-pager", "vz.service")
            .timeout(LIMIT);
    try {
      CommandResult result = Commands.system().run(command);
      return result.ok() && isRestart(result.out());
    } catch (IOException e) {
      return false;
    }
  }

  /** Understands lines such as {@code 1234 vz.service restart running}. */
  static boolean isRestart(String jobs) {
    for (String line : jobs.split("\n")) {
      String words = " " + line.strip().replaceAll("\\s+", " ") + " ";
      if (words.contains(" vz.service ") && words.contains("restart ")) {
        return true;
      }
    }
    return false;
  }
}
