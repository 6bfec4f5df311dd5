package org.vzj.template.unpack;

import java.util.List;
import org.vzj.linux.file.Errno;
import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.NativeName;
import org.vzj.template.TemplateException;

/**
 * What a file gets besides its contents, as the host sees it: ids shifted, attributes rewritten.
 *
 * @param path the member, for messages
 * @param chown false if the file is right as created, by root for root, or the caller keeps it
 * @param uid the owner on the host
 * @param gid the group on the host
 * @param mode permission bits with set-id and sticky bits
 * @param seconds modification time
 * @param nanos its nanoseconds, or -1 to leave the time alone
 * @param attributes names and values for setxattr(2)
 */
record Metadata(
    String path,
    boolean chown,
    int uid,
    int gid,
    int mode,
    long seconds,
    int nanos,
    List<ExtendedAttribute> attributes) {
  private static final int SPECIAL_BITS = 07000;

  /**
   * Applies all to an open file whose contents are complete. The order matters: a change of owner
   * clears set-id bits and file capabilities, and so does a write.
   *
   * @param modeIsSet true if the file was created with the right permission bits
   * @return how many attributes the file system does not support
   */
  int apply(FileCalls calls, int fd, boolean modeIsSet) throws TemplateException {
    int result = chown ? calls.chown(fd, uid, gid) : 0;
    if (result < 0) {
      throw Failures.system("set the owner of", path, result);
    }
    if (!modeIsSet || (mode & SPECIAL_BITS) != 0) {
      result = calls.chmod(fd, mode);
      if (result < 0) {
        throw Failures.system("set the mode of", path, result);
      }
    }
    int unsupported = 0;
    for (ExtendedAttribute attribute : attributes) {
      result = calls.setAttribute(fd, attribute.name(), attribute.value());
      if (result == -Errno.EOPNOTSUPP) {
        unsupported++;
      } else if (result < 0) {
        // ext4 says ENOSPC for what does not fit into one block: as a rule the disk is not full.
        throw new TemplateException(
            TemplateException.Kind.SYSTEM,
            "cannot set "
                + attribute.name()
                + " of "
                + NativeName.display(path)
                + ": "
                + Errno.text(-result));
      }
    }
    if (nanos >= 0) {
      result = calls.setModified(fd, seconds, nanos);
      if (result < 0) {
        throw Failures.system("set the time of", path, result);
      }
    }
    return unsupported;
  }

  /** Applies owner, mode (but of links) and time to something that cannot be opened. */
  void applyAt(FileCalls calls, int dir, String leaf, boolean modeIsSet) throws TemplateException {
    int result = chown ? calls.chownAt(dir, leaf, uid, gid) : 0;
    if (result < 0) {
      throw Failures.system("set the owner of", path, result);
    }
    if (!modeIsSet) {
      result = calls.chmodAt(dir, leaf, mode);
      if (result < 0) {
        throw Failures.system("set the mode of", path, result);
      }
    }
    result = calls.setModifiedAt(dir, leaf, seconds, nanos);
    if (result < 0) {
      throw Failures.system("set the time of", path, result);
    }
  }
}
