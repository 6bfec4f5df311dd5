package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.vzj.container.Container;
import org.vzj.container.ContainerStore;
import org.vzj.container.CtId;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.layout.Layout;
import org.vzj.layout.Layouts;
import org.vzj.layout.Volume;
import org.vzj.lifecycle.apply.DiskApplier;

/** Removes a stopped container from the host for good; its configuration is kept aside. */
public final class Destroy {
  static final String[] FILES = {
    "conf", "mount", "umount", "premount", "postumount", "start", "stop", "fw"
  };

  /**
   * What a tree that is being removed is called: a crash leaves it for the next removal to find.
   */
  static final String DOOMED = ".vzctl-rm-me.";

  private Destroy() {}

  /**
   * Removes files, names and the mount point.
   *
   * @throws VzException RUNNING or MOUNTED (said on the standard output, as in OpenVZ),
   *     DELETE_FAILED
   */
  public static void run(Target target) throws VzException {
    Container container = target.container();
    if (InitProcess.running(container) != null) {
      target.messages().say("Container is currently running. Stop it first.");
      throw new VzException(ExitCode.RUNNING, "");
    }
    if (HostMounts.read().contains(target.root())) {
      target.messages().say("Container is currently mounted (umount first)");
      throw new VzException(ExitCode.MOUNTED, "");
    }
    requireNoSnapshotMounts(target);
    Path area = target.privateArea();
    target.layout().unmounted(target.volume());
    requireNoMounts(area);
    Remains.clear(target);
    target.messages().say("Destroying container private area: " + area);
    DiskApplier disk = DiskApplier.ending(target);
    removePrivateArea(target, area);
    disk.drop();
    // After the files: an id without files and limits is forgotten altogether.
    UgidQuota.forget(target, Objects.requireNonNull(area.getParent()));
    setConfigurationAside(container);
    new ContainerStore(container.paths()).unlinkAll(target.id());
    removeMountPoint(target);
    target.messages().say("Container private area was destroyed");
  }

  private static void requireNoSnapshotMounts(Target target) throws VzException {
    for (Path point : SnapshotMounts.all(target).values()) {
      throw new VzException(
          ExitCode.DELETE_FAILED,
          "A snapshot of the container is mounted on " + point + ": vzctl snapshot-umount first");
    }
  }

  /** What somebody mounted there is not the container's; and half a removal helps nobody. */
  private static void requireNoMounts(Path area) throws VzException {
    List<Path> mounts = Files.isSymbolicLink(area) ? List.of() : HostMounts.read().below(area);
    if (!mounts.isEmpty()) {
      throw new VzException(
          ExitCode.DELETE_FAILED,
          "Unable to delete " + area + ": something is mounted on " + mounts.getLast());
    }
  }

  private static void removePrivateArea(Target target, Path area) throws VzException {
    try {
      if (Files.isSymbolicLink(area)) {
        target
            .messages()
            .warn("Warning: " + area + " is a symbolic link: only the link is removed");
        Files.delete(area);
        return;
      }
      if (Files.exists(area, LinkOption.NOFOLLOW_LINKS)) {
        Path doomed = doomed(area, target.id());
        Layout layout = target.layout();
        Files.move(area, doomed, StandardCopyOption.ATOMIC_MOVE);
        layout.destroy(target.volume().at(doomed));
      }
      HalfMade.of(target).clear(true);
      removeLeftOver(target.volume());
    } catch (IOException e) {
      throw new VzException(
          ExitCode.DELETE_FAILED, "Unable to delete " + area + ": " + e.getMessage(), e);
    }
  }

  /** Returns the name, beside a private area, of what this process removes. */
  static Path doomed(Path area, CtId id) {
    return area.resolveSibling(DOOMED + id + "." + InitProcess.ofThisProcess().replace(' ', '.'));
  }

  /** Finishes the removals beside a private area that somebody's crash left. */
  static void removeLeftOver(Volume volume) throws IOException, VzException {
    Path parent = volume.area().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, DOOMED + "*")) {
      for (Path entry : entries) {
        if (!inWork(String.valueOf(entry.getFileName()))) {
          Layouts.remove(volume.at(entry));
        }
      }
    }
  }

  /**
   * The name ends with the pid of whoever removes it, and when that began: a living process is left
   * to it. The pid alone might be another's by now, after a boot above all.
   */
  static boolean inWork(String name) {
    int second = name.lastIndexOf('.');
    int first = name.lastIndexOf('.', second - 1);
    try {
      long pid = Long.parseLong(name.substring(first + 1, second));
      return new InitProcess(pid, Long.parseLong(name.substring(second + 1))).alive();
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      return false;
    }
  }

  private static void setConfigurationAside(Container container) throws VzException {
    for (String suffix : FILES) {
      Path file = container.script(suffix);
      try {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.move(
              file,
              file.resolveSibling(file.getFileName() + ".destroyed"),
              StandardCopyOption.REPLACE_EXISTING);
        }
      } catch (IOException e) {
        throw new VzException(ExitCode.DELETE_FAILED, "Unable to rename " + file + ": " + e, e);
      }
    }
  }

  private static void removeMountPoint(Target target) throws VzException {
    try {
      Files.deleteIfExists(target.root());
    } catch (IOException e) {
      target.messages().warn("Warning: unable to remove " + target.root() + ": " + e);
    }
  }
}
