package org.vzj.linux.file;

/**
 * What a file system has left, from statfs(2).
 *
 * @param blockSize bytes in a block
 * @param blocks blocks of the whole file system
 * @param availableBlocks free blocks that an unprivileged user could have
 * @param inodes inodes of the whole file system; 0 where they are made as needed (btrfs)
 * @param freeInodes inodes left
 */
public record FileSystemSpace(
    long blockSize, long blocks, long availableBlocks, long inodes, long freeInodes) {
  /** Bytes available. */
  public long availableBytes() {
    return availableBlocks * blockSize;
  }

  /** Bytes of the whole file system. */
  public long totalBytes() {
    return blocks * blockSize;
  }

  /** True if the file system can run out of inodes before it runs out of blocks. */
  public boolean limitsInodes() {
    return inodes > 0;
  }
}
