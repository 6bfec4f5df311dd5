package org.vzj.template.unpack;

import org.vzj.linux.file.NativeName;
import org.vzj.template.TemplateException;
import org.vzj.template.TemplateException.Kind;

/** Names in an archive: brought into one form, or refused. */
final class MemberName {
  private static final int NAME_MAX = 255;
  private static final int PATH_MAX = 4095;

  private MemberName() {}

  /**
   * Normalizes a member's name: no {@code .} components, no doubled or trailing slashes.
   *
   * @param name as stored, one character per byte
   * @return the path beneath the root, empty for the root itself
   * @throws TemplateException HOSTILE for absolute names, {@code ..} and control characters;
   *     BAD_ARCHIVE for names that no file system takes
   */
  static String normalize(String name) throws TemplateException {
    if (name.isEmpty()) {
      throw new TemplateException(Kind.BAD_ARCHIVE, "the archive has a member without a name");
    }
    if (name.charAt(0) == '/') {
      throw new TemplateException(
          Kind.HOSTILE, "the archive has an absolute name: " + NativeName.display(name));
    }
    int length = name.length();
    StringBuilder rewritten = null;
    int start = 0;
    for (int i = 0; i <= length; i++) {
      char c = i < length ? name.charAt(i) : '/';
      if (c < ' ' || c == 0x7f) {
        throw new TemplateException(
            Kind.HOSTILE, "control character in the name " + NativeName.display(name));
      }
      if (c != '/') {
        continue;
      }
      int size = i - start;
      if (size == 0 || (size == 1 && name.charAt(start) == '.')) {
        if (rewritten == null) {
          rewritten = new StringBuilder(length).append(name, 0, start);
        }
      } else {
        if (size == 2 && name.charAt(start) == '.' && name.charAt(start + 1) == '.') {
          throw new TemplateException(
              Kind.HOSTILE, "the archive leads out of its directory: " + NativeName.display(name));
        }
        if (size > NAME_MAX) {
          throw new TemplateException(
              Kind.BAD_ARCHIVE,
              "name longer than " + NAME_MAX + " bytes: " + NativeName.display(name));
        }
        if (rewritten != null) {
          rewritten.append(name, start, i).append('/');
        }
      }
      start = i + 1;
    }
    String path = rewritten == null ? name : rewritten.toString();
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    if (end > PATH_MAX) {
      throw new TemplateException(
          Kind.BAD_ARCHIVE, "path longer than " + PATH_MAX + " bytes: " + NativeName.display(name));
    }
    return path.substring(0, end);
  }

  /** The directory part of a normalized path; empty for the root. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The last component of a normalized path. */
  static String leaf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Checks what a symbolic link says: anything a link can hold. */
  static String linkText(String path, String text) throws TemplateException {
    if (text.isEmpty() || text.length() > PATH_MAX || text.indexOf('\0') >= 0) {
      throw new TemplateException(
          Kind.BAD_ARCHIVE,
          "symbolic link "
              + NativeName.display(path)
              + " with a target that is "
              + (text.isEmpty() ? "empty" : "no path"));
    }
    return text;
  }
}
