package org.vzj.linux.process;

import java.io.IOException;
import java.io.Serial;

/** A program took longer than it was given, and was killed. */
public final class CommandTimeoutException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** Names the program and the time in the message. */
  public CommandTimeoutException(String message) {
    super(message);
  }
}
