package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.vzj.container.VzException;
import org.vzj.layout.Layouts;
import org.vzj.layout.Volume;

/**
 * What a create that is killed leaves beside the private area: {@code AREA.tmp}, the tree that it
 * was unpacking, and {@code AREA.making}, which names the tree from the moment before it becomes
 * the private area until its configuration is saved. A private area that this link names, and that
 * no configuration knows, is nobody's. It is a symbolic link because that is in a file system's
 * journal as a whole, in order with the renaming: a file could have lost its contents in a power
 * cut.
 *
 * @param area the private area
 * @param removal removes trees
 */
record HalfMade(Path area, Removal removal) {
  /** However a tree of some layout is removed. */
  interface Removal {
    /** Removes a tree, which is there. */
    void remove(Path tree) throws IOException, VzException;
  }

  /** The same for a container. */
  static HalfMade of(Target target) throws VzException {
    Volume volume = target.volume();
    return new HalfMade(volume.area(), tree -> Layouts.remove(volume.at(tree)));
  }

  /** Returns the tree that is being unpacked. */
  Path tree() {
    return area.resolveSibling(area.getFileName() + ".tmp");
  }

  private Path mark() {
    return area.resolveSibling(area.getFileName() + ".making");
  }

  /** Marks the unpacked tree, which keeps its inode when it is renamed. */
  void begin() throws IOException {
    Files.createSymbolicLink(mark(), Path.of(inode(tree())));
  }

  /** Removes the mark: the container is whole, or all of it has been removed. */
  void end() throws IOException {
    Files.deleteIfExists(mark());
  }

  /**
   * Removes what a killed create left.
   *
   * @param configured whether the container has a configuration: then its private area stays
   * @return whether there was anything
   */
  boolean clear(boolean configured) throws IOException, VzException {
    boolean found = false;
    if (Files.exists(tree())) {
      removal.remove(tree());
      found = true;
    }
    if (Files.exists(mark(), LinkOption.NOFOLLOW_LINKS)) {
      if (!configured && named().equals(inode(area))) {
        removal.remove(area);
      }
      end();
      found = true;
    }
    return found;
  }

  private String named() throws IOException {
    return Files.isSymbolicLink(mark()) ? Files.readSymbolicLink(mark()).toString() : "";
  }

  private static String inode(Path path) throws IOException {
    try {
      return String.valueOf(Files.getAttribute(path, "unix:ino"));
    } catch (NoSuchFileException e) {
      return "none";
    }
  }
}
