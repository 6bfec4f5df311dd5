package org.vzj.lifecycle;

import org.vzj.container.VzException;
import org.vzj.layout.Layout;
import org.vzj.layout.Volume;

/** Where the files of a new container come from. */
interface Origin {
  /**
   * Looks whether it is there, and says what is done.
   *
   * @return the value for OSTEMPLATE; empty if nobody knows it
   * @throws VzException if it is not there
   */
  String find() throws VzException;

  /** Says what is about to be done. */
  String words();

  /**
   * Makes the files.
   *
   * @param layout how the new container stores them
   * @param volume where: its area is empty
   * @param made the new container, with all that it will have
   * @throws VzException if that fails; whoever calls removes what has come to be
   */
  void fill(Layout layout, Volume volume, Target made) throws VzException;

  /**
   * Does what is left once the configuration is saved.
   *
   * @param undo hears of what must be taken back if anything fails
   */
  void finish(Target made, Undo undo) throws VzException;
}
