package org.vzj.beancounters.cgroup.v2;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;

/** A group's directory in the v2 hierarchy. */
public final class Directory {
  /** The controllers that we want, as far as the host has them. */
  private static final String[] CONTROLLERS = {"cpu", "cpuset", "io", "memory", "pids", "hugetlb"};

  /**
   * Bounds on the groups that a container makes below its own: enough for systemd in containers in
   * it, little enough that neither the kernel's memory nor a path's length gives out.
   */
  private static final String MOST_LEVELS = "64";

  private static final String MOST_GROUPS = "20000";

  private Directory() {}

  /**
   * Makes the group above ours, and enables the controllers on the way down.
   *
   * @param files how to reach them
   * @param root the hierarchy's root
   * @param parent name of the group above
   * @throws IOException if that fails
   */
  public static void createAbove(CgroupFiles files, Path root, String parent) throws IOException {
    Path above = root.resolve(parent);
    enable(files, root);
    files.make(above);
    enable(files, above);
  }

  /**
   * Makes a group.
   *
   * @param files how to reach it
   * @param above the group above it
   * @param name name of the group
   * @throws IOException if that fails
   */
  public static void create(CgroupFiles files, Path above, String name) throws IOException {
    Path group = above.resolve(name);
    files.make(group);
    files.write(group.resolve("cgroup.max.depth"), MOST_LEVELS);
    files.write(group.resolve("cgroup.max.descendants"), MOST_GROUPS);
  }

  private static void enable(CgroupFiles files, Path group) throws IOException {
    String offered = " " + files.read(group.resolve("cgroup.controllers")) + " ";
    Path control = group.resolve("cgroup.subtree_control");
    String enabled = " " + files.read(control) + " ";
    for (String controller : CONTROLLERS) {
      String word = " " + controller + " ";
      if (offered.contains(word) && !enabled.contains(word)) {
        enable(files, control, controller);
      }
    }
  }

  /** One at a time: the kernel takes all of a line or nothing. */
  private static void enable(CgroupFiles files, Path control, String controller)
      throws IOException {
    try {
      files.write(control, "+" + controller);
    } catch (IOException e) {
      // The host may have reasons against one, such as realtime processes against cpu. Whoever
      // needs it finds its files missing and can say so.
      if (!files.exists(control)) {
        throw e;
      }
    }
  }

  /**
   * Hands a group to a container's root, as the kernel's admin-guide/cgroup-v2 says under
   * "Delegation".
   *
   * @param files how to reach it
   * @param group its directory
   * @param uid user id on the host
   * @param gid group id on the host
   * @throws IOException if that fails
   */
  public static void delegate(CgroupFiles files, Path group, int uid, int gid) throws IOException {
    files.own(group, uid, gid);
    files.own(group.resolve("cgroup.procs"), uid, gid);
    files.own(group.resolve("cgroup.subtree_control"), uid, gid);
    files.own(group.resolve("cgroup.threads"), uid, gid);
  }
}
