package org.vzj.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What the first superblock of an ext4 file system in a file says.
 *
 * @param blockSize bytes
 * @param blocks how many there are
 * @param freeBlocks as of the last time that it was written
 * @param inodes how many there are
 * @param freeInodes as above
 * @param quota whether the file system keeps usage by user and group itself
 * @param projects whether it does so by project, too
 */
record ExtSuperblock(
    long blockSize,
    long blocks,
    long freeBlocks,
    long inodes,
    long freeInodes,
    boolean quota,
    boolean projects) {
  private static final int OFFSET = 1024;
  private static final int MAGIC = 0xef53;
  private static final int FEATURE_QUOTA = 0x100;
  private static final int FEATURE_PROJECT = 0x2000;
  private static final int MAX_LOG = 6;

  /** Where the inode of the file with the accounts of projects is named. */
  private static final int PROJECT_FILE = 0x26c;

  /** Reads it; null if the file has no such file system. */
  static @Nullable ExtSuperblock read(Path image) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel file =
        FileChannel.open(image, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      while (bytes.hasRemaining()) {
        if (file.read(bytes, OFFSET + bytes.position()) < 0) {
          return null;
        }
      }
    }
    return parse(bytes);
  }

  /** Returns the size of the file system, bytes. */
  long size() {
    return blocks * blockSize;
  }

  /** Understands its 1024 bytes, see the kernel's fs/ext4/ext4.h. */
  static @Nullable ExtSuperblock parse(ByteBuffer bytes) {
    int log = bytes.getInt(0x18);
    if ((bytes.getShort(0x38) & 0xffff) != MAGIC || log < 0 || log > MAX_LOG) {
      return null;
    }
    return new ExtSuperblock(
        1024L << log,
        number(bytes, 0x4) | number(bytes, 0x150) << 32,
        number(bytes, 0xc) | number(bytes, 0x158) << 32,
        number(bytes, 0x0),
        number(bytes, 0x10),
        (bytes.getInt(0x64) & FEATURE_QUOTA) != 0,
        (bytes.getInt(0x64) & FEATURE_PROJECT) != 0 && bytes.getInt(PROJECT_FILE) != 0);
  }

  private static long number(ByteBuffer bytes, int at) {
    return bytes.getInt(at) & 0xffff_ffffL;
  }

  DiskUsage usage() {
    return new DiskUsage(
        (blocks - freeBlocks) * blockSize / 1024,
        blocks * blockSize / 1024,
        inodes - freeInodes,
        inodes);
  }
}
