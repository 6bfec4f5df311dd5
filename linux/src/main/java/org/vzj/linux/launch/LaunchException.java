package org.vzj.linux.launch;

import java.io.IOException;
import java.io.Serial;

/** A container's init could not be started; nothing of it is left running. */
public final class LaunchException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient LaunchReport.Failed failed;

  /** Carries the report of the step that failed. */
  public LaunchException(LaunchReport.Failed failed) {
    super(failed.text());
    this.failed = failed;
  }

  /** The step that failed, and why. */
  public LaunchReport.Failed failed() {
    return failed;
  }
}
