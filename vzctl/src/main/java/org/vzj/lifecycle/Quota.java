package org.vzj.lifecycle;

import org.vzj.config.Parameter;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.DiskChange;

/** Turns a container's disk quota on and off by itself. */
public enum Quota {
  /** Limits as the configuration says. */
  ON(ExitCode.DQ_ON),
  /** No limits. */
  OFF(ExitCode.DQ_OFF),
  /** Looks through the files, and leaves it off. */
  INIT(ExitCode.DQ_INIT);

  private final ExitCode failure;

  Quota(ExitCode failure) {
    this.failure = failure;
  }

  /**
   * Does it.
   *
   * @throws VzException DQ_ON, DQ_OFF or DQ_INIT, also if DISK_QUOTA is not {@code yes}
   */
  public void run(Target target) throws VzException {
    if (target.layout().counted(target.volume()) == null) {
      target.messages().say("CT is on ploop, disk quota is obsoleted, skipping operation");
      return;
    }
    if (!target.config().isYes(Parameter.DISK_QUOTA)) {
      target.messages().say("Disk quota is not enabled, skipping operation");
      throw new VzException(failure, "");
    }
    Mount.requirePrivateArea(target);
    if (this == OFF) {
      DiskChange.turnOff(target);
    } else {
      DiskChange.turnOn(target, this == INIT);
    }
  }
}
