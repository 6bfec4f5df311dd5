package org.vzj.cli.ploop;

/** Why a command of ploop did not do what it was asked for. */
final class PloopException extends Exception {
  private static final long serialVersionUID = 1L;

  private final PloopStatus status;

  PloopException(PloopStatus status, String message) {
    super(message);
    this.status = status;
  }

  PloopStatus status() {
    return status;
  }
}
