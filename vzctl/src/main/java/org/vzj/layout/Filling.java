package org.vzj.layout;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.container.VzException;

/** Where the first files of a new container come from. */
public interface Filling {
  /**
   * Puts the files into a directory, with the owners that the container's files have on disk.
   *
   * @param directory empty, of root's, mode 700
   * @throws VzException if that fails; the directory is empty again then
   */
  void into(Path directory) throws VzException;

  /**
   * Puts the files of the archive into a directory, with the owners that the archive has.
   *
   * @param directory as above
   * @throws VzException as above, or if there is no archive
   */
  void unshiftedInto(Path directory) throws VzException;

  /**
   * Returns the archive whose members are all there is to fill in, so that a layout may use a copy
   * that it has already; null if it is something else.
   */
  @Nullable Path archive();
}
