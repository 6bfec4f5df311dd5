package org.vzj.beancounters.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.Deadline;
import org.vzj.beancounters.cgroup.controller.DevicesControl;
import org.vzj.beancounters.cgroup.controller.FreezerControl;
import org.vzj.beancounters.cgroup.controller.PidsControl;
import org.vzj.beancounters.cgroup.controller.TreeControl;
import org.vzj.linux.device.DeviceRule;

/** A group composed of what each hierarchy offers; v1 and v2 in any mixture. */
final class HostCgroup implements Cgroup {
  private final CgroupFiles files;
  private final List<Hierarchy> hierarchies;
  private final List<Hierarchy> shown;
  private final String parent;
  private final String name;
  private final Controllers controllers;

  /**
   * @param hierarchies where it is; v2 is the last
   * @param shown those of them that the container finds mounted
   */
  HostCgroup(
      CgroupFiles files,
      List<Hierarchy> hierarchies,
      List<Hierarchy> shown,
      String parent,
      String name) {
    this.files = files;
    this.hierarchies = hierarchies;
    this.shown = shown;
    this.parent = parent;
    this.name = name;
    this.controllers = new Controllers(files, hierarchies, parent + "/" + name);
  }

  @Override
  public String name() {
    return parent + "/" + name;
  }

  @Override
  public Cgroup by(CgroupFiles others) {
    return new HostCgroup(others, hierarchies, shown, parent, name);
  }

  private Path directory(Hierarchy hierarchy) {
    return hierarchy.mountPoint().resolve(parent).resolve(name);
  }

  @Override
  public List<Path> directories() {
    List<Path> directories = new ArrayList<>(hierarchies.size());
    for (Hierarchy hierarchy : hierarchies) {
      directories.add(directory(hierarchy));
    }
    return directories;
  }

  @Override
  public void create() throws IOException {
    createAbove();
    createBelow();
  }

  @Override
  public void createAbove() throws IOException {
    for (Hierarchy hierarchy : hierarchies) {
      if (hierarchy.unified()) {
        org.vzj.beancounters.cgroup.v2.Directory.createAbove(files, hierarchy.mountPoint(), parent);
      } else {
        org.vzj.beancounters.cgroup.v1.Directory.createAbove(
            files,
            hierarchy.mountPoint(),
            parent,
            hierarchy.has("cpuset"),
            hierarchy.releaseAgent());
      }
    }
  }

  @Override
  public void createBelow() throws IOException {
    for (Hierarchy hierarchy : hierarchies) {
      Path above = hierarchy.mountPoint().resolve(parent);
      if (hierarchy.unified()) {
        org.vzj.beancounters.cgroup.v2.Directory.create(files, above, name);
      } else {
        org.vzj.beancounters.cgroup.v1.Directory.create(
            files, above, name, hierarchy.has("cpuset"), hierarchy.releaseAgent());
      }
    }
  }

