package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ContainerStore;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.layout.Layout;
import org.vzj.linux.conf.AtomicFile;
import org.vzj.linux.conf.ConfFile;
import org.vzj.snapshot.Snapshot;
import org.vzj.snapshot.SnapshotTree;

/** Gives a container the files, and the configuration, that a snapshot has kept. */
public final class SwitchSnapshot {
  /**
   * What is wanted.
   *
   * @param guid of the snapshot
   * @param skipResume whether a dump of memory in it is of no interest
   * @param mustResume whether it is an error if the container does not run afterwards
   * @param skipConfig whether the configuration stays as it is
   */
  public record Wish(String guid, boolean skipResume, boolean mustResume, boolean skipConfig) {}

  /** Where a container's files are, and whose they are, is not a matter of their state. */
  private static final String[] KEPT = {
    "VE_ROOT", "VE_PRIVATE", "VE_LAYOUT", "LOCAL_UID", "LOCAL_GID"
  };

  private final Target target;
  private final Layout layout;
  private final Wish wish;

  /**
   * @param layout of the container
   */
  SwitchSnapshot(Target target, Layout layout, Wish wish) {
    this.target = target;
    this.layout = layout;
    this.wish = wish;
  }

  /**
   * Switches. A running container is killed; what its files were is lost.
   *
   * @throws VzException SWITCH_SNAPSHOT; its files are as they were then
   */
  public static void run(Target target, Wish wish) throws VzException {
    new SwitchSnapshot(target, target.layout(), wish).run();
  }

  /** Says what {@link #run} would do. */
  public static List<String> plan(Target target, Wish wish) throws VzException {
    SnapshotStore store = SnapshotStore.look(target, target.layout(), ExitCode.SWITCH_SNAPSHOT);
    Snapshot snapshot = store.require(store.read(), wish.guid());
    List<String> lines = new ArrayList<>();
    if (InitProcess.running(target.container()) != null) {
      lines.addAll(DryRun.stop(target, true, false));
    } else if (HostMounts.read().contains(target.root())) {
      lines.addAll(DryRun.umount(target));
    }
    lines.add("replace its files by those of " + snapshot.guid());
    if (!wish.skipConfig() && Files.exists(store.configuration(snapshot.guid()))) {
      lines.add("rename " + target.container().configFile() + " to *.old");
      lines.add("restore it from " + store.configuration(snapshot.guid()));
    }
    lines.add("save " + store.file());
    return lines;
  }

  void run() throws VzException {
    SnapshotStore store = SnapshotStore.open(target, layout, ExitCode.SWITCH_SNAPSHOT);
    try {
      SnapshotTree tree = store.read();
      Snapshot snapshot = store.require(tree, wish.guid());
      boolean dumped = Files.exists(store.dump(snapshot.guid()));
      if (wish.mustResume()) {
        throw new VzException(
            ExitCode.SWITCH_SNAPSHOT,
            dumped ? "Error: failed to resume CT" : "Error: no dump in snapshot, unable to resume");
      }
      target.messages().say("Switching to snapshot " + snapshot.guid());
      takeDown();
      change(store, tree, snapshot);
      if (dumped && !wish.skipResume()) {
        target
            .messages()
            .say("Warning: failed to resume CT, ignoring (use --must-resume to treat as error)");
      }
      target.messages().say("Container has been successfully switched to another snapshot");
    } catch (VzException e) {
      throw VzException.ofStatus(
          ExitCode.SWITCH_SNAPSHOT.number(),
          e.text() + "\nFailed to switch to snapshot " + wish.guid());
    }
  }

  private void takeDown() throws VzException {
    if (InitProcess.running(target.container()) != null) {
      new Stop(target, true, false).run();
    }
    if (HostMounts.read().contains(target.root())) {
      Umount.run(target);
    }
  }

  private void change(SnapshotStore store, SnapshotTree tree, Snapshot snapshot)
      throws VzException {
    try (Undo undo = new Undo(target.messages())) {
      undo.push("announcement", store::withdraw);
      Path kept = store.configuration(snapshot.guid());
      if (!wish.skipConfig() && Files.exists(kept)) {
        AtomicFile.write(store.comingConfiguration(), merged(kept).bytes());
      }
      store.announce(tree.switchedTo(snapshot));
      layout.switchSnapshot(target.volume(), snapshot.guid());
      // From here on it is the next command, not this one, that would finish what fails.
      undo.keep();
      restoreConfiguration(target, store);
      store.accept();
    } catch (IOException e) {
      throw new VzException(
          ExitCode.SWITCH_SNAPSHOT, "Unable to restore the configuration: " + e.getMessage(), e);
    }
  }

  /** The snapshot's configuration, with what must stay as it is now. */
  private ConfFile merged(Path kept) throws IOException {
    ConfFile now = ConfFile.read(target.container().configFile());
    ConfFile then = ConfFile.read(kept);
    for (String key : KEPT) {
      String value = now.get(key);
      then = value == null ? then.without(key) : then.with(key, value);
    }
    return then;
  }

  /**
   * Puts the coming configuration in place, if there is one; the one before becomes CTID.conf.old.
   * To do so again changes nothing.
   */
  static void restoreConfiguration(Target target, SnapshotStore store)
      throws IOException, VzException {
    Path coming = store.comingConfiguration();
    if (!Files.exists(coming)) {
      return;
    }
    Path file = target.container().configFile();
    byte[] now = Files.readAllBytes(file);
    ConfFile then = ConfFile.read(coming);
    if (!java.util.Arrays.equals(now, then.bytes())) {
      AtomicFile.write(file.resolveSibling(file.getFileName() + ".old"), now);
      then.save(file);
    }
    rename(target, ConfFile.ofBytes(now).get("NAME"), then.get("NAME"));
    Files.delete(coming);
  }

  private static void rename(Target target, @Nullable String before, @Nullable String after)
      throws VzException {
    ContainerStore names = new ContainerStore(target.host().paths());
    if (before != null && !before.equals(after)) {
      names.unlink(before, target.id());
    }
    if (after != null && !after.isEmpty()) {
      try {
        names.link(after, target.id());
      } catch (VzException e) {
        target.messages().warn(e.text());
      }
    }
  }
}
