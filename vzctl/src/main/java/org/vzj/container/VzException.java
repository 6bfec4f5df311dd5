package org.vzj.container;

import org.jspecify.annotations.Nullable;

/**
 * An operation on a container that could not be done: what to tell the user, and vzctl's exit code.
 */
public final class VzException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param code the exit code, as in the reference
   * @param message one line (or several) naming the operation, the object, the cause, the remedy
   */
  public VzException(ExitCode code, String message) {
    this(code.number(), message, null);
  }

  /** As above, keeping the cause. */
  public VzException(ExitCode code, String message, @Nullable Throwable cause) {
    this(code.number(), message, cause);
  }

  private VzException(int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** Returns an error that ends vzctl with a status that a command or a script gave, 0 to 255. */
  public static VzException ofStatus(int status, String message) {
    return new VzException(status, message, null);
  }

  /** Returns the exit status of vzctl for this error. */
  public int status() {
    return status;
  }

  /** Returns the message, never null. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