  @Override
  public boolean exists() {
    for (Hierarchy hierarchy : hierarchies) {
      if (files.exists(directory(hierarchy))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable Path cloneInto() {
    return controllers.unified();
  }

  @Override
  public List<Path> joinPathsAfterClone() {
    List<Path> paths = directories();
    if (controllers.unified() != null) {
      paths.removeLast();
    }
    return paths;
  }

  @Override
  public List<Path> joinPaths() {
    return directories();
  }

  @Override
  public void delegate(int uid, int gid) throws IOException {
    for (Hierarchy hierarchy : hierarchies) {
      if (hierarchy.unified()) {
        org.vzj.beancounters.cgroup.v2.Directory.delegate(files, directory(hierarchy), uid, gid);
      } else if (hierarchy.has(Hierarchy.SYSTEMD)) {
        org.vzj.beancounters.cgroup.v1.Directory.delegate(files, directory(hierarchy), uid, gid);
      }
    }
  }

  @Override
  public List<InsideMount> insideMounts() {
    return InsideMounts.of(shown);
  }

  @Override
  public Controllers controllers() {
    return controllers;
  }

  @Override
  public DevicesControl.@Nullable Attachment limitDevices(List<DeviceRule> rules)
      throws IOException {
    DevicesControl devices = controllers.devices();
    if (devices == null) {
      throw new IOException(
          "no cgroup hierarchy can limit devices: mount cgroup2, or cgroup with option devices");
    }
    return devices.allow(rules);
  }

  @Override
  public boolean limitProcesses(long most) throws IOException {
    PidsControl pids = controllers.pids();
    if (pids != null) {
      pids.limit(most);
    }
    return pids != null;
  }

  @Override
  public void freeze(Duration timeout) throws IOException {
    FreezerControl freezer = controllers.freezer();
    if (freezer == null) {
      throw new IOException(
          "no cgroup hierarchy can freeze: mount cgroup2, or cgroup with option freezer");
    }
    freezer.freeze(timeout);
  }

  @Override
  public void thaw() throws IOException {
    FreezerControl freezer = controllers.freezer();
    if (freezer != null) {
      freezer.thaw();
    }
  }

  @Override
  public boolean isFrozen() throws IOException {
    FreezerControl freezer = controllers.freezer();
    return freezer != null && freezer.isFrozen();
  }

  @Override
  public void kill(Duration timeout) throws IOException {
    Deadline deadline = Deadline.after(timeout);
    TreeControl v2 = v2Tree();
    TreeControl v1 = v1Tree();
    while (true) {
      if (v2 != null && v2.populated()) {
        v2.kill();
        // Killed by v2 but frozen by v1, a process dies only when thawed.
        Path freezer = controllers.v1("freezer");
        if (freezer != null && files.exists(freezer)) {
          thaw();
        }
      } else if (v1 != null && v1.populated()) {
        v1.kill(); // in a hybrid, one that had not joined all hierarchies yet
      } else {
        return;
      }
      if (!deadline.pause()) {
        throw new IOException(
            name() + ": processes " + processes() + " are still there after " + timeout);
      }
    }
  }

  @Override
  public List<Long> processes() throws IOException {
    Set<Long> processes = new LinkedHashSet<>();
    TreeControl v2 = v2Tree();
    if (v2 != null) {
      processes.addAll(v2.processes());
    }
    TreeControl v1 = v1Tree();
    if (v1 != null) {
      processes.addAll(v1.processes());
    }
    return List.copyOf(processes);
  }

  @Override
  public boolean populated() throws IOException {
    TreeControl v2 = v2Tree();
    if (v2 != null && v2.populated()) {
      return true;
    }
    TreeControl v1 = v1Tree();
    return v1 != null && v1.populated();
  }

  private @Nullable TreeControl v2Tree() {
    Path unified = controllers.unified();
    return unified == null ? null : new org.vzj.beancounters.cgroup.v2.Tree(files, unified);
  }

  private @Nullable TreeControl v1Tree() {
    if (hierarchies.isEmpty() || hierarchies.getFirst().unified()) {
      return null;
    }
    // Hierarchies with controllers are not delegated: all processes are in one group there.
    Path freezer = controllers.v1("freezer");
    return freezer == null
        ? new org.vzj.beancounters.cgroup.v1.Tree(files, directory(hierarchies.getFirst()), null)
        : new org.vzj.beancounters.cgroup.v1.Tree(
            files, freezer, new org.vzj.beancounters.cgroup.v1.Freezer(files, freezer));
  }

  @Override
  public void remove(Duration timeout) throws IOException {
    Deadline deadline = Deadline.after(timeout);
    for (Path directory : directories()) {
      // EBUSY has no exception of its own in the JDK, so any failure is tried again.
      IOException failure = tryRemove(directory);
      while (failure != null && deadline.pause()) {
        failure = tryRemove(directory);
      }
      if (failure != null) {
        throw new IOException("cannot remove " + directory + ": " + failure.getMessage(), failure);
      }
    }
  }

  private @Nullable IOException tryRemove(Path directory) {
    try {
      files.remove(directory);
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
