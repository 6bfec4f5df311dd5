package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.config.Parameter;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.layout.Layout;
import org.vzj.layout.Layouts;
import org.vzj.layout.Trees;
import org.vzj.layout.Volume;
import org.vzj.lifecycle.apply.DiskApplier;
import org.vzj.linux.conf.ConfFile;

/**
 * Stores a container's files in another way. The new private area is made beside the old one, under
 * the name of what is to be removed, and the two change places in one step; so a crash leaves one
 * or the other, and what is over is removed by whoever removes next. While they change places the
 * configuration names no layout: then it is seen from the private area itself, whichever it is.
 */
public final class Convert {
  private final Target target;
  private final Layout to;
  private final String mode;

  /**
   * @param value the layout, with a mode after a colon
   */
  public Convert(Target target, String value) {
    this.target = target;
    this.to = Layouts.named(value);
    int colon = value.indexOf(':');
    this.mode = colon < 0 ? "" : value.substring(colon + 1);
  }

  /**
   * Does it.
   *
   * @throws VzException RUNNING, MOUNTED, DISKSPACE_NOT_SET, INVALID_VALUE, CONVERT_IMAGE; the
   *     container is as it was then
   */
  public void run() throws VzException {
    Layout from = target.layout();
    if (from.name().equals(to.name()) && ImportDisk.isNeeded(target)) {
      checkDown();
      new ImportDisk(target).run(mode);
      return;
    }
    if (from.name().equals(to.name())) {
      target.messages().say("CT is already on " + to.name());
      return;
    }
    check(from);
    Volume volume = target.volume();
    Path made = Destroy.doomed(volume.area(), target.id());
    target.messages().say("Copying content to " + to.name() + "...");
    try (Undo undo = new Undo(target.messages())) {
      undo.push("new private area", () -> removeIfThere(volume.at(made)));
      Files.createDirectory(
          made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      copy(volume.at(made));
      Trees.flush(made);
      String name = target.layout().name();
      undo.push("configuration", () -> save(name));
      save(null);
      DiskApplier disk = DiskApplier.ending(target);
      Trees.exchange(made, volume.area());
      undo.keep();
      // The configuration may be on another disk, and must not know of it earlier than this one.
      Trees.flush(volume.area());
      save(to.name());
      if (to.counted(volume) == null) {
        disk.drop();
      }
    } catch (IOException e) {
      throw new VzException(
          ExitCode.CONVERT_IMAGE, "Unable to convert " + volume.area() + ": " + e.getMessage(), e);
    }
    remove(from, volume.at(made));
    target.messages().say("Container was successfully converted to the " + to.name() + " layout");
  }

  /** Says what {@link #run} would do. */
  public List<String> plan() throws VzException {
    Layout from = target.layout();
    if (from.name().equals(to.name()) && ImportDisk.isNeeded(target)) {
      checkDown();
      return new ImportDisk(target).plan();
    }
    if (from.name().equals(to.name())) {
      return List.of("nothing: CT is already on " + to.name());
    }
    check(from);
    List<String> lines = new ArrayList<>();
    lines.add(from.mountLine(target.volume()));
    lines.add("copy all files to a new private area of layout " + to.name());
    lines.add("umount " + target.root());
    lines.add("exchange it with " + target.privateArea() + ", and remove the old one");
    lines.add("save VE_LAYOUT=\"" + to.name() + "\" in " + target.container().configFile());
    return lines;
  }

  private void checkDown() throws VzException {
    if (InitProcess.running(target.container()) != null) {
      throw new VzException(ExitCode.RUNNING, "CT is running (stop it first)");
    }
    if (HostMounts.read().contains(target.root())) {
      throw new VzException(ExitCode.MOUNTED, "CT is mounted (umount it first)");
    }
  }

  private void check(Layout from) throws VzException {
    checkDown();
    to.check(target.config());
    Mount.requirePrivateArea(target);
    from.checkFiles(target.volume());
    Ownership.checkIds(target);
    if (from.hasSnapshots() && from.keepsSnapshots(target.volume())) {
      throw new VzException(
          ExitCode.CONVERT_IMAGE, "The container has snapshots, which would be lost");
    }
    try {
      Destroy.removeLeftOver(target.volume());
    } catch (IOException e) {
      throw new VzException(ExitCode.CONVERT_IMAGE, "Unable to clean up: " + e.getMessage(), e);
    }
  }

  private void copy(Volume made) throws VzException {
    Mount.bind(target);
    try {
      Ownership.check(target, target.files());
      to.create(made, mode, new TreeFilling(target, target.root()));
    } finally {
      Umount.unbind(target);
    }
  }

  /** Null: the private area tells which layout it is. */
  private void save(@Nullable String layout) throws IOException {
    Path file = target.container().configFile();
    ConfFile before = ConfFile.read(file);
    (layout == null
            ? before.without(String.valueOf(Parameter.VE_LAYOUT.key()))
            : before.with(String.valueOf(Parameter.VE_LAYOUT.key()), layout))
        .save(file);
  }

  private void remove(Layout from, Volume old) {
    try {
      from.destroy(old);
    } catch (IOException | VzException e) {
      target.messages().warn("Unable to remove " + old.area() + ": " + e.getMessage());
    }
  }

  private static void removeIfThere(Volume volume) throws IOException, VzException {
    if (Files.exists(volume.area())) {
      Layouts.remove(volume);
    }
  }
}
