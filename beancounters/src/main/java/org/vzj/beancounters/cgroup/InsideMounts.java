package org.vzj.beancounters.cgroup;

import java.util.ArrayList;
import java.util.List;

/** What a container mounts below /sys/fs/cgroup: the same picture as the host has. */
final class InsideMounts {
  private static final String ROOT = "/sys/fs/cgroup";
  private static final String FLAGS = "nosuid,nodev,noexec,relatime";

  private InsideMounts() {}

  static List<InsideMount> of(List<Hierarchy> hierarchies) {
    List<InsideMount> mounts = new ArrayList<>();
    if (hierarchies.isEmpty()) {
      return mounts;
    }
    if (hierarchies.size() == 1 && hierarchies.getFirst().unified()) {
      mounts.add(new InsideMount.FileSystem("cgroup2", ROOT, "cgroup2", FLAGS, ""));
      return mounts;
    }
    mounts.add(
        new InsideMount.FileSystem(
            "tmpfs", ROOT, "tmpfs", "nosuid,nodev,noexec", "mode=755,size=64k,nr_inodes=64"));
    for (Hierarchy hierarchy : hierarchies) {
      String name = hierarchy.directoryName();
      String target = ROOT + "/" + name;
      mounts.add(new InsideMount.Directory(target));
      if (hierarchy.unified()) {
        mounts.add(new InsideMount.FileSystem("cgroup2", target, "cgroup2", FLAGS, ""));
      } else {
        // "none" says that a named hierarchy shall have no controllers, instead of all free ones.
        String what = String.join(",", hierarchy.controllers());
        String data = what.startsWith("name=") ? "none," + what : what;
        mounts.add(new InsideMount.FileSystem("cgroup", target, "cgroup", FLAGS, data));
      }
    }
    for (Hierarchy hierarchy : hierarchies) {
      if (!hierarchy.unified() && hierarchy.controllers().size() > 1) {
        for (String controller : hierarchy.controllers()) {
          if (!controller.startsWith("name=")) {
            mounts.add(new InsideMount.Link(hierarchy.directoryName(), ROOT + "/" + controller));
          }
        }
      }
    }
    return mounts;
  }
}
