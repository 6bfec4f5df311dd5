package org.vzj.layout.expanded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One image of a disk: what it does not have itself, the image below it has. */
interface Delta extends Closeable {
  /** Where it has what the disk has from some position on. */
  record Stretch(long offset, long length) {
    /** The offset of what it does not have. */
    static final long NONE = -1;

    boolean isHere() {
      return offset != NONE;
    }
  }

  /** Returns the size of the disk, in bytes. */
  long diskBytes();

  /**
   * Finds a position.
   *
   * @param position from 0 to {@link #diskBytes}
   * @return where it is in the file, and how far that holds: at least one byte
   */
  Stretch find(long position) throws IOException;

  /**
   * Reads from the file.
   *
   * @param offset as {@link #find} said
   * @throws IOException if the file ends before the buffer is full
   */
  void read(long offset, ByteBuffer into) throws IOException;

  /** Tells whether a driver had it open when it was copied, or died. */
  boolean inUse();

  @Override
  void close() throws IOException;
}
