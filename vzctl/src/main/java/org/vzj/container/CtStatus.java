package org.vzj.container;

/**
 * What a container is at one moment, derived from its files and the kernel.
 *
 * @param exists its configuration and its private area are there
 * @param mounted something is mounted at VE_ROOT
 * @param running its init lives
 * @param suspended a checkpoint of it waits to be resumed
 */
public record CtStatus(boolean exists, boolean mounted, boolean running, boolean suspended) {
  /**
   * Returns the line that {@code vzctl status} prints.
   *
   * @param id the container's number
   */
  public String line(CtId id) {
    return "CTID "
        + id
        + (exists ? " exist" : " deleted")
        + (mounted ? " mounted" : " unmounted")
        + (running ? " running" : " down")
        + (suspended ? " suspended" : "");
  }
}
