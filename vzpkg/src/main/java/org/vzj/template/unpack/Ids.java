package org.vzj.template.unpack;

import org.vzj.linux.file.NativeName;
import org.vzj.template.TemplateException;

/** User and group ids on their way from an archive to the host. */
final class Ids {
  private Ids() {}

  /**
   * Shifts an id.
   *
   * @throws TemplateException BAD_ARCHIVE if the id is beyond what the container has
   */
  static int shift(long id, boolean user, Ownership ownership, String path)
      throws TemplateException {
    if (id < 0 || id >= ownership.range()) {
      throw new TemplateException(
          TemplateException.Kind.BAD_ARCHIVE,
          (user ? "user" : "group")
              + " id "
              + id
              + " of "
              + (path.isEmpty() ? "the root directory" : NativeName.display(path))
              + " is beyond the "
              + ownership.range()
              + " ids of a container");
    }
    return (int) (id + (user ? ownership.uidBase() : ownership.gidBase()));
  }
}
