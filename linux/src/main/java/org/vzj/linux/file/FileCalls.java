package org.vzj.linux.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * File system calls for one thread: a thread makes its own and closes it. Names are strings of one
 * character per byte (ISO 8859-1), because a file name on Linux is bytes in no particular encoding.
 *
 * <p>Methods return what the kernel returns, or the negative error number ({@link Errno}): callers
 * know best what an error means for what they do, and often expect one.
 */
public final class FileCalls implements AutoCloseable {
  /** The directory descriptor that stands for the working directory. */
  public static final int AT_FDCWD = -100;

  /** For times: leave this one as it is. */
  public static final long TIME_OMIT = (1 << 30) - 2;

  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int CLONE_FS = 0x200;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int RENAME_NOREPLACE = 1;
  private static final int RENAME_EXCHANGE = 2;
  private static final int NAME_BYTES = 4096 + 64;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment errno = arena.allocate(NativeSyscall.ERRNO_BYTES, 8);
  private final MemorySegment names = arena.allocate(2 * NAME_BYTES, 8);
  private final MemorySegment struct = arena.allocate(512, 8);
  private final long nameAddress = names.address();
  private final long structAddress = struct.address();

  /** Opens {@code name} in {@code dir}; {@code mode} counts with CREAT. Returns a descriptor. */
  public int open(int dir, String name, int flags, int mode) {
    return (int) call(SyscallNumber.OPENAT, dir, name(name), flags | OpenFlag.CLOEXEC, mode);
  }

  /**
   * Opens a path of any depth beneath {@code dir} by openat2(2).
   *
   * @param resolve a sum of the RESOLVE constants of {@link OpenFlag}
   * @return a descriptor; -EXDEV, -ELOOP if the path leads out or through a link
   */
  public int openBeneath(int dir, String path, int flags, int resolve) {
    struct.set(JAVA_LONG, 0, flags | OpenFlag.CLOEXEC);
    struct.set(JAVA_LONG, 8, 0);
    struct.set(JAVA_LONG, 16, resolve);
    while (true) {
      int fd = (int) call(SyscallNumber.OPENAT2, dir, name(path), structAddress, 24);
      // EAGAIN: a rename somewhere on the host raced with "..": the kernel could not be sure.
      if (fd != -Errno.EAGAIN && fd != -Errno.EINTR) {
        return fd;
      }
    }
  }

  /** Closes a descriptor. */
  public int close(int fd) {
    return (int) call(SyscallNumber.CLOSE, fd, 0, 0, 0);
  }

  /** Reads up to {@code length} bytes to a native address. Returns the count, 0 at the end. */
  public long read(int fd, long address, long length) {
    long n;
    do {
      n = call(SyscallNumber.READ, fd, address, length, 0);
    } while (n == -Errno.EINTR);
    return n;
  }

