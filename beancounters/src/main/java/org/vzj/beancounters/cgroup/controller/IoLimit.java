package org.vzj.beancounters.cgroup.controller;

/**
 * How much a group may read from a disk, and the same again for writing.
 *
 * @param bytes per second; 0: no limit
 * @param operations per second; 0: no limit
 */
public record IoLimit(long bytes, long operations) {
  /** No limit. */
  public static final IoLimit NONE = new IoLimit(0, 0);
}
