package org.vzj.lifecycle;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.layout.Layout;
import org.vzj.snapshot.Snapshot;
import org.vzj.snapshot.SnapshotTree;

/** Removes a snapshot. The container, which may run, and other snapshots keep their files. */
public final class DeleteSnapshot {
  private DeleteSnapshot() {}

  /**
   * Removes it.
   *
   * @param guid of the snapshot
   * @throws VzException DELETE_SNAPSHOT
   */
  public static void run(Target target, String guid) throws VzException {
    run(target, target.layout(), guid);
  }

  static void run(Target target, Layout layout, String guid) throws VzException {
    SnapshotStore store = SnapshotStore.open(target, layout, ExitCode.DELETE_SNAPSHOT);
    try (Undo undo = new Undo(target.messages())) {
      SnapshotTree tree = store.read();
      Snapshot snapshot = store.require(tree, guid);
      SnapshotMounts.requireNone(target, snapshot.guid());
      target.messages().say("Deleting snapshot " + snapshot.guid());
      undo.push("announcement", store::withdraw);
      store.announce(tree.without(snapshot));
      layout.deleteSnapshot(target.volume(), snapshot.guid());
      undo.keep();
      store.forget(snapshot.guid());
      store.accept();
      target.messages().say("Snapshot " + snapshot.guid() + " has been successfully deleted");
    } catch (VzException e) {
      throw VzException.ofStatus(
          ExitCode.DELETE_SNAPSHOT.number(), e.text() + "\nFailed to delete snapshot " + guid);
    }
  }

  /** Says what {@link #run} would do. */
  public static List<String> plan(Target target, String guid) throws VzException {
    SnapshotStore store = SnapshotStore.look(target, target.layout(), ExitCode.DELETE_SNAPSHOT);
    Snapshot snapshot = store.require(store.read(), guid);
    List<String> lines = new ArrayList<>();
    lines.add("remove the files that " + snapshot.guid() + " alone has");
    if (Files.exists(store.configuration(snapshot.guid()))) {
      lines.add("remove " + store.configuration(snapshot.guid()));
    }
    lines.add("save " + store.file());
    return lines;
  }
}
