package org.vzj.template.unpack;

import org.vzj.linux.file.Errno;
import org.vzj.linux.file.NativeName;
import org.vzj.template.TemplateException;
import org.vzj.template.TemplateException.Kind;

/** The kernel's errors in the user's words. */
final class Failures {
  private Failures() {}

  /**
   * What a failed system call on a member means.
   *
   * @param action as in {@code create}, {@code write}
   * @param path the member
   * @param error what {@link org.vzj.linux.file.FileCalls} returned, negative
   */
  static TemplateException system(String action, String path, long error) {
    int errno = (int) -error;
    String what = "cannot " + action + " " + shown(path) + ": ";
    return switch (errno) {
      case Errno.ENOSPC, Errno.EDQUOT ->
          new TemplateException(Kind.NO_SPACE, what + Errno.text(errno));
      case Errno.EEXIST -> conflict(path);
      case Errno.EFBIG, Errno.ENAMETOOLONG ->
          new TemplateException(Kind.BAD_ARCHIVE, what + Errno.text(errno));
      case Errno.EPERM, Errno.EACCES ->
          new TemplateException(
              Kind.SYSTEM, what + Errno.text(errno) + " (unpacking a template needs root)");
      default -> new TemplateException(Kind.SYSTEM, what + Errno.text(errno));
    };
  }

  /** A path that cannot be walked down: the reason is in the archive. */
  static TemplateException unreachable(String path, long error) {
    int errno = (int) -error;
    return switch (errno) {
      // With NOFOLLOW semantics a link in the middle is ELOOP, at the end of an O_DIRECTORY
      // open it may be ENOTDIR.
      case Errno.ELOOP, Errno.EXDEV ->
          new TemplateException(
              Kind.HOSTILE,
              "the archive leads through a symbolic link: " + NativeName.display(path));
      case Errno.ENOTDIR ->
          new TemplateException(
              Kind.HOSTILE,
              "the archive puts something into what is no directory: " + NativeName.display(path));
      default -> system("open", path, error);
    };
  }

  /** A name used for a directory and for something else. */
  static TemplateException conflict(String path) {
    return new TemplateException(
        Kind.BAD_ARCHIVE,
        "the archive has " + shown(path) + " both as a directory and as something else");
  }

  private static String shown(String path) {
    return path.isEmpty() ? "the root directory" : NativeName.display(path);
  }
}
