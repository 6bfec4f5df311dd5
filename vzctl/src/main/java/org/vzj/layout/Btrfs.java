package org.vzj.layout;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.file.TreeRemoval;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;

/**
 * A subvolume of btrfs, made as a snapshot of its template's. VE_PRIVATE is root's and has {@code
 * fs}, the subvolume with the container's root, {@code snapshots/{GUID}}, read-only ones, and the
 * file {@code subvolume}, which says that it is of this kind. With the file {@code unshifted} its
 * files have the ids on disk that they have inside, and the mount shifts them: so one subvolume can
 * become any container's. Those made before this was so are mounted as they are. A limit of space
 * is that of the subvolume's quota group.
 */
public final class Btrfs implements Layout {
  static final String NAME = "btrfs";

  private static final String MARK = "subvolume";

  /**
   * There where the ids on disk are those inside. It is empty: a power cut can take the contents of
   * a file that is there.
   */
  private static final String UNSHIFTED = "unshifted";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GuestFiles files(Volume volume) {
    GuestFiles.Tree tree = new GuestFiles.Tree(tree(volume));
    return isShifted(volume) ? new GuestFiles.Unshifted(tree, volume.config().localUid()) : tree;
  }

  /** Tells whether the ids on disk are to be shifted by the mount. */
  private static boolean isShifted(Volume volume) {
    return volume.config().localUid() > 0 && isUnshifted(volume.area());
  }

  private static boolean isUnshifted(Path area) {
    return Files.exists(area.resolve(UNSHIFTED));
  }

  @Override
  public Path counted(Volume volume) {
    return tree(volume);
  }

  @Override
  public void create(Volume volume, String mode, Filling filling) throws VzException {
    Path area = volume.area();
    try {
      Subvolumes.requireBtrfs(area);
      mark(area);
      Path archive = filling.archive();
      if (archive == null) {
        subvolumes(volume).create(tree(volume), ExitCode.PRIVATE_AREA_FAILED);
        fillMounted(volume, filling);
      } else {
        TemplateSubvolumes.of(volume).snapshot(filling, archive, tree(volume));
      }
    } catch (IOException e) {
      throw new VzException(
          ExitCode.PRIVATE_AREA_FAILED, "Unable to create private area " + area + ": " + e, e);
    }
  }

  private static void mark(Path area) throws IOException {
    Files.createFile(area.resolve(UNSHIFTED));
    Files.writeString(area.resolve(MARK), "fs\n");
  }

  /** What fills it in gives the files the ids that they have on the host. */
  private static void fillMounted(Volume volume, Filling filling) throws IOException, VzException {
    Path point = Files.createDirectory(volume.area().resolve("mnt"));
    LaunchPlan.Builder plan = LaunchPlan.builder();
    addBind(plan, volume, tree(volume), point, "-");
    Mounts.run(
        volume.runner(), plan, ExitCode.PRIVATE_AREA_FAILED, "Unable to mount " + tree(volume));
    try {
      filling.into(point);
    } finally {
      Mounts.clear(volume.runner(), point);
    }
    Files.delete(point);
  }

  @Override
  public boolean copy(Volume source, Volume volume, Copying copying) throws VzException {
    Path area = volume.area();
    try {
      if (!isUnshifted(source.area()) || !Subvolumes.together(source.area(), area)) {
        return false;
      }
      mark(area);
      subvolumes(volume).snapshot(tree(source), tree(volume), false, ExitCode.PRIVATE_AREA_FAILED);
      subvolumes(volume).unlimit(tree(volume));
    } catch (IOException e) {
      throw new VzException(
          ExitCode.PRIVATE_AREA_FAILED, "Unable to create private area " + area + ": " + e, e);
    }
    copying.makeOwn(tree(volume));
    // A power cut would bring back the other machine's keys.
    Trees.flush(area);
    return true;
  }

  @Override
  public void addMount(LaunchPlan.Builder plan, Volume volume) {
    addBind(plan, volume, tree(volume), volume.root(), "-");
  }

  private static void addBind(
      LaunchPlan.Builder plan, Volume volume, Path tree, Path point, String flags) {
    String target = point.toString();
    if (isShifted(volume)) {
      plan.idmap(
          tree.toString(),
          target,
          volume.config().localUid(),
          volume.config().localGid(),
          Volume.IDS,
          flags);
      return;
    }
    plan.mount(tree.toString(), target, "-", flags.equals("-") ? "bind" : "bind," + flags, "-");
    plan.mount("-", target, "-", "private", "-");
  }

