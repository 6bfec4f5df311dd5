package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A stopped container's files as the host may look at them: nothing in them is followed, for they
 * are a stranger's.
 */
public interface GuestFiles {
  /**
   * Finds what a path of the container's leads to.
   *
   * @param names its components; none: the container's root directory
   * @return where the host finds it, of whatever type it is (the last component is not followed);
   *     null if it is not there, or if one on the way is no directory
   */
  @Nullable Path find(String... names);

  /**
   * Returns the user of the host whom the container has as the owner of a file.
   *
   * @param found what {@link #find} returned
   */
  default int owner(Path found) throws IOException {
    return (Integer) Files.getAttribute(found, "unix:uid");
  }

  /** Returns the files of a plain tree. */
  static GuestFiles in(Path tree) {
    return new Tree(tree);
  }

  /**
   * Files that lie in one tree.
   *
   * @param top the container's root directory
   */
  record Tree(Path top) implements GuestFiles {
    @Override
    public @Nullable Path find(String... names) {
      Path path = top;
      for (String name : names) {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          return null;
        }
        path = path.resolve(name);
      }
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? path : null;
    }
  }

  /**
   * Files of one tree that have the container's inner ids on disk; a mount shifts them.
   *
   * @param tree the files
   * @param uid what user 0 is shifted to
   */
  record Unshifted(Tree tree, long uid) implements GuestFiles {
    @Override
    public @Nullable Path find(String... names) {
      return tree.find(names);
    }

    @Override
    public int owner(Path found) throws IOException {
      return (int) ((Integer) Files.getAttribute(found, "unix:uid") + uid);
    }
  }
}
