package org.vzj.beancounters.cgroup;

/**
 * One thing to do inside a container, in order, so that it finds its cgroups where programs look
 * for them. To be done after the cgroup namespace is made, and before capabilities are given up.
 */
public sealed interface InsideMount {

  /** Where it is, an absolute path seen from the container. */
  String target();

  /**
   * Mount a file system.
   *
   * @param source device or name
   * @param target mount point, which exists
   * @param type file system type
   * @param flags mount flags, comma separated, as the launcher calls them
   * @param data options for the file system, or empty
   */
  record FileSystem(String source, String target, String type, String flags, String data)
      implements InsideMount {}

  /**
   * Make a directory, of mode 755.
   *
   * @param target its path
   */
  record Directory(String target) implements InsideMount {}

  /**
   * Make a symbolic link.
   *
   * @param content what it points to
   * @param target its path
   */
  record Link(String content, String target) implements InsideMount {}
}
