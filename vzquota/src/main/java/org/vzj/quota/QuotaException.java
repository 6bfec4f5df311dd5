package org.vzj.quota;

/** Why a command on a quota failed, and what it exits with. */
public final class QuotaException extends Exception {
  private static final long serialVersionUID = 1L;
  private final QuotaStatus status;

  /**
   * @param message one line, empty if nothing is to be said
   */
  public QuotaException(QuotaStatus status, String message) {
    super(message);
    this.status = status;
  }

  /** What the command exits with. */
  public QuotaStatus status() {
    return status;
  }

  /** What is to be said. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
