package org.vzj.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All snapshots of a container, and which of them its files were last the same as. Immutable. A
 * guid is the same in capital and small letters.
 */
public final class SnapshotTree {
  /** There are no snapshots. */
  public static final SnapshotTree EMPTY = new SnapshotTree(List.of(), "");

  private final List<Snapshot> all;
  private final String current;

  SnapshotTree(List<Snapshot> all, String current) {
    this.all = List.copyOf(all);
    this.current = current;
  }

  /** Returns all snapshots, in the order of their file. */
  public List<Snapshot> all() {
    return all;
  }

  /** Returns the guid of the current one, empty if there is none. */
  public String current() {
    return current;
  }

  /** Tells whether a snapshot is the current one. */
  public boolean isCurrent(Snapshot snapshot) {
    return snapshot.guid().equals(current);
  }

  /** Returns a snapshot by its guid, null if there is none of it. */
  public @Nullable Snapshot find(String guid) {
    for (Snapshot snapshot : all) {
      if (snapshot.guid().equalsIgnoreCase(guid)) {
        return snapshot;
      }
    }
    return null;
  }

  /** Returns a snapshot and those that it came from, itself first; none if there is none of it. */
  public List<Snapshot> lineage(String guid) {
    List<Snapshot> line = new ArrayList<>();
    Snapshot next = find(guid);
    while (next != null && !line.contains(next)) {
      line.add(next);
      next = find(next.parent());
    }
    return line;
  }

  /** Returns the tree with a new snapshot, which comes below the current one and then is it. */
  public SnapshotTree with(Snapshot added) {
    List<Snapshot> list = new ArrayList<>(all);
    list.add(added.below(current));
    return new SnapshotTree(list, added.guid());
  }

  /**
   * Returns the tree without a snapshot: what was below it comes to where it was, and if it was the
   * current one, the one above is.
   */
  public SnapshotTree without(Snapshot removed) {
    List<Snapshot> list = new ArrayList<>();
    for (Snapshot snapshot : all) {
      if (!snapshot.guid().equals(removed.guid())) {
        boolean child = snapshot.parent().equals(removed.guid());
        list.add(child ? snapshot.below(removed.parent()) : snapshot);
      }
    }
    return new SnapshotTree(list, isCurrent(removed) ? removed.parent() : current);
  }

  /** Returns the tree with another current snapshot. */
  public SnapshotTree switchedTo(Snapshot snapshot) {
    return new SnapshotTree(all, snapshot.guid());
  }
}
