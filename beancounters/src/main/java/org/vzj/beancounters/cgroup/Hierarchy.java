package org.vzj.beancounters.cgroup;

import java.nio.file.Path;
import java.util.List;

/**
 * A cgroup hierarchy of the host.
 *
 * @param mountPoint where its root is
 * @param unified whether it is cgroup v2
 * @param controllers v1: its controllers or its name, as {@code name=systemd}; v2: the controllers
 *     that its root offers
 * @param releaseAgent whether the kernel starts a program when a group with notify_on_release
 *     becomes empty (v1)
 */
public record Hierarchy(
    Path mountPoint, boolean unified, List<String> controllers, boolean releaseAgent) {
  /** The v1 hierarchy without controllers in which systemd keeps its groups. */
  static final String SYSTEMD = "name=systemd";

  public Hierarchy {
    controllers = List.copyOf(controllers);
  }

  /** Tells whether a controller, or a name in the form {@code name=...}, is on this hierarchy. */
  public boolean has(String controller) {
    return controllers.contains(controller);
  }

  /** Tells whether systemd, OpenRC and the like find a service's processes by it. */
  boolean managesServices() {
    return unified || (controllers.size() == 1 && controllers.getFirst().startsWith("name="));
  }

  /** What its directory below {@code /sys/fs/cgroup} is called by custom. */
  String directoryName() {
    if (unified) {
      return "unified";
    }
    String joined = String.join(",", controllers);
    return joined.startsWith("name=") ? joined.substring("name=".length()) : joined;
  }
}
