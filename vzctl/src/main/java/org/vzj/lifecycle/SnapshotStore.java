package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.layout.Layout;
import org.vzj.layout.Trees;
import org.vzj.linux.conf.AtomicFile;
import org.vzj.linux.file.TreeRemoval;
import org.vzj.linux.xml.XmlException;
import org.vzj.linux.xml.XmlReader;
import org.vzj.snapshot.BadSnapshotsException;
import org.vzj.snapshot.Snapshot;
import org.vzj.snapshot.SnapshotTree;
import org.vzj.snapshot.SnapshotXml;

/**
 * What is known of a container's snapshots besides their files: {@code Snapshots.xml} and the
 * directory {@code dump} in its private area.
 *
 * <p>A change is announced in {@code Snapshots.xml.tmp}, which is the tree as it will be, before
 * the layout does it, and accepted by renaming that file. Whoever finds it knows what a command
 * that was killed was about: a snapshot that only it has was being made and is removed again; one
 * that it lacks was being removed, and a switch was under way: both are done once more.
 */
final class SnapshotStore {
  private static final String FILE = "Snapshots.xml";

  private final Target target;
  private final Layout layout;
  private final ExitCode code;
  private final Path area;

  private SnapshotStore(Target target, Layout layout, ExitCode code) throws VzException {
    this.target = target;
    this.layout = layout;
    this.code = code;
    this.area = target.privateArea();
  }

  /**
   * Returns the snapshots of a container, for reading only.
   *
   * @param code the exit code of what is to be done
   * @throws VzException with this code if its layout has none
   */
  static SnapshotStore look(Target target, Layout layout, ExitCode code) throws VzException {
    if (!layout.hasSnapshots()) {
      throw new VzException(code, "Snapshot feature is only available for ploop-based CTs");
    }
    return new SnapshotStore(target, layout, code);
  }

  /**
   * Returns the snapshots of a container after what a killed command began has been finished or
   * undone. Whoever calls holds the container's lock.
   *
   * @throws VzException with this code as {@link #look}, and if that fails
   */
  static SnapshotStore open(Target target, Layout layout, ExitCode code) throws VzException {
    SnapshotStore store = look(target, layout, code);
    Frozen.recover(target);
    store.recover();
    return store;
  }

  /**
   * Finishes or undoes what a killed command began, before the container's files are used.
   *
   * @throws VzException if that fails
   */
  static void recover(Target target, Layout layout) throws VzException {
    if (layout.hasSnapshots()) {
      new SnapshotStore(target, layout, ExitCode.SWITCH_SNAPSHOT).recover();
    }
  }

  /** Returns the file that says which snapshots there are. */
  Path file() {
    return area.resolve(FILE);
  }

  /** Returns the file of a change that is under way. */
  Path announcement() {
    return area.resolve(FILE + ".tmp");
  }

  /** Returns the copy of the configuration that belongs to a snapshot. */
  Path configuration(String guid) {
    return dumps().resolve(guid + ".ve.conf");
  }

  /** Returns the dump of the container's memory that belongs to a snapshot. */
  Path dump(String guid) {
    return dumps().resolve(guid);
  }

  /** Returns the configuration that a switch which is under way will bring back. */
  Path comingConfiguration() {
    return dumps().resolve("switch.ve.conf");
  }

  private Path dumps() {
    return area.resolve("dump");
  }

  /** Makes the directory for copies and dumps. */
  void makeDumps() throws IOException {
    if (!Files.isDirectory(dumps())) {
      Files.createDirectory(dumps());
    }
  }

  /**
   * Returns the snapshots.
   *
   * @throws VzException if the file cannot be read or makes no sense
   */
  SnapshotTree read() throws VzException {
    return read(file());
  }

  private SnapshotTree read(Path from) throws VzException {
    try {
      return SnapshotXml.read(XmlReader.read(from));
    } catch (NoSuchFileException e) {
      return SnapshotTree.EMPTY;
    } catch (IOException | BadSnapshotsException e) {
      String cause = e instanceof IOException ? "" : from + ": ";
      throw new VzException(code, "Unable to read snapshots: " + cause + e.getMessage(), e);
    }
  }

