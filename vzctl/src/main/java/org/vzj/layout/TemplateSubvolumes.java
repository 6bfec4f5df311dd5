package org.vzj.layout;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.file.TreeRemoval;

/**
 * A read-only subvolume for each template, with the ids of the archive: new containers are
 * snapshots of it. It has its name only when all of it is on disk. No container needs it later, so
 * it is removed as soon as its archive is gone or has changed.
 */
final class TemplateSubvolumes {
  private static final String UNFINISHED = ".making";

  private final Path directory;
  private final Subvolumes subvolumes;

  private TemplateSubvolumes(Path directory, Subvolumes subvolumes) {
    this.directory = directory;
    this.subvolumes = subvolumes;
  }

  /**
   * Those that a container can be a snapshot of: in TEMPLATE, if that is on the same file system;
   * else beside the private area.
   *
   * @param volume the container; the directory that its area is in is there
   */
  static TemplateSubvolumes of(Volume volume) throws IOException {
    Path template = volume.config().global().template();
    Path beside = parent(volume.area());
    boolean inTemplate =
        template != null && Files.isDirectory(template) && Subvolumes.together(template, beside);
    return new TemplateSubvolumes(
        inTemplate && template != null
            ? template.resolve("subvolumes")
            : beside.resolve(".subvolumes"),
        new Subvolumes(volume.runner()));
  }

  private static Path parent(Path area) {
    Path parent = area.toAbsolutePath().getParent();
    return parent == null ? area : parent;
  }

  /**
   * Makes a container's subvolume.
   *
   * @param archive which is unpacked if that has not been done
   * @param to where nothing is yet
   * @throws VzException PRIVATE_AREA_FAILED, or if the archive cannot be unpacked
   */
  void snapshot(Filling filling, Path archive, Path to) throws IOException, VzException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, Trees.ownerOnly());
    }
    SharedTrees.locked(
        directory,
        () -> {
          sweep();
          String marks = SharedTree.marks(archive);
          SharedTree tree = new SharedTree(directory.resolve(SharedTree.name(archive, marks)));
          if (!tree.isThere()) {
            make(filling, marks, tree);
          }
          subvolumes.snapshot(tree.files(), to, false, ExitCode.PRIVATE_AREA_FAILED);
          return tree;
        });
  }

  private void make(Filling filling, String marks, SharedTree tree)
      throws IOException, VzException {
    SharedTree unfinished = new SharedTree(directory.resolve(UNFINISHED));
    Files.createDirectory(unfinished.directory(), Trees.ownerOnly());
    try {
      Files.writeString(unfinished.origin(), marks);
      subvolumes.create(unfinished.files(), ExitCode.PRIVATE_AREA_FAILED);
      filling.unshiftedInto(unfinished.files());
      subvolumes.makeReadonly(unfinished.files(), ExitCode.PRIVATE_AREA_FAILED);
      // What lost files in a power cut would be wrong in all containers, for ever.
      Trees.flush(unfinished.directory());
      Files.move(unfinished.directory(), tree.directory(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      remove(unfinished);
    }
  }

  /** Removes those whose archives are gone or have changed. */
  void release() throws IOException, VzException {
    if (Files.isDirectory(directory)) {
      SharedTrees.locked(
          directory,
          () -> {
            sweep();
            return directory;
          });
    }
  }

  private void sweep() throws IOException, VzException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        SharedTree tree = new SharedTree(entry);
        if (Files.isDirectory(entry) && (isUnfinished(entry) || !tree.isCurrent())) {
          remove(tree);
        }
      }
    }
  }

  /** Under the name of an unfinished one, for a kill in between. */
  private void remove(SharedTree tree) throws IOException, VzException {
    if (!Files.isDirectory(tree.directory())) {
      return;
    }
    SharedTree unfinished = new SharedTree(directory.resolve(UNFINISHED));
    if (!isUnfinished(tree.directory())) {
      remove(unfinished);
      Files.move(tree.directory(), unfinished.directory(), StandardCopyOption.ATOMIC_MOVE);
    }
    subvolumes.remove(unfinished.files());
    TreeRemoval.remove(unfinished.directory());
  }

  private static boolean isUnfinished(@Nullable Path entry) {
    return entry != null && String.valueOf(entry.getFileName()).equals(UNFINISHED);
  }
}
