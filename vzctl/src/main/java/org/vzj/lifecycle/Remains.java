package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.NetworkRemoval;

/**
 * What a container that runs no more has left on the host: processes of its cgroup, the cgroup, the
 * state directory. Whoever finds it dead clears it, in whatever state a crash left it.
 */
final class Remains {
  /** How long processes may take to die and groups to become empty. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int TRIES = 100;

  private Remains() {}

  /**
   * Clears everything but the mount.
   *
   * @throws VzException STOP_FAILED if processes or cgroups cannot be removed; ENVIRONMENT if the
   *     processes are not ours; SYSTEM if something of the network stays
   */
  public static void clear(Target target) throws VzException {
    Cgroup group = target.host().cgroup(target.id());
    try {
      if (group.exists()) {
        requireOurs(target, group);
        OomLog.report(target, group);
        group.kill(PATIENCE);
        group.remove(PATIENCE);
        target.host().unbalanceCpu();
      }
    } catch (IOException e) {
      throw new VzException(
          ExitCode.STOP_FAILED, "Unable to remove the cgroup: " + e.getMessage(), e);
    }
    new NetworkRemoval(target).run();
    forget(target);
  }

  /**
   * Clears everything and unmounts the root, also if something of the rest could not be cleared.
   *
   * @throws VzException as {@link #clear}, or an error of umount
   */
  static void clearAndUmount(Target target) throws VzException {
    VzException failed = null;
    try {
      clear(target);
    } catch (VzException e) {
      failed = e;
    }
    try {
      if (HostMounts.read().contains(target.root())) {
        Umount.run(target);
      }
    } catch (VzException e) {
      if (failed == null) {
        throw e;
      }
      target.messages().warn(e.text());
    }
    if (failed != null) {
      throw failed;
    }
  }

  /** Removes the state directory. */
  static void forget(Target target) {
    try {
      deleteDirectory(target.container().runDirectory());
    } catch (IOException e) {
      target.messages().warn("Unable to remove state: " + e.getMessage());
    }
  }

  /**
   * A start writes the state directory before it makes the cgroup. Processes without one belong to
   * somebody else's container of this number, such as that of a second configuration directory.
   */
  private static void requireOurs(Target target, Cgroup group) throws IOException, VzException {
    if (!Files.isDirectory(target.container().runDirectory()) && group.populated()) {
      throw new VzException(
          ExitCode.ENVIRONMENT,
          "Processes that are not of this configuration are in the cgroup "
              + group.directories().getLast()
              + " (pid "
              + group.processes().getFirst()
              + "): stop that container "
              + target.id()
              + " with the configuration that it was started with, or end them");
    }
  }

  /** The monitor may just be writing there how init ended: then it has something again. */
  private static void deleteDirectory(Path directory) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        deleteOnce(directory);
        return;
      } catch (DirectoryNotEmptyException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private static void deleteOnce(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(directory);
  }
}
