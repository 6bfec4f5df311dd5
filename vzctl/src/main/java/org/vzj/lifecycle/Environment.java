package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;

/** What a container needs on the host before its first process: state directory and cgroups. */
final class Environment {
  private Environment() {}

  /**
   * Makes both. What an earlier run may have left must be gone, see {@link Remains}.
   *
   * @return the cgroup, made and delegated
   * @throws VzException SYSTEM or ENVIRONMENT
   */
  static Cgroup prepare(Target target) throws VzException {
    makeRunDirectory(target);
    Cgroup group = target.host().cgroup(target.id());
    try {
      group.create();
      prepareMonitors(target.host().monitors());
      record(target, group);
      DeviceRules.apply(target, group);
      group.delegate(target.config().localUid(), target.config().localGid());
      return group;
    } catch (IOException e) {
      throw new VzException(
          ExitCode.ENVIRONMENT, "Unable to set up the cgroup: " + e.getMessage(), e);
    }
  }

  /** Made by the first container since boot; nobody removes it. */
  private static void prepareMonitors(Cgroup monitors) throws IOException {
    for (Path directory : monitors.directories()) {
      if (!Files.isDirectory(directory)) {
        monitors.create();
        return;
      }
    }
  }

  /** So that whoever only looks need not find out how this host has its cgroups. */
  private static void record(Target target, Cgroup group) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path directory : group.directories()) {
      lines.append(directory).append('\n');
    }
    Files.writeString(target.container().cgroupFile(), lines);
  }

  private static void makeRunDirectory(Target target) throws VzException {
    Path directory = target.container().runDirectory();
    try {
      Files.createDirectories(target.host().paths().run());
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to create " + directory + ": " + e, e);
    }
  }
}