  /**
   * Reads from a descriptor's position to its end.
   *
   * @param max no more bytes than this are read
   * @return what could be read
   */
  public byte[] readAll(int fd, int max) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment bytes = scratch.allocate(max);
      long done = 0;
      long n = read(fd, bytes.address(), max);
      while (n > 0) {
        done += n;
        n = read(fd, bytes.address() + done, max - done);
      }
      return bytes.asSlice(0, done).toArray(JAVA_BYTE);
    }
  }

  /** Writes all {@code length} bytes from a native address at the descriptor's position. */
  public long write(int fd, long address, long length) {
    long done = 0;
    while (done < length) {
      long n = call(SyscallNumber.WRITE, fd, address + done, length - done, 0);
      if (n > 0) {
        done += n;
      } else if (n != -Errno.EINTR) {
        return n == 0 ? -Errno.EIO : n;
      }
    }
    return done;
  }

  /** Writes all {@code length} bytes from a native address at {@code position}. */
  public long writeAt(int fd, long address, long length, long position) {
    long done = 0;
    while (done < length) {
      long n = call(SyscallNumber.PWRITE64, fd, address + done, length - done, position + done);
      if (n > 0) {
        done += n;
      } else if (n != -Errno.EINTR) {
        return n == 0 ? -Errno.EIO : n;
      }
    }
    return done;
  }

  /** Sets a file's size: what lies beyond its data is a hole. */
  public int truncate(int fd, long size) {
    return (int) call(SyscallNumber.FTRUNCATE, fd, size, 0, 0);
  }

  /** Moves a descriptor's position to the start, which also restarts a directory's listing. */
  public int rewind(int fd) {
    return (int) call(SyscallNumber.LSEEK, fd, 0, 0, 0);
  }

  /** Sets permission bits, with set-id and sticky bits, of an open file. */
  public int chmod(int fd, int mode) {
    return (int) call(SyscallNumber.FCHMOD, fd, mode, 0, 0);
  }

  /** Sets permission bits of {@code name} in {@code dir}. A symbolic link would be followed. */
  public int chmodAt(int dir, String name, int mode) {
    return (int) call(SyscallNumber.FCHMODAT, dir, name(name), mode, 0);
  }

  /** Sets the owners of an open file. Clears set-id bits and file capabilities. */
  public int chown(int fd, int uid, int gid) {
    return (int) call(SyscallNumber.FCHOWN, fd, uid, gid, 0);
  }

  /** Sets the owners of {@code name} in {@code dir}, of a link itself. */
  public int chownAt(int dir, String name, int uid, int gid) {
    return (int)
        NativeSyscall.call(
            errno, SyscallNumber.FCHOWNAT, dir, name(name), uid, gid, AT_SYMLINK_NOFOLLOW, 0);
  }

  /** Sets the modification time of an open file: seconds since 1970 and nanoseconds. */
  public int setModified(int fd, long seconds, int nanos) {
    times(seconds, nanos);
    return (int) call(SyscallNumber.UTIMENSAT, fd, 0, structAddress, 0);
  }

  /** Sets the modification time of {@code name} in {@code dir}, of a link itself. */
  public int setModifiedAt(int dir, String name, long seconds, int nanos) {
    times(seconds, nanos);
    return (int) call(SyscallNumber.UTIMENSAT, dir, name(name), structAddress, AT_SYMLINK_NOFOLLOW);
  }

  /** Makes a directory. */
  public int mkdir(int dir, String name, int mode) {
    return (int) call(SyscallNumber.MKDIRAT, dir, name(name), mode, 0);
  }

  /** Makes a device node or FIFO; {@code mode} holds the type (S_IFCHR…), see mknod(2). */
  public int mknod(int dir, String name, int mode, int major, int minor) {
    long device =
        (minor & 0xff)
            | ((major & 0xfffL) << 8)
            | ((minor & ~0xffL) << 12)
            | ((major & ~0xfffL) << 32);
    return (int) call(SyscallNumber.MKNODAT, dir, name(name), mode, device);
  }

  /** Makes a symbolic link that says {@code target}. */
  public int symlink(String target, int dir, String name) {
    return (int) call(SyscallNumber.SYMLINKAT, name(target), dir, secondName(name), 0);
  }

  /** Makes a hard link; a symbolic link is itself linked, not what it leads to. */
  public int link(int oldDir, String oldName, int newDir, String newName) {
    return (int) call(SyscallNumber.LINKAT, oldDir, name(oldName), newDir, secondName(newName));
  }

  /** Removes a name that is not a directory. */
  public int unlink(int dir, String name) {
    return (int) call(SyscallNumber.UNLINKAT, dir, name(name), 0, 0);
  }

  /** Removes an empty directory. */
  public int rmdir(int dir, String name) {
    return (int) call(SyscallNumber.UNLINKAT, dir, name(name), AT_REMOVEDIR, 0);
  }

  /** Renames; an existing new name is -EEXIST. */
  public int rename(int oldDir, String oldName, int newDir, String newName) {
    long from = name(oldName);
    return (int)
        NativeSyscall.call(
            errno,
            SyscallNumber.RENAMEAT2,
            oldDir,
            from,
            newDir,
            secondName(newName),
            RENAME_NOREPLACE,
            0);
  }

  /** Makes two paths, both of which are there on one file system, change places in one step. */
  public int exchange(String one, String other) {
    long from = name(one);
    return (int)
        NativeSyscall.call(
            errno,
            SyscallNumber.RENAMEAT2,
            AT_FDCWD,
            from,
            AT_FDCWD,
            secondName(other),
            RENAME_EXCHANGE,
            0);
  }

  /** Sets an extended attribute of an open file. */
  public int setAttribute(int fd, String attribute, byte[] value) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment bytes = scratch.allocate(Math.max(1, value.length));
      MemorySegment.copy(value, 0, bytes, JAVA_BYTE, 0, value.length);
      return (int)
          call(SyscallNumber.FSETXATTR, fd, name(attribute), bytes.address(), value.length);
    }
  }

  /** Removes an extended attribute of an open file; -ENODATA if there is none. */
  public int removeAttribute(int fd, String attribute) {
    return (int) call(SyscallNumber.FREMOVEXATTR, fd, name(attribute), 0, 0);
  }

  /**
   * What the file system of an open file has left.
   *
   * @throws FileCallException if the kernel cannot say
   */
  public FileSystemSpace space(int fd) throws FileCallException {
    int result = (int) call(SyscallNumber.FSTATFS, fd, structAddress, 0, 0);
    if (result < 0) {
      throw new FileCallException("cannot see the free space", -result);
    }
    return new FileSystemSpace(
        struct.get(JAVA_LONG, 8),
        struct.get(JAVA_LONG, 16),
        struct.get(JAVA_LONG, 32),
        struct.get(JAVA_LONG, 40),
        struct.get(JAVA_LONG, 48));
  }

  /** Reads directory entries (linux_dirent64) to a native address; 0 at the end. */
  long entries(int fd, long address, long length) {
    return call(SyscallNumber.GETDENTS64, fd, address, length, 0);
  }

  /** Makes a pipe. Returns the descriptor to read from, then the one to write to. */
  public int[] pipe() throws FileCallException {
    int result = (int) call(SyscallNumber.PIPE2, structAddress, OpenFlag.CLOEXEC, 0, 0);
    if (result < 0) {
      throw new FileCallException("cannot make a pipe", -result);
    }
    return new int[] {struct.get(JAVA_INT, 0), struct.get(JAVA_INT, 4)};
  }

  /** Asks for a pipe's capacity in bytes; the kernel may refuse, which does no harm. */
  public int setPipeSize(int fd, int bytes) {
    return (int) call(SyscallNumber.FCNTL, fd, F_SETPIPE_SZ, bytes, 0);
  }

  /**
   * Gives the calling thread its own umask, 0, so that files get the modes asked for. Other threads
   * keep theirs; the thread keeps it to its end.
   *
   * @return false if the kernel refused: then modes must be set after creation
   */
  public boolean clearUmaskOfThread() {
    if (call(SyscallNumber.UNSHARE, CLONE_FS, 0, 0, 0) < 0) {
      return false;
    }
    call(SyscallNumber.UMASK, 0, 0, 0, 0);
    return true;
  }

  @Override
  public void close() {
    arena.close();
  }

  private void times(long seconds, int nanos) {
    struct.set(JAVA_LONG, 0, 0);
    struct.set(JAVA_LONG, 8, TIME_OMIT);
    struct.set(JAVA_LONG, 16, seconds);
    struct.set(JAVA_LONG, 24, nanos);
  }

  private long call(SyscallNumber number, long a, long b, long c, long d) {
    return NativeSyscall.call(errno, number, a, b, c, d, 0, 0);
  }

  private long name(String name) {
    put(name, 0);
    return nameAddress;
  }

  private long secondName(String name) {
    put(name, NAME_BYTES);
    return nameAddress + NAME_BYTES;
  }

  private void put(String name, int offset) {
    int length = name.length();
    if (length >= NAME_BYTES) {
      // Longer than any path the kernel takes: let it say so rather than cut the name.
      length = NAME_BYTES - 1;
    }
    byte[] bytes = name.getBytes(ISO_8859_1);
    MemorySegment.copy(bytes, 0, names, JAVA_BYTE, offset, length);
    names.set(JAVA_BYTE, offset + length, (byte) 0);
  }
}
