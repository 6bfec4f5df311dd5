package org.vzj.quota;

/** The exit codes of vzquota. */
public enum QuotaStatus {
  OK(0),
  SYSTEM(1),
  USAGE(2),
  SYSCALL(3),
  FILE(4),
  RUNNING(5),
  NOT_RUNNING(6),
  LOCKED(7),
  MOUNT_INSIDE(8),
  UGID_INACTIVE(9),
  DIRTY(10),
  NO_FILE(11),
  CONFIG(12),
  NO_MOUNT(13);

  private final int number;

  QuotaStatus(int number) {
    this.number = number;
  }

  /** What the process exits with. */
  public int number() {
    return number;
  }
}