  /**
   * Finds a snapshot.
   *
   * @throws VzException if there is none of that guid
   */
  Snapshot require(SnapshotTree tree, String guid) throws VzException {
    Snapshot found = tree.find(guid);
    if (found == null) {
      throw new VzException(code, "Unable to find snapshot by uuid " + guid);
    }
    return found;
  }

  /** Writes down what is about to be done: the tree as it will be. */
  void announce(SnapshotTree future) throws VzException {
    try {
      String text = SnapshotXml.write(future);
      // More of them, or deeper ones, than we could ever read again: better refused now.
      SnapshotXml.read(XmlReader.parse(text));
      AtomicFile.write(announcement(), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException | XmlException | BadSnapshotsException e) {
      throw new VzException(code, "Unable to store snapshots: " + e.getMessage(), e);
    }
  }

  /** Makes what was announced true. */
  void accept() throws VzException {
    try {
      Files.move(
          announcement(),
          file(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(comingConfiguration());
      // What was said to be done must not be undone when the power goes.
      Trees.flushNames(area);
    } catch (IOException e) {
      throw new VzException(code, "Unable to store snapshots: " + e, e);
    }
  }

  /** Takes an announcement back. */
  void withdraw() throws IOException {
    Files.deleteIfExists(announcement());
    Files.deleteIfExists(comingConfiguration());
  }

  /** Removes what lies in {@code dump} of a snapshot that is no more. */
  void forget(String guid) {
    try {
      Files.deleteIfExists(configuration(guid));
      if (Files.isDirectory(dump(guid))) {
        TreeRemoval.remove(dump(guid));
      } else {
        Files.deleteIfExists(dump(guid));
      }
    } catch (IOException e) {
      target.messages().warn("Unable to remove what belongs to snapshot " + guid + ": " + e);
    }
  }

  private void recover() throws VzException {
    try {
      layout.tidy(target.volume());
      if (!Files.exists(announcement())) {
        Files.deleteIfExists(comingConfiguration());
        return;
      }
    } catch (IOException e) {
      throw new VzException(code, "Unable to clear what was interrupted: " + e, e);
    }
    SnapshotTree before = read();
    SnapshotTree after;
    try {
      after = read(announcement());
    } catch (VzException e) {
      // It is written all at once; somebody else's file promises nothing.
      target.messages().warn(e.text() + "; it is not used");
      after = before;
    }
    try {
      finish(before, after);
    } catch (IOException e) {
      throw new VzException(code, "Unable to finish what was interrupted: " + e, e);
    }
  }

  private void finish(SnapshotTree before, SnapshotTree after) throws IOException, VzException {
    for (Snapshot made : after.all()) {
      if (before.find(made.guid()) == null) {
        target.messages().detail("Removing snapshot " + made.guid() + ", which was not finished");
        deleteQuietly(made.guid());
        forget(made.guid());
        withdraw();
        return;
      }
    }
    for (Snapshot removed : before.all()) {
      if (after.find(removed.guid()) == null) {
        target.messages().detail("Removing the rest of snapshot " + removed.guid());
        layout.deleteSnapshot(target.volume(), removed.guid());
        forget(removed.guid());
        accept();
        return;
      }
    }
    if (after == before) {
      withdraw();
      return;
    }
    if (HostMounts.read().contains(target.root())) {
      // Its files are in use: nobody mounts without coming by here first.
      withdraw();
      return;
    }
    target.messages().detail("Finishing the switch to snapshot " + after.current());
    layout.switchSnapshot(target.volume(), after.current());
    SwitchSnapshot.restoreConfiguration(target, this);
    accept();
  }

  /** What has not come to be cannot be removed, and need not. */
  private void deleteQuietly(String guid) throws VzException {
    try {
      layout.deleteSnapshot(target.volume(), guid);
    } catch (VzException e) {
      target.messages().detail(e.text());
    }
  }
}
