package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.layout.Layout;
import org.vzj.snapshot.Snapshot;

/**
 * Snapshots that are mounted for the administrator to look into. A file of the host's state, named
 * by the guid, says where; it counts as long as something is mounted there.
 */
public final class SnapshotMounts {
  private SnapshotMounts() {}

  /**
   * Mounts a snapshot read-only.
   *
   * @param guid of the snapshot
   * @param point an absolute directory
   * @throws VzException MOUNT_SNAPSHOT
   */
  public static void mount(Target target, String guid, Path point) throws VzException {
    mount(target, target.layout(), guid, point);
  }

  static void mount(Target target, Layout layout, String guid, Path point) throws VzException {
    SnapshotStore store = SnapshotStore.open(target, layout, ExitCode.MOUNT_SNAPSHOT);
    Snapshot snapshot = store.require(store.read(), guid);
    Path known = point(target, snapshot.guid());
    if (known != null) {
      throw new VzException(
          ExitCode.MOUNT_SNAPSHOT,
          "Snapshot " + snapshot.guid() + " is already mounted on " + known);
    }
    if (!Files.isDirectory(point)) {
      throw new VzException(
          ExitCode.MOUNT_SNAPSHOT, "Unable to mount snapshot: " + point + " is not a directory");
    }
    if (HostMounts.read().contains(point)) {
      throw new VzException(
          ExitCode.MOUNT_SNAPSHOT,
          "Unable to mount snapshot: something is mounted on " + point + " already");
    }
    target.messages().say("Mounting snapshot " + snapshot.guid() + " to " + point);
    try (Undo undo = new Undo(target.messages())) {
      Path mark = directory(target).resolve(snapshot.guid());
      Files.createDirectories(directory(target));
      undo.push("mark", () -> Files.deleteIfExists(mark));
      Files.writeString(mark, point.toRealPath() + "\n");
      layout.mountSnapshot(target.volume(), snapshot.guid(), point);
      undo.keep();
    } catch (IOException e) {
      throw new VzException(ExitCode.MOUNT_SNAPSHOT, "Unable to mount snapshot: " + e, e);
    }
  }

  /**
   * Ends what {@link #mount} began.
   *
   * @throws VzException UMOUNT_SNAPSHOT, also if it is not mounted
   */
  public static void umount(Target target, String guid) throws VzException {
    umount(target, target.layout(), guid);
  }

  static void umount(Target target, Layout layout, String guid) throws VzException {
    SnapshotStore store = SnapshotStore.open(target, layout, ExitCode.UMOUNT_SNAPSHOT);
    Snapshot snapshot = store.require(store.read(), guid);
    target.messages().say("Umounting snapshot " + snapshot.guid());
    layout.umountSnapshot(target.volume(), snapshot.guid());
    try {
      Files.deleteIfExists(directory(target).resolve(snapshot.guid()));
      Files.deleteIfExists(directory(target));
    } catch (IOException e) {
      target.messages().detail("Unable to remove a mark: " + e);
    }
  }

  /** Returns where snapshots are mounted, by their guids. */
  static Map<String, Path> all(Target target) {
    Map<String, Path> points = new LinkedHashMap<>();
    Path directory = directory(target);
    if (!Files.isDirectory(directory)) {
      return points;
    }
    HostMounts mounts = HostMounts.read();
    try (DirectoryStream<Path> marks = Files.newDirectoryStream(directory)) {
      for (Path mark : marks) {
        Path point = Path.of(Files.readString(mark).stripTrailing());
        if (mounts.contains(point)) {
          points.put(String.valueOf(mark.getFileName()), point);
        } else {
          Files.deleteIfExists(mark);
        }
      }
    } catch (IOException e) {
      target.messages().detail("Unable to read " + directory + ": " + e);
    }
    return points;
  }

  private static @Nullable Path point(Target target, String guid) {
    return all(target).get(guid);
  }

  /** Refuses what would take the files away from under a mounted snapshot. */
  static void requireNone(Target target, String guid) throws VzException {
    Path point = point(target, guid);
    if (point != null) {
      throw new VzException(
          ExitCode.DELETE_SNAPSHOT,
          "Snapshot " + guid + " is mounted on " + point + ": use vzctl snapshot-umount first");
    }
  }

  private static Path directory(Target target) {
    return target.host().paths().snapshotMounts().resolve(target.id().toString());
  }

  /** Says what {@link #mount} and {@link #umount} would do. */
  public static List<String> plan(Target target, String guid, @Nullable Path point)
      throws VzException {
    ExitCode code = point == null ? ExitCode.UMOUNT_SNAPSHOT : ExitCode.MOUNT_SNAPSHOT;
    SnapshotStore store = SnapshotStore.look(target, target.layout(), code);
    Snapshot snapshot = store.require(store.read(), guid);
    return List.of(
        point == null
            ? "unmount " + snapshot.guid()
            : "mount " + snapshot.guid() + " read-only on " + point);
  }
}
