package org.vzj.layout;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.file.TreeRemoval;

/**
 * The trees that containers share, in TEMPLATE/shared. A tree has its name only when all of it is
 * on disk; it is removed when no private area needs it and its archive is gone or has changed.
 */
final class SharedTrees {
  private static final String UNFINISHED = ".making";
  private static final String EMPTY = "none";

  private final Path directory;

  /**
   * @param template the TEMPLATE of vz.conf
   */
  SharedTrees(Path template) {
    this.directory = template.resolve("shared");
  }

  /** The tree of this name, whether it is there or not. */
  SharedTree named(String name) {
    return new SharedTree(directory.resolve(name));
  }

  /** What is done while nobody else makes or removes trees. */
  interface Work<T> {
    T run() throws IOException, VzException;
  }

  /** What is to be done with a tree before somebody may remove it. */
  interface Claim {
    void lay(SharedTree tree) throws IOException;
  }

  /**
   * Returns the tree of an archive, which is unpacked if that has not been done.
   *
   * @param claim lays the claim to it
   * @throws VzException if it cannot be unpacked
   */
  SharedTree require(Filling filling, Path archive, Claim claim) throws IOException, VzException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, Trees.ownerOnly());
    }
    return locked(
        () -> {
          String marks = SharedTree.marks(archive);
          SharedTree tree = named(SharedTree.name(archive, marks));
          if (!tree.isThere()) {
            sweep();
            try {
              make(filling, marks, tree);
            } finally {
              sweep();
            }
          } else if (!Files.readString(tree.origin()).equals(marks)) {
            throw new IOException(tree.directory() + " was not made from " + archive);
          }
          claim.lay(tree);
          return tree;
        });
  }

  /**
   * Lays another claim to a tree that somebody needs already.
   *
   * @throws VzException MOUNT_FAILED if it is not there
   */
  void share(String name, Claim claim) throws IOException, VzException {
    locked(
        () -> {
          SharedTree tree = named(name);
          if (!tree.isThere()) {
            throw new VzException(
                ExitCode.MOUNT_FAILED, "The template's tree " + tree.files() + " is missing");
          }
          claim.lay(tree);
          return tree;
        });
  }

  /**
   * Gives up a claim.
   *
   * @param name of the tree
   */
  void release(String name, String ticket) throws IOException, VzException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    locked(
        () -> {
          Files.deleteIfExists(named(name).user(ticket));
          sweep();
          return name;
        });
  }

  /**
   * Returns the tree that has no files, for a container that shares none.
   *
   * @param claim lays the claim to it
   */
  SharedTree requireEmpty(Claim claim) throws IOException, VzException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, Trees.ownerOnly());
    }
    return locked(
        () -> {
          SharedTree tree = named(EMPTY);
          Files.createDirectories(tree.files());
          Files.createDirectories(tree.users(), Trees.ownerOnly());
          Files.setPosixFilePermissions(
              tree.directory(), PosixFilePermissions.fromString("rwx------"));
          claim.lay(tree);
          return tree;
        });
  }

  private void make(Filling filling, String marks, SharedTree tree)
      throws IOException, VzException {
    SharedTree unfinished = named(UNFINISHED);
    Files.createDirectory(unfinished.directory(), Trees.ownerOnly());
    Files.createDirectory(unfinished.users(), Trees.ownerOnly());
    Files.createDirectory(unfinished.files(), Trees.ownerOnly());
    Files.writeString(unfinished.origin(), marks);
    filling.unshiftedInto(unfinished.files());
    // A tree that lost files in a power cut would be wrong in all containers, for ever.
    Trees.flush(unfinished.directory());
    Files.move(unfinished.directory(), tree.directory(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes what nobody needs. An unfinished tree is nobody's: we have the lock. */
  private void sweep() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        SharedTree tree = new SharedTree(entry);
        if (Files.isDirectory(entry) && isGarbage(tree)) {
          Path unfinished = directory.resolve(UNFINISHED);
          if (!entry.equals(unfinished)) {
            Files.move(entry, unfinished, StandardCopyOption.ATOMIC_MOVE);
          }
          TreeRemoval.remove(unfinished);
        }
      }
    }
  }

  private static boolean isGarbage(SharedTree tree) throws IOException {
    return String.valueOf(tree.directory().getFileName()).equals(UNFINISHED)
        || (Files.isDirectory(tree.users()) && !tree.isUsed() && !tree.isCurrent());
  }

  private <T> T locked(Work<T> work) throws IOException, VzException {
    return locked(directory, work);
  }

  /** Does something while nobody else does such a thing with a directory. */
  static <T> T locked(Path directory, Work<T> work) throws IOException, VzException {
    // The file's lock is the process's: threads of one need another.
    synchronized (SharedTrees.class) {
      try (FileChannel guard =
              FileChannel.open(
                  directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = guard.lock()) {
        assert held.isValid();
        return work.run();
      }
    }
  }
}
