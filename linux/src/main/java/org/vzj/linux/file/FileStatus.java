package org.vzj.linux.file;

/**
 * What statx(2) says of a file.
 *
 * @param mode type and permission bits
 * @param links how many names it has
 * @param uid its owner
 * @param gid its group
 * @param inode its number
 * @param size in bytes
 * @param blocks of 512 bytes that it takes
 * @param seconds of its modification time
 * @param nanos of the same
 * @param major of a device node
 * @param minor of the same
 * @param device major and minor of the file system that it is on
 */
public record FileStatus(
    int mode,
    int links,
    int uid,
    int gid,
    long inode,
    long size,
    long blocks,
    long seconds,
    int nanos,
    int major,
    int minor,
    long device) {
  static final int TYPE = 0170000;
  static final int FIFO = 0010000;
  static final int CHARACTER = 0020000;
  static final int DIRECTORY = 0040000;
  static final int BLOCK = 0060000;
  static final int REGULAR = 0100000;
  static final int LINK = 0120000;
  static final int SOCKET = 0140000;

  /** Its type, one of the constants. */
  int type() {
    return mode & TYPE;
  }

  /** Its permission bits with set-id and sticky bits. */
  int bits() {
    return mode & 07777;
  }
}
