package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.KernelCgroupFiles;
import org.vzj.linux.launch.LaunchPlan;

/**
 * Makes a new group by steps of a plan: the launcher does in one process what would be a hundred
 * calls of the JVM's. A file of a group that is not there yet is looked at in the one above it,
 * from which a new one inherits which files it has and, where the kernel hands them down, what is
 * in them.
 */
final class CgroupSteps implements CgroupFiles {
  private final LaunchPlan.Builder plan;
  private final List<Path> made = new ArrayList<>();

  CgroupSteps(LaunchPlan.Builder plan) {
    this.plan = plan;
  }

  @Override
  public boolean exists(Path file) {
    return Files.exists(source(file));
  }

  @Override
  public String read(Path file) throws IOException {
    return Files.readString(source(file)).stripTrailing();
  }

  private Path source(Path file) {
    Path group = Objects.requireNonNull(file.getParent());
    if (!made.contains(group)) {
      return file;
    }
    Path above = group.resolveSibling(file.getFileName());
    // Missing only where nothing is to be done but to say what would be.
    return Files.exists(above)
        ? above
        : Objects.requireNonNull(group.getParent()).resolveSibling(file.getFileName());
  }

  @Override
  public boolean make(Path group) {
    made.add(group);
    plan.cgroupMake(group.toString());
    return true;
  }

  @Override
  public void write(Path file, String text) {
    plan.write(file.toString(), text);
  }

  @Override
  public void own(Path path, int uid, int gid) {
    plan.chown(path.toString(), uid, gid);
  }

  @Override
  public List<Path> children(Path group) throws IOException {
    return made.contains(group) ? List.of() : new KernelCgroupFiles().children(group);
  }

  @Override
  public void remove(Path group) throws IOException {
    throw new IOException("a plan only makes groups: " + group);
  }

  @Override
  public void kill(long pid) {
    // Nothing runs in a group that is not there yet.
  }
}
