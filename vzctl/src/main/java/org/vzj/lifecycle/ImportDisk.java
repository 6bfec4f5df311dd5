package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.config.Parameter;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.layout.OldDisk;
import org.vzj.linux.conf.ConfFile;

/**
 * Takes over a container that was copied from a host with OpenVZ's kernel, whose disk only that one
 * can mount. A container of such a host has no ids of its own: it gets some, and its files need not
 * be touched for that.
 */
final class ImportDisk {
  /** The mode in which all of the image's space is taken at once. */
  private static final String PREALLOCATED = "plain";

  private final Target target;

  ImportDisk(Target target) {
    this.target = target;
  }

  /** Tells whether a container's disk is such a one, or was one before a kill in between. */
  static boolean isNeeded(Target target) throws VzException {
    return isOld(target) || (OldDisk.isUnshifted(target.volume()) && !hasIds(target));
  }

  private static boolean isOld(Target target) throws VzException {
    try {
      return OldDisk.of(target.volume()).isOne();
    } catch (IOException e) {
      throw new VzException(
          ExitCode.CONVERT_IMAGE, "Unable to look at " + target.privateArea() + ": " + e, e);
    }
  }

  /**
   * Does it. The container is stopped and unmounted.
   *
   * @param mode of the layout, what is said after the colon
   * @throws VzException CONVERT_IMAGE; the disk is as it was then
   */
  void run(String mode) throws VzException {
    for (Path point : SnapshotMounts.all(target).values()) {
      throw new VzException(
          ExitCode.CONVERT_IMAGE, "A snapshot of the container is mounted on " + point);
    }
    if (isOld(target)) {
      target.messages().say("Copying content to ploop...");
      OldDisk.of(target.volume()).makeRaw(mode.equals(PREALLOCATED));
    }
    giveIds();
    target.messages().say("Container was successfully converted to the ploop layout");
  }

  private static boolean hasIds(Target target) {
    return target.config().localUid() >= 0 || target.config().localGid() >= 0;
  }

  private void giveIds() throws VzException {
    if (hasIds(target)) {
      return;
    }
    Path file = target.container().configFile();
    try (IdRanges.Reservation ids = new IdRanges(target.host()).reserve(target.id())) {
      ConfFile.read(file)
          .with(String.valueOf(Parameter.LOCAL_UID.key()), Long.toString(ids.uid()))
          .with(String.valueOf(Parameter.LOCAL_GID.key()), Long.toString(ids.gid()))
          .save(file);
      target
          .messages()
          .say("Container has the user and group ids from " + ids.uid() + " on, see " + file);
    } catch (IOException e) {
      throw new VzException(ExitCode.CONFIG_SAVE, "Unable to save " + file + ": " + e, e);
    }
  }

  /** Says what {@link #run} would do. */
  List<String> plan() throws VzException {
    Path images = target.privateArea().resolve("root.hdd");
    List<String> lines = new ArrayList<>();
    lines.add("make raw images in " + images + ".new, one of each snapshot too");
    lines.add("exchange them with those in " + images + ", and remove the old ones");
    if (!hasIds(target)) {
      lines.add("save LOCAL_UID and LOCAL_GID in " + target.container().configFile());
    }
    return lines;
  }
}
