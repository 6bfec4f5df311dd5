package org.vzj.linux.file;

import java.io.IOException;

/** A system call on a file that failed: what was done, to what, and the kernel's error number. */
public final class FileCallException extends IOException {
  private static final long serialVersionUID = 1L;
  private final String what;
  private final int errno;

  /**
   * @param what the operation and its object, as in {@code cannot remove etc/passwd}
   * @param errno the kernel's error, positive
   */
  public FileCallException(String what, int errno) {
    super(what + ": " + Errno.text(errno));
    this.what = what;
    this.errno = errno;
  }

  /** The operation and its object. */
  String what() {
    return what;
  }

  /** The kernel's error number; see {@link Errno}. */
  public int errno() {
    return errno;
  }
}
