package org.vzj.cli.ploop;

import org.vzj.container.ExitCode;

/** Exit statuses of ploop(8), as far as they occur here. */
enum PloopStatus {
  OK(0),
  CREATE(1),
  IMAGE(11),
  SYSTEM(12),
  MOUNT(21),
  UMOUNT(22),
  RESIZE(26),
  IN_USE(37),
  PARAMETER(38),
  DESCRIPTOR(39),
  NOT_MOUNTED(40),
  FSCK(41),
  NO_SNAPSHOT(43);

  private final int number;

  PloopStatus(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** What vzctl's reasons are called here. */
  static PloopStatus of(int reason) {
    if (reason == ExitCode.NO_IMAGE.number() || reason == ExitCode.CONVERT_IMAGE.number()) {
      return IMAGE;
    }
    if (reason == ExitCode.CREATE_IMAGE.number()) {
      return CREATE;
    }
    if (reason == ExitCode.MOUNT_IMAGE.number()) {
      return MOUNT;
    }
    if (reason == ExitCode.UMOUNT_IMAGE.number()) {
      return UMOUNT;
    }
    if (reason == ExitCode.RESIZE_IMAGE.number()) {
      return RESIZE;
    }
    if (reason == ExitCode.DELETE_SNAPSHOT.number()) {
      return IN_USE;
    }
    return reason == ExitCode.SWITCH_SNAPSHOT.number() ? NO_SNAPSHOT : SYSTEM;
  }
}
