package org.vzj.linux.file;

/** Flags of openat(2) and openat2(2); some differ between x86-64 and arm64. */
public final class OpenFlag {
  public static final int RDONLY = 0;
  public static final int WRONLY = 1;
  public static final int RDWR = 2;
  public static final int CREAT = 0x40;
  public static final int EXCL = 0x80;
  public static final int NONBLOCK = 0x800;
  public static final int NOATIME = 0x40000;
  public static final int CLOEXEC = 0x80000;
  public static final int PATH = 0x200000;
  public static final int DIRECTORY = SyscallNumber.ARM64 ? 0x4000 : 0x10000;
  public static final int NOFOLLOW = SyscallNumber.ARM64 ? 0x8000 : 0x20000;

  /** openat2: a path that crosses a mount point fails with EXDEV. */
  public static final int RESOLVE_NO_XDEV = 0x01;

  /** openat2: no links of /proc that jump, as {@code /proc/self/fd/3}. */
  public static final int RESOLVE_NO_MAGICLINKS = 0x02;

  /** openat2: a symbolic link anywhere in the path fails with ELOOP. */
  public static final int RESOLVE_NO_SYMLINKS = 0x04;

  /** openat2: absolute paths and {@code ..} above the start fail with EXDEV. */
  public static final int RESOLVE_BENEATH = 0x08;

  /** How every path from outside is resolved: nothing can lead out of the tree. */
  public static final int RESOLVE_INSIDE =
      RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV;

  private OpenFlag() {}
}
