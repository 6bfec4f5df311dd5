package org.vzj.beancounters.cgroup.v1;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;

/** A group's directory in a v1 hierarchy. */
public final class Directory {
  private Directory() {}

  /**
   * Makes the group above ours, and sets what groups below it inherit.
   *
   * @param files how to reach them
   * @param root the hierarchy's root
   * @param parent name of the group above
   * @param cpuset whether the hierarchy has the cpuset controller
   * @param releaseAgent whether the hierarchy has a release agent
   * @throws IOException if that fails
   */
  public static void createAbove(
      CgroupFiles files, Path root, String parent, boolean cpuset, boolean releaseAgent)
      throws IOException {
    Path above = root.resolve(parent);
    // Nearly always there. With cpuset look anyway: who is just making it may not have filled it
    // in.
    if (cpuset || !files.exists(above)) {
      make(files, root, above, cpuset, releaseAgent);
    }
  }

  /**
   * Makes a group.
   *
   * @param files how to reach it
   * @param above the group above it
   * @param name name of the group
   * @param cpuset whether the hierarchy has the cpuset controller
   * @param releaseAgent whether the hierarchy has a release agent
   * @throws IOException if that fails
   */
  public static void create(
      CgroupFiles files, Path above, String name, boolean cpuset, boolean releaseAgent)
      throws IOException {
    make(files, above, above.resolve(name), cpuset, releaseAgent);
  }

  private static void make(
      CgroupFiles files, Path above, Path group, boolean cpuset, boolean releaseAgent)
      throws IOException {
    files.make(group);
    if (releaseAgent) {
      // Inherited from the root. The agent is the host's systemd: our groups are not its business.
      files.write(group.resolve("notify_on_release"), "0");
    }
    if (cpuset) {
      // Empty in a new group, to which no process can be added then.
      inherit(files, above, group, "cpuset.cpus");
      inherit(files, above, group, "cpuset.mems");
      // For those that the container makes.
      files.write(group.resolve("cgroup.clone_children"), "1");
    }
  }

  private static void inherit(CgroupFiles files, Path above, Path group, String file)
      throws IOException {
    if (files.read(group.resolve(file)).isEmpty()) {
      files.write(group.resolve(file), files.read(above.resolve(file)));
    }
  }

  /**
   * Hands a group of the hierarchy {@code name=systemd} to a container's root.
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
    files.own(group.resolve("tasks"), uid, gid);
  }
}
