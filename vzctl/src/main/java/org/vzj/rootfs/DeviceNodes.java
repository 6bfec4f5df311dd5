package org.vzj.rootfs;

import java.nio.file.Path;
import org.vzj.linux.launch.LaunchPlan;

/**
 * The device nodes and links in a container's /dev.
 *
 * <p>They lie on the container's own disk, because root of a user namespace may not make device
 * nodes, and a tmpfs with nodes bound in from the host could not be checkpointed without naming
 * each of them. The host makes them beneath the root, following nothing that lies there.
 */
public final class DeviceNodes {
  private record Node(String name, int major, int minor) {}

  private static final Node[] NODES = {
    new Node("null", 1, 3),
    new Node("zero", 1, 5),
    new Node("full", 1, 7),
    new Node("random", 1, 8),
    new Node("urandom", 1, 9),
    new Node("tty", 5, 0),
  };

  private static final String[][] LINKS = {
    {"fd", "/proc/self/fd"},
    {"stdin", "/proc/self/fd/0"},
    {"stdout", "/proc/self/fd/1"},
    {"stderr", "/proc/self/fd/2"},
    {"ptmx", "pts/ptmx"},
  };

  private DeviceNodes() {}

  /**
   * Adds the steps that make what is missing in {@code root/dev}.
   *
   * @param root the container's root on the host; nothing in it runs yet
   * @param uid the host's id of the container's root, likewise {@code gid}
   */
  public static void add(LaunchPlan.Builder plan, Path root, long uid, long gid) {
    plan.mkdirBeneath(root.toString(), "dev", 0755, uid, gid);
    for (Node node : NODES) {
      addOne(plan, root, node.name, 'c', node.major, node.minor, uid, gid);
    }
    for (String[] link : LINKS) {
      plan.symlinkBeneath(root.toString(), "dev/" + link[0], link[1], uid, gid);
    }
  }

  /**
   * Adds the steps that make the node of a disk of the host's, to be looked at only: it belongs to
   * nobody whom the container knows and nobody may open it; nor do the device rules let anybody.
   *
   * @param name below /dev; directories in it are made
   */
  public static void addDisk(
      LaunchPlan.Builder plan, Path root, String name, int major, int minor, long uid, long gid) {
    addDirectories(plan, root, name, uid, gid);
    plan.mknodBeneath(root.toString(), "dev/" + name, 'b', major, minor, 0, 0, 0);
  }

  /**
   * Adds the steps that make one node.
   *
   * @param name below /dev; directories in it are made
   * @param type b or c
   */
  public static void addOne(
      LaunchPlan.Builder plan,
      Path root,
      String name,
      char type,
      int major,
      int minor,
      long uid,
      long gid) {
    addDirectories(plan, root, name, uid, gid);
    plan.mknodBeneath(root.toString(), "dev/" + name, type, major, minor, 0666, uid, gid);
  }

  private static void addDirectories(
      LaunchPlan.Builder plan, Path root, String name, long uid, long gid) {
    for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      plan.mkdirBeneath(root.toString(), "dev/" + name.substring(0, slash), 0755, uid, gid);
    }
  }
}
