package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What we do to cgroup file systems and to the processes in them; tests put a fake in its place.
 */
public interface CgroupFiles {

  /** Tells whether a file or directory is there. */
  boolean exists(Path path);

  /**
   * Makes a group.
   *
   * @param group its directory; the one above must exist
   * @return false if it was there before
   * @throws IOException if it cannot be made
   */
  boolean make(Path group) throws IOException;

  /**
   * Lists the groups right below a group.
   *
   * @param group its directory
   * @return their directories; none if the group itself is gone
   * @throws IOException if they cannot be listed
   */
  List<Path> children(Path group) throws IOException;

  /**
   * Tries once to remove a group and all below it.
   *
   * @param group its directory; that it is gone already is fine
   * @throws IOException if something is left, usually because processes are in it
   */
  void remove(Path group) throws IOException;

  /**
   * Reads a control file.
   *
   * @param file for example {@code .../pids.max}
   * @return its text, without the newline at the end
   * @throws IOException if it cannot be read; the message names the file
   */
  String read(Path file) throws IOException;

  /**
   * Writes a control file by one write(2).
   *
   * @param file for example {@code .../pids.max}
   * @param text what to write
   * @throws IOException if the kernel refuses it; the message names the file and the text
   */
  void write(Path file, String text) throws IOException;

  /**
   * Changes owner and group of a file or directory.
   *
   * @param path the file
   * @param uid user id
   * @param gid group id
   * @throws IOException if that fails
   */
  void own(Path path, int uid, int gid) throws IOException;

  /**
   * Sends a process SIGKILL. That it is gone already is fine.
   *
   * @param pid process id
   */
  void kill(long pid);
}
