package org.vzj.container;

/**
 * The exit codes of vzctl that this project uses, with OpenVZ's numbers (vzctl(8), "EXIT STATUS").
 */
public enum ExitCode {
  OK(0, "Success"),
  SET_UBC(1, "A beancounter could not be set"),
  SET_CPU(2, "A CPU parameter could not be set"),
  SYSTEM(3, "A system call failed"),
  BAD_KERNEL(5, "The kernel lacks something that containers need"),
  ENVIRONMENT(7, "The container's environment could not be made"),
  COMMAND_FAILED(8, "The command that exec ran failed, or could not be run"),
  LOCKED(9, "The container is locked by another command"),
  NO_GLOBAL_CONFIG(10, "The global configuration file, or that of the container, cannot be read"),
  NO_SCRIPT(11, "The script was not found"),
  NO_ACCESS(12, "Permission denied"),
  SET_CAPABILITY(13, "Capabilities could not be set"),
  NO_CONTAINER_CONFIG(14, "The container has no configuration file"),
  EXEC_TIMEOUT(15, "A command inside the container took too long"),
  INVALID_SYNTAX(20, "The command line is wrong"),
  INVALID_VALUE(21, "A value on the command line is wrong, or there is no such container"),
  VE_ROOT_NOT_SET(22, "VE_ROOT is not set"),
  VE_PRIVATE_NOT_SET(23, "VE_PRIVATE is not set"),
  TEMPLATE_NOT_SET(24, "TEMPLATE is not set"),
  NOT_ENOUGH_UBC(28, "A beancounter that is required is not set"),
  OSTEMPLATE_NOT_SET(29, "No template is specified"),
  NOT_RUNNING(31, "The container does not run"),
  RUNNING(32, "The container runs"),
  STOP_FAILED(33, "The container could not be stopped"),
  CANNOT_ADD_ADDRESS(34, "An IP address could not be set up"),
  NOT_MOUNTED(40, "The container is not mounted"),
  MOUNTED(41, "The container is mounted"),
  NO_PRIVATE_AREA(43, "The container has no private area"),
  PRIVATE_AREA_EXISTS(44, "The private area exists already"),
  NO_DISK_SPACE(46, "There is not enough disk space"),
  BAD_TEMPLATE(
      47, "The container has no init or no shell, or its files belong to the wrong user id"),
  PRIVATE_AREA_FAILED(48, "The private area could not be made"),
  ROOT_CREATE_FAILED(49, "The directory to mount the container on could not be made"),
  MOUNT_FAILED(50, "The container could not be mounted"),
  UMOUNT_FAILED(51, "The container could not be unmounted"),
  DELETE_FAILED(52, "The private area could not be removed"),
  DQ_ON(60, "Disk quota could not be turned on"),
  DQ_INIT(61, "Disk quota could not be initialized"),
  DQ_SET(62, "Limits of disk quota could not be set"),
  DISKSPACE_NOT_SET(63, "DISKSPACE is not set"),
  DISKINODES_NOT_SET(64, "DISKINODES is not set"),
  SET_USER_QUOTA(65, "Quota of users and groups inside could not be set"),
  DQ_OFF(66, "Disk quota could not be turned off"),
  CHANGE_PASSWORD(74, "The password could not be changed"),
  LOCKDIR_NOT_SET(77, "LOCKDIR is not set"),
  ADDRESS_IN_USE(78, "An IP address is in use by another container"),
  ACTION_SCRIPT(79, "An action script failed"),
  COPY_CONFIG(82, "A configuration could not be copied, or there is no such sample"),
  INVALID_CONFIG(85, "The configuration is wrong"),
  SET_DEVICES(86, "Access to devices could not be set"),
  OSTEMPLATE_NOT_FOUND(91, "The template was not found"),
  PLOOP_UNSUPPORTED(99, "The ploop layout is not supported"),
  NETDEV(104, "A network device of the host could not be moved"),
  START_DISABLED(105, "Starting the container is disabled"),
  NO_DIST_CONFIG(107, "The configuration of the distribution was not found"),
  APPLY_CONFIG(109, "The sample configuration could not be applied"),
  VETH(130, "A virtual Ethernet device could not be set up"),
  SET_MEMINFO(129, "What /proc/meminfo shows could not be set"),
  SET_NAME(131, "The name could not be set"),
  WAIT_FAILED(133, "Waiting for the container to boot failed"),
  CONFIG_SAVE(139, "The configuration could not be saved"),
  SET_IO(148, "A disk I/O parameter could not be set"),
  NO_IMAGE(150, "The image of the container's disk was not found"),
  CREATE_IMAGE(151, "The image of the container's disk could not be made"),
  MOUNT_IMAGE(152, "The image of the container's disk could not be mounted"),
  UMOUNT_IMAGE(153, "The image of the container's disk could not be unmounted"),
  RESIZE_IMAGE(154, "The container's disk could not be resized"),
  CONVERT_IMAGE(155, "The container could not be converted to another layout"),
  CREATE_SNAPSHOT(156, "A snapshot could not be made"),
  MERGE_SNAPSHOT(157, "A snapshot could not be merged"),
  DELETE_SNAPSHOT(158, "A snapshot could not be removed"),
  SWITCH_SNAPSHOT(159, "The container could not be switched to a snapshot"),
  MOUNT_SNAPSHOT(160, "A snapshot could not be mounted"),
  UMOUNT_SNAPSHOT(161, "A snapshot could not be unmounted"),
  COMPACT_IMAGE(166, "The image of the container's disk could not be compacted"),
  LIST_SNAPSHOT(167, "Snapshots could not be listed");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** Returns the number that the process exits with, 0 to 255. */
  public int number() {
    return number;
  }

  /** Returns what it says, in a sentence without its full stop. */
  public String meaning() {
    return meaning;
  }
}
