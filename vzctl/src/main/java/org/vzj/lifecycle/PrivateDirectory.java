package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory that containers' trees lie in. Only the host's root may pass through it: with a
 * setuid program in such a tree, any user of the host could become the container's root outside of
 * the container.
 */
final class PrivateDirectory {
  private PrivateDirectory() {}

  /** Makes the directory that a tree will lie in, if it is missing. One that exists is left. */
  static void above(Path tree) throws IOException {
    Path directory = tree.toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(directory)) {
      return;
    }
    Path above = directory.getParent();
    if (above != null) {
      Files.createDirectories(above);
    }
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
