package org.vzj.linux.launch;

/** How a plan ended. */
public sealed interface LaunchReport {
  /** All steps were executed; the plan started nothing that one could wait for. */
  record Done() implements LaunchReport {}

  /**
   * The container's init runs.
   *
   * @param pid its process id on the host
   */
  record Started(long pid) implements LaunchReport {}

  /**
   * The process that the plan started has ended by itself.
   *
   * @param status its exit status, 0 to 255
   */
  record Exited(int status) implements LaunchReport {}

  /**
   * The process that the plan started was ended by a signal.
   *
   * @param signal the signal's number, see signal(7)
   */
  record Signalled(int signal) implements LaunchReport {}

  /**
   * A step failed, and nothing that the plan had begun is left running. Mounts and files that host
   * steps before it made on the host remain.
   *
   * @param step the step's number, from 1; 0 if the failure is the launcher's own
   * @param what the step in short, such as {@code mount proc /proc}
   * @param errno the error's symbolic name, such as {@code ENOENT}
   * @param message the error in words
   */
  record Failed(int step, String what, String errno, String message) implements LaunchReport {
    /** The failure in one line, such as {@code step 12 (mount proc /proc): EPERM Operation…}. */
    public String text() {
      return "step " + step + " (" + what + "): " + errno + " " + message;
    }
  }

  /**
   * Reads a report as the launcher's C program writes it.
   *
   * @param text one line; an empty one means that the launcher ended without any report
   * @param status the launcher's own exit status, told if there is no report
   */
  static LaunchReport parse(String text, int status) {
    String line = text.strip();
    if (line.equals("done")) {
      return new Done();
    }
    int space = line.indexOf(' ');
    String verb = space < 0 ? "" : line.substring(0, space);
    String rest = line.substring(space + 1);
    try {
      switch (verb) {
        case "ok" -> {
          return new Started(Long.parseLong(rest));
        }
        case "exit" -> {
          return new Exited(Integer.parseInt(rest));
        }
        case "signal" -> {
          return new Signalled(Integer.parseInt(rest));
        }
        case "step" -> {
          return failure(rest);
        }
        default -> {
          // Not a report.
        }
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      // Falls through to the report about a report that cannot be read.
    }
    String ended = status > 128 ? "was killed by signal " + (status - 128) : "left with " + status;
    return new Failed(0, "vzlaunch", "EPROTO", "the launcher " + ended + " and gave no report");
  }

  // "12 (mount proc /proc): EPERM Operation not permitted"; the text may itself hold "): ", the
  // errno and the message never do.
  private static Failed failure(String text) {
    int open = text.indexOf(" (");
    int close = text.lastIndexOf("): ");
    String errno = text.substring(close + 3);
    int space = errno.indexOf(' ');
    String message = space < 0 ? "" : errno.substring(space + 1);
    return new Failed(
        Integer.parseInt(text.substring(0, open)),
        text.substring(open + 2, close),
        space < 0 ? errno : errno.substring(0, space),
        message);
  }
}
