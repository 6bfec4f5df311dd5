package org.vzj.container;

/**
 * The exit codes of vzctl that this project uses, with OpenVZ's numbers (vzctl(8), "EXIT STATUS").
 */
public enum ExitCode {
  OK(0),
  SET_UBC(1),
  SYSTEM(3),
  BAD_KERNEL(5),
  ENVIRONMENT(7),
  COMMAND_FAILED(8),
  LOCKED(9),
  NO_GLOBAL_CONFIG(10),
  NO_SCRIPT(11),
  NO_ACCESS(12),
  SET_CAPABILITY(13),
  NO_CONTAINER_CONFIG(14),
  EXEC_TIMEOUT(15),
  INVALID_SYNTAX(20),
  INVALID_VALUE(21),
  VE_ROOT_NOT_SET(22),
  VE_PRIVATE_NOT_SET(23),
  TEMPLATE_NOT_SET(24),
  NOT_ENOUGH_UBC(28),
  OSTEMPLATE_NOT_SET(29),
  NOT_RUNNING(31),
  RUNNING(32),
  STOP_FAILED(33),
  NOT_MOUNTED(40),
  MOUNTED(41),
  NO_PRIVATE_AREA(43),
  PRIVATE_AREA_EXISTS(44),
  NO_DISK_SPACE(46),
  BAD_TEMPLATE(47),
  PRIVATE_AREA_FAILED(48),
  ROOT_CREATE_FAILED(49),
  MOUNT_FAILED(50),
  UMOUNT_FAILED(51),
  DELETE_FAILED(52),
  DISKSPACE_NOT_SET(63),
  CHANGE_PASSWORD(74),
  LOCKDIR_NOT_SET(77),
  ACTION_SCRIPT(79),
  COPY_CONFIG(82),
  INVALID_CONFIG(85),
  SET_DEVICES(86),
  OSTEMPLATE_NOT_FOUND(91),
  PLOOP_UNSUPPORTED(99),
  START_DISABLED(105),
  NO_DIST_CONFIG(107),
  APPLY_CONFIG(109),
  SET_NAME(131),
  WAIT_FAILED(133),
  CONFIG_SAVE(139);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** Returns the number that the process exits with, 0 to 255. */
  public int number() {
    return number;
  }
}
