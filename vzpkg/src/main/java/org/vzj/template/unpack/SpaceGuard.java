package org.vzj.template.unpack;

import java.nio.file.Path;
import org.vzj.linux.file.FileCallException;
import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.FileSystemSpace;
import org.vzj.template.TemplateException;
import org.vzj.template.TemplateException.Kind;

/**
 * Sees to it that an archive does not fill the file system: a file is refused by its declared size
 * before it is written. The figures are the kernel's own, asked again now and then because others
 * write too.
 */
final class SpaceGuard {
  private static final long MAX_DEFAULT_RESERVE = 64L << 20;
  private static final long ASK_AGAIN_BYTES = 32L << 20;
  private static final long ASK_AGAIN_ENTRIES = 4096;

  private final FileCalls calls;
  private final int fd;
  private final Path target;
  private final long reserve;
  private final boolean limitsInodes;
  private final long blockSize;
  private long bytesLeft;
  private long inodesLeft = Long.MAX_VALUE;
  private long bytesSinceAsked;
  private long inodesSinceAsked;
  private long total;
  private long entries;

  /**
   * @param fd the target directory
   * @param reserve bytes to leave free, -1 for a hundredth of the file system, 64 MiB at most
   */
  SpaceGuard(FileCalls calls, int fd, Path target, long reserve) throws FileCallException {
    this.calls = calls;
    this.fd = fd;
    this.target = target;
    FileSystemSpace space = calls.space(fd);
    this.reserve = reserve >= 0 ? reserve : Math.min(MAX_DEFAULT_RESERVE, space.totalBytes() / 100);
    this.limitsInodes = space.limitsInodes();
    this.blockSize = space.blockSize();
    take(space);
  }

  /** Refuses an archive whose estimated contents do not fit. */
  void estimate(long bytes) throws TemplateException {
    if (bytes > bytesLeft) {
      throw full(bytes);
    }
  }

  /**
   * True if {@code bytes} seem not to fit: then what is under way is to be settled before asking.
   */
  boolean isShort(long bytes) {
    return rounded(bytes) > bytesLeft;
  }

  private long rounded(long bytes) {
    return bytes > Long.MAX_VALUE / 2 ? bytes : -(-bytes & -blockSize);
  }

  /** One more entry with {@code bytes} of contents to be written. */
  void charge(long bytes) throws TemplateException, FileCallException {
    long rounded = rounded(bytes);
    total += Math.min(rounded, Long.MAX_VALUE / 4);
    entries++;
    if (rounded > bytesLeft
        || bytesSinceAsked > ASK_AGAIN_BYTES
        || inodesSinceAsked > ASK_AGAIN_ENTRIES) {
      take(calls.space(fd));
    }
    if (rounded > bytesLeft) {
      throw full(total);
    }
    if (inodesLeft < 1) {
      throw new TemplateException(
          Kind.NO_SPACE,
          "Insufficient inodes in " + target + "; available: 0, needed: more than " + entries);
    }
    bytesLeft -= rounded;
    inodesLeft--;
    bytesSinceAsked += rounded;
    inodesSinceAsked++;
  }

  private void take(FileSystemSpace space) {
    bytesLeft = Math.max(0, space.availableBytes() - reserve);
    // Of inodes our own count may be the lower one: some entries are still under way. Of bytes the
    // file system's counts: it may compress.
    inodesLeft = limitsInodes ? Math.min(inodesLeft, space.freeInodes()) : Long.MAX_VALUE;
    bytesSinceAsked = 0;
    inodesSinceAsked = 0;
  }

  private TemplateException full(long needed) {
    return new TemplateException(
        Kind.NO_SPACE,
        "Insufficient disk space in "
            + target
            + "; available: "
            + bytesLeft / 1024
            + ", needed: "
            + (needed + 1023) / 1024);
  }
}
