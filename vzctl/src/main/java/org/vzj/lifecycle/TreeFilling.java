package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.layout.Filling;
import org.vzj.layout.Trees;

/**
 * The files of a container as they are, from where they are mounted.
 *
 * @param target the container
 * @param tree the mount point; nobody changes anything there meanwhile
 */
record TreeFilling(Target target, Path tree) implements Filling {
  @Override
  public void into(Path directory) throws VzException {
    Trees.copy(tree, directory, ExitCode.CONVERT_IMAGE);
    try {
      // e2fsck's, in an image: nobody's inside.
      Path lost = directory.resolve("lost+found");
      if (Files.isDirectory(lost, LinkOption.NOFOLLOW_LINKS)
          && Integer.valueOf(0).equals(Files.getAttribute(lost, "unix:uid"))) {
        Files.delete(lost);
      }
    } catch (IOException e) {
      throw new VzException(ExitCode.CONVERT_IMAGE, "Unable to copy " + tree + ": " + e, e);
    }
    UserLimits.carry(target, tree, directory);
  }

  @Override
  public void unshiftedInto(Path directory) throws VzException {
    throw new VzException(ExitCode.CONVERT_IMAGE, tree + " is no template");
  }

  @Override
  public @Nullable Path archive() {
    return null;
  }
}
