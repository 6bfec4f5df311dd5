package org.vzj.linux.file;

/**
 * The system calls that this package makes, with their numbers on x86-64 ({@code
 * arch/x86/entry/syscalls/syscall_64.tbl}) and on arm64 ({@code
 * include/uapi/asm-generic/unistd.h}).
 */
enum SyscallNumber {
  READ(0, 63),
  WRITE(1, 64),
  CLOSE(3, 57),
  LSEEK(8, 62),
  IOCTL(16, 29),
  PWRITE64(18, 68),
  FCNTL(72, 25),
  FTRUNCATE(77, 46),
  FCHMOD(91, 52),
  FCHOWN(93, 55),
  UMASK(95, 166),
  FSTATFS(138, 44),
  FSETXATTR(190, 7),
  FGETXATTR(193, 10),
  FLISTXATTR(196, 13),
  FREMOVEXATTR(199, 16),
  GETDENTS64(217, 61),
  OPENAT(257, 56),
  MKDIRAT(258, 34),
  MKNODAT(259, 33),
  FCHOWNAT(260, 54),
  UNLINKAT(263, 35),
  LINKAT(265, 37),
  SYMLINKAT(266, 36),
  READLINKAT(267, 78),
  FCHMODAT(268, 53),
  UNSHARE(272, 97),
  UTIMENSAT(280, 88),
  PIPE2(293, 59),
  RENAMEAT2(316, 276),
  COPY_FILE_RANGE(326, 285),
  STATX(332, 291),
  OPENAT2(437, 437);

  /** True on arm64, where also some open flags have other values. */
  static final boolean ARM64 = "aarch64".equals(System.getProperty("os.arch"));

  /** The number on the machine we run on. */
  final int number;

  SyscallNumber(int x86, int arm) {
    this.number = arm64() ? arm : x86;
  }

  // An enum's constructor may not read its own static fields.
  private static boolean arm64() {
    return "aarch64".equals(System.getProperty("os.arch"));
  }
}
