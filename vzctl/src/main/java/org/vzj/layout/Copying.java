package org.vzj.layout;

import java.nio.file.Path;
import org.vzj.container.VzException;

/** Copies directories of one container's files for another, whose ids and identity they get. */
public interface Copying {
  /**
   * Copies all that is in a directory, and what it is itself.
   *
   * @param from of the one container
   * @param to of the other: an empty directory
   * @param layer whether it is a layer of overlayfs
   * @throws VzException if that fails; something may have been copied
   */
  void copy(Path from, Path to, boolean layer) throws VzException;

  /**
   * Takes from a directory that is a whole copy already, with ids that need no change, what a copy
   * must not share with the other container.
   *
   * @throws VzException if that fails
   */
  void makeOwn(Path tree) throws VzException;
}