  @Override
  public boolean isAbout(LaunchReport.Failed failed, Volume volume) {
    return failed.what().startsWith("idmap ") || Layout.super.isAbout(failed, volume);
  }

  @Override
  public String mountLine(Volume volume) {
    long uid = volume.config().localUid();
    long gid = volume.config().localGid();
    String map =
        " -o X-mount.idmap='u:0:" + uid + ":" + Volume.IDS + " g:0:" + gid + ":" + Volume.IDS + "'";
    return "mount --bind"
        + (isShifted(volume) ? map : "")
        + " "
        + tree(volume)
        + " "
        + volume.root();
  }

  @Override
  public boolean hasSnapshots() {
    return true;
  }

  @Override
  public boolean keepsSnapshots(Volume volume) {
    return SnapshotDirectory.isUsed(volume);
  }

  @Override
  public void createSnapshot(Volume volume, String guid) throws VzException {
    try {
      Files.createDirectories(SnapshotDirectory.of(volume));
      Path kept = SnapshotDirectory.entry(volume, guid);
      subvolumes(volume).snapshot(tree(volume), kept, true, ExitCode.CREATE_SNAPSHOT);
    } catch (IOException e) {
      throw new VzException(ExitCode.CREATE_SNAPSHOT, "Unable to keep " + guid + ": " + e, e);
    }
  }

  @Override
  public void deleteSnapshot(Volume volume, String guid) throws VzException {
    try {
      subvolumes(volume).remove(SnapshotDirectory.entry(volume, guid));
    } catch (IOException e) {
      throw new VzException(
          ExitCode.DELETE_SNAPSHOT, "Unable to delete " + guid + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void switchSnapshot(Volume volume, String guid) throws VzException {
    Path fresh = fresh(volume);
    try {
      subvolumes(volume).remove(fresh);
      subvolumes(volume)
          .snapshot(SnapshotDirectory.entry(volume, guid), fresh, false, ExitCode.SWITCH_SNAPSHOT);
      Trees.exchange(fresh, tree(volume));
      Trees.flush(volume.area());
      subvolumes(volume).remove(fresh);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.SWITCH_SNAPSHOT, "Unable to restore " + guid + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void tidy(Volume volume) throws IOException, VzException {
    subvolumes(volume).remove(fresh(volume));
  }

  @Override
  public void mountSnapshot(Volume volume, String guid, Path point) throws VzException {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    addBind(plan, volume, SnapshotDirectory.entry(volume, guid), point, "ro,nosuid,nodev");
    Mounts.run(volume.runner(), plan, ExitCode.MOUNT_SNAPSHOT, "Unable to mount " + guid);
  }

  @Override
  public void umountSnapshot(Volume volume, String guid) throws VzException {
    Mounts.umountAll(
        volume.runner(),
        Mounts.ofTree(volume.area().getFileName() + "/snapshots/" + guid),
        "Snapshot " + guid);
  }

  @Override
  public void destroy(Volume volume) throws IOException, VzException {
    Path area = volume.area();
    if (isOne(area)) {
      Path snapshots = SnapshotDirectory.of(volume);
      if (Files.isDirectory(snapshots, LinkOption.NOFOLLOW_LINKS)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(snapshots)) {
          for (Path entry : entries) {
            subvolumes(volume).remove(entry);
          }
        }
      }
      subvolumes(volume).remove(fresh(volume));
      subvolumes(volume).remove(tree(volume));
      TemplateSubvolumes.of(volume).release();
    }
    TreeRemoval.remove(area);
  }

  private static Subvolumes subvolumes(Volume volume) {
    return new Subvolumes(volume.runner());
  }

  /** What a switch puts into the place of the files. */
  private static Path fresh(Volume volume) {
    return volume.area().resolve("fs.new");
  }

  private static Path tree(Volume volume) {
    return volume.area().resolve("fs");
  }

  /** Tells whether a private area is one of these. */
  static boolean isOne(Path area) {
    return Layouts.isRoots(area) && Layouts.isRoots(area.resolve(MARK));
  }
}
