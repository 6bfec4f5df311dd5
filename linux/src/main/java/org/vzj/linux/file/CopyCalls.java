package org.vzj.linux.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls that only a copy needs, for one thread, as {@link FileCalls}. */
final class CopyCalls implements AutoCloseable {
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int STATX_BASIC = 0x7ff;
  private static final int FICLONE = 0x40049409;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final int NAME_BYTES = 4200;
  private static final int VALUE_BYTES = 65_536;
  private static final int BUFFER_BYTES = 1 << 20;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment errno = arena.allocate(NativeSyscall.ERRNO_BYTES, 8);
  private final MemorySegment name = arena.allocate(NAME_BYTES, 8);
  private final MemorySegment struct = arena.allocate(256, 8);
  private final MemorySegment values = arena.allocate(VALUE_BYTES, 8);
  private @Nullable MemorySegment buffer;

  /** Looks at an open file. */
  FileStatus status(int fd) throws FileCallException {
    return status(fd, "", AT_EMPTY_PATH);
  }

  /** Looks at a name in a directory; a link is not followed. */
  FileStatus status(int dir, String file) throws FileCallException {
    return status(dir, file, AT_SYMLINK_NOFOLLOW);
  }

  private FileStatus status(int dir, String file, int flags) throws FileCallException {
    long result =
        NativeSyscall.call(
            errno, SyscallNumber.STATX, dir, put(file), flags, STATX_BASIC, struct.address(), 0);
    if (result < 0) {
      throw new FileCallException("cannot look at it", (int) -result);
    }
    return new FileStatus(
        Short.toUnsignedInt(struct.get(JAVA_SHORT, 28)),
        struct.get(JAVA_INT, 16),
        struct.get(JAVA_INT, 20),
        struct.get(JAVA_INT, 24),
        struct.get(JAVA_LONG, 32),
        struct.get(JAVA_LONG, 40),
        struct.get(JAVA_LONG, 48),
        struct.get(JAVA_LONG, 112),
        struct.get(JAVA_INT, 120),
        struct.get(JAVA_INT, 128),
        struct.get(JAVA_INT, 132),
        (long) struct.get(JAVA_INT, 136) << 32 | Integer.toUnsignedLong(struct.get(JAVA_INT, 140)));
  }

  /** Returns what a symbolic link says. */
  String readLink(int dir, String file) throws FileCallException {
    long length = call(SyscallNumber.READLINKAT, dir, put(file), values.address(), VALUE_BYTES);
    if (length < 0) {
      throw new FileCallException("cannot read the link", (int) -length);
    }
    return new String(values.asSlice(0, length).toArray(JAVA_BYTE), ISO_8859_1);
  }

  /** Returns the names of an open file's extended attributes; none where there cannot be any. */
  List<String> attributes(int fd) throws FileCallException {
    long length = call(SyscallNumber.FLISTXATTR, fd, values.address(), VALUE_BYTES, 0);
    if (length == 0 || length == -Errno.EOPNOTSUPP) {
      return List.of();
    }
    if (length < 0) {
      throw new FileCallException("cannot list its attributes", (int) -length);
    }
    List<String> names = new ArrayList<>();
    byte[] bytes = values.asSlice(0, length).toArray(JAVA_BYTE);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        names.add(new String(bytes, start, i - start, ISO_8859_1));
        start = i + 1;
      }
    }
    return names;
  }

  /** Returns an attribute's value. */
  byte[] attribute(int fd, String attribute) throws FileCallException {
    long length = call(SyscallNumber.FGETXATTR, fd, put(attribute), values.address(), VALUE_BYTES);
    if (length < 0) {
      throw new FileCallException("cannot read its attribute " + attribute, (int) -length);
    }
    return values.asSlice(0, length).toArray(JAVA_BYTE);
  }

  /** Lets a file share all of another's blocks; -EOPNOTSUPP, -EXDEV, -EINVAL if that cannot be. */
  int share(int from, int to) {
    return (int) call(SyscallNumber.IOCTL, to, FICLONE, from, 0);
  }

  /** Returns where the next data begins at or after {@code position}; -ENXIO if nowhere. */
  long data(int fd, long position) {
    return call(SyscallNumber.LSEEK, fd, position, SEEK_DATA, 0);
  }

  /** Returns where the next hole begins. */
  long hole(int fd, long position) {
    return call(SyscallNumber.LSEEK, fd, position, SEEK_HOLE, 0);
  }

  /**
   * Copies a stretch of a file to the same place of another.
   *
   * @return how much; 0 at the end; a negative error number
   */
  long copy(int from, int to, long position, long length) {
    struct.set(JAVA_LONG, 0, position);
    struct.set(JAVA_LONG, 8, position);
    return NativeSyscall.call(
        errno,
        SyscallNumber.COPY_FILE_RANGE,
        from,
        struct.address(),
        to,
        struct.address() + 8,
        length,
        0);
  }

  /** As {@link #copy}, through memory: across file systems, or where the kernel cannot. */
  long copyByHand(FileCalls calls, int from, int to, long position, long length) {
    MemorySegment bytes = buffer;
    if (bytes == null) {
      bytes = arena.allocate(BUFFER_BYTES, 8);
      buffer = bytes;
    }
    long moved = call(SyscallNumber.LSEEK, from, position, 0, 0);
    if (moved < 0) {
      return moved;
    }
    long read = calls.read(from, bytes.address(), Math.min(length, BUFFER_BYTES));
    return read <= 0 ? read : calls.writeAt(to, bytes.address(), read, position);
  }

  @Override
  public void close() {
    arena.close();
  }

  private long call(SyscallNumber number, long a, long b, long c, long d) {
    return NativeSyscall.call(errno, number, a, b, c, d, 0, 0);
  }

  private long put(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    int length = Math.min(bytes.length, NAME_BYTES - 1);
    MemorySegment.copy(bytes, 0, name, JAVA_BYTE, 0, length);
    name.set(JAVA_BYTE, length, (byte) 0);
    return name.address();
  }
}
