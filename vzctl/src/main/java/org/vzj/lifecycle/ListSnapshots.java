package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.layout.Layout;
import org.vzj.linux.proc.MountInfo;
import org.vzj.snapshot.Snapshot;
import org.vzj.snapshot.SnapshotTree;

/** What can be said of a container's snapshots. */
public final class ListSnapshots {
  /**
   * One of them.
   *
   * @param snapshot itself
   * @param current whether the container's files were last the same as its
   * @param device what it is mounted from, empty if it is not mounted
   * @param point where, empty if it is not
   */
  public record Row(Snapshot snapshot, boolean current, String device, String point) {}

  private ListSnapshots() {}

  /**
   * Returns all snapshots, or one and those that it came from.
   *
   * @param guid of that one, null for all
   * @throws VzException LIST_SNAPSHOT
   */
  public static List<Row> of(Target target, @Nullable String guid) throws VzException {
    return of(target, target.layout(), guid);
  }

  static List<Row> of(Target target, Layout layout, @Nullable String guid) throws VzException {
    SnapshotStore store = SnapshotStore.look(target, layout, ExitCode.LIST_SNAPSHOT);
    SnapshotTree tree = store.read();
    List<Snapshot> chosen = tree.all();
    if (guid != null) {
      chosen = tree.lineage(store.require(tree, guid).guid());
    }
    Map<String, Path> points = SnapshotMounts.all(target);
    List<Row> rows = new ArrayList<>();
    for (Snapshot snapshot : chosen) {
      Path point = points.get(snapshot.guid());
      rows.add(
          new Row(
              snapshot,
              tree.isCurrent(snapshot),
              point == null ? "" : device(point),
              point == null ? "" : point.toString()));
    }
    return rows;
  }

  private static String device(Path point) {
    String device = "";
    try {
      for (MountInfo mount : MountInfo.read(Path.of("/proc/self/mountinfo"))) {
        if (mount.mountPoint().equals(point.toString())) {
          device = mount.source();
        }
      }
    } catch (IOException e) {
      return "";
    }
    return device;
  }
}
