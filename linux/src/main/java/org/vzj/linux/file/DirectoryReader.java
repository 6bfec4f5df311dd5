package org.vzj.linux.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Reads the names in a directory by getdents64(2), one buffer at a time: getdents(2) describes the
 * records. Belongs to one thread.
 */
final class DirectoryReader {
  /** d_type of a directory; DT_UNKNOWN is 0 on file systems that do not say. */
  static final int TYPE_DIRECTORY = 4;

  static final int TYPE_UNKNOWN = 0;
  private static final int BUFFER_BYTES = 32 << 10;
  private static final int TYPE_OFFSET = 18;
  private static final int NAME_OFFSET = 19;

  private final FileCalls calls;
  private final MemorySegment buffer;

  /** One buffer's worth of entries; reused for each level of a recursion by copying. */
  private byte[] bytes = new byte[0];

  private int position;
  private int type;

  DirectoryReader(FileCalls calls, Arena arena) {
    this.calls = calls;
    this.buffer = arena.allocate(BUFFER_BYTES, 8);
  }

  /**
   * Reads the next buffer of entries.
   *
   * @return true if there are any, false at the end of the directory
   */
  boolean fill(int fd) throws FileCallException {
    long length = calls.entries(fd, buffer.address(), BUFFER_BYTES);
    if (length < 0) {
      throw new FileCallException("cannot read a directory", (int) -length);
    }
    bytes = buffer.asSlice(0, length).toArray(JAVA_BYTE);
    position = 0;
    return length > 0;
  }

  /** The state that a recursion must put back: entries read ahead and where we are in them. */
  static final class Mark {
    private final byte[] bytes;
    private final int position;

    private Mark(byte[] bytes, int position) {
      this.bytes = bytes;
      this.position = position;
    }
  }

  Mark mark() {
    return new Mark(bytes, position);
  }

  void reset(Mark mark) {
    bytes = mark.bytes;
    position = mark.position;
  }

  /** The next name in the buffer, never "." or "..", or the empty string when used up. */
  String next() {
    while (position < bytes.length) {
      int record = position;
      int length = (bytes[record + 16] & 0xff) | (bytes[record + 17] & 0xff) << 8;
      position += length;
      type = bytes[record + TYPE_OFFSET];
      int end = record + NAME_OFFSET;
      while (bytes[end] != 0) {
        end++;
      }
      int start = record + NAME_OFFSET;
      boolean dots =
          bytes[start] == '.'
              && (end == start + 1 || (end == start + 2 && bytes[start + 1] == '.'));
      if (!dots) {
        return new String(bytes, start, end - start, ISO_8859_1);
      }
    }
    return "";
  }

  /** The d_type of the name that {@link #next} returned. */
  int type() {
    return type;
  }
}
