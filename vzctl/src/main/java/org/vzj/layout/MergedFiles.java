package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An overlay's files while it is not mounted. A directory that hides the one below it, because its
 * owner removed that and made it anew, is not told from one that does not: the mark is an attribute
 * that Java cannot read. So what lay in it may still be found; the host looks for too little here
 * for that to matter to anybody but the container.
 *
 * @param upper the container's own files
 * @param lower the template's
 */
record MergedFiles(Path upper, Path lower) implements GuestFiles {
  private static final int TYPE = 0170000;
  private static final int DEVICE = 0020000;

  @Override
  public @Nullable Path find(String... names) {
    Path own = upper;
    Path shared = lower;
    for (int i = 0; i < names.length; i++) {
      Path place = own != null ? own : shared;
      if (place == null || !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        return null;
      }
      own = own == null ? null : own.resolve(names[i]);
      shared = shared == null ? null : shared.resolve(names[i]);
      if (own != null && !Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
        own = null;
      } else if (own != null && isWhiteout(own)) {
        return null;
      } else if (own != null && !Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
        shared = null;
      }
      if (shared != null
          && (!Files.exists(shared, LinkOption.NOFOLLOW_LINKS)
              || (own != null && !Files.isDirectory(shared, LinkOption.NOFOLLOW_LINKS)))) {
        shared = null;
      }
    }
    return own != null ? own : shared;
  }

  /** A removed name is a device 0:0. */
  private static boolean isWhiteout(Path path) {
    try {
      int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return (mode & TYPE) == DEVICE
          && ((Number) Files.getAttribute(path, "unix:rdev", LinkOption.NOFOLLOW_LINKS)).longValue()
              == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
