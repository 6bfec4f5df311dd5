package org.vzj.linux.launch;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;

/** A launched program has not ended within the time that its caller wanted to wait. */
public final class LaunchTimeoutException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** Says how long was waited. */
  public LaunchTimeoutException(Duration limit) {
    super("not ended within " + limit.toSeconds() + " s");
  }
}
