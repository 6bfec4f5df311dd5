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

/**
 * A subvolume of btrfs. VE_PRIVATE is root's and has {@code fs}, the subvolume with the container's
 * root, {@code snapshots/{GUID}}, read-only ones, and the file {@code subvolume}, which says that
 * it is of this kind. A limit of space is that of the subvolume's quota group.
 */
public final class Btrfs implements Layout {
  static final String NAME = "btrfs";

  private static final String MARK = "subvolume";
  private static final long SUBVOLUME = 256;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GuestFiles files(Volume volume) {
    return GuestFiles.in(tree(volume));
  }

  @Override
  public Path counted(Volume volume) {
    return tree(volume);
  }

  @Override
  public void create(Volume volume, String mode, Filling filling) throws VzException {
    Path area = volume.area();
    try {
      if (!Files.getFileStore(area).type().equals("btrfs")) {
        throw new VzException(
            ExitCode.PRIVATE_AREA_FAILED,
            "The btrfs layout needs VE_PRIVATE on btrfs, and "
                + area
                + " is on "
                + Files.getFileStore(area).type());
      }
      Files.writeString(area.resolve(MARK), "fs\n");
      btrfs(ExitCode.PRIVATE_AREA_FAILED, "create", tree(volume).toString());
      filling.into(tree(volume));
    } catch (IOException e) {
      throw new VzException(
          ExitCode.PRIVATE_AREA_FAILED, "Unable to create private area " + area + ": " + e, e);
    }
  }

  @Override
  public void addMount(LaunchPlan.Builder plan, Volume volume) {
    String root = volume.root().toString();
    plan.mount(tree(volume).toString(), root, "-", "bind", "-");
    plan.mount("-", root, "-", "private", "-");
  }

  @Override
  public String mountLine(Volume volume) {
    return "mount --bind " + tree(volume) + " " + volume.root();
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
      String kept = SnapshotDirectory.entry(volume, guid).toString();
      btrfs(ExitCode.CREATE_SNAPSHOT, "snapshot", "-r", tree(volume).toString(), kept);
    } catch (IOException e) {
      throw new VzException(ExitCode.CREATE_SNAPSHOT, "Unable to keep " + guid + ": " + e, e);
    }
  }

  @Override
  public void deleteSnapshot(Volume volume, String guid) throws VzException {
    if (Files.exists(SnapshotDirectory.entry(volume, guid))) {
      btrfs(ExitCode.DELETE_SNAPSHOT, "delete", SnapshotDirectory.entry(volume, guid).toString());
    }
  }

  @Override
  public void switchSnapshot(Volume volume, String guid) throws VzException {
    Path fresh = volume.area().resolve("fs.new");
    try {
      removeSubvolume(fresh);
      btrfs(
          ExitCode.SWITCH_SNAPSHOT,
          "snapshot",
          SnapshotDirectory.entry(volume, guid).toString(),
          fresh.toString());
      Trees.exchange(fresh, tree(volume));
      removeSubvolume(fresh);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.SWITCH_SNAPSHOT, "Unable to restore " + guid + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void mountSnapshot(Volume volume, String guid, Path point) throws VzException {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    plan.mount(
        SnapshotDirectory.entry(volume, guid).toString(),
        point.toString(),
        "-",
        "bind,ro,nosuid,nodev",
        "-");
    plan.mount("-", point.toString(), "-", "private", "-");
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
            removeSubvolume(entry);
          }
        }
      }
      removeSubvolume(area.resolve("fs.new"));
      removeSubvolume(tree(volume));
    }
    TreeRemoval.remove(area);
  }

  /**
   * One in which the guest has made others is not removed whole: then its files are, one by one.
   */
  private static void removeSubvolume(Path path) throws IOException, VzException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        && Long.valueOf(SUBVOLUME)
            .equals(((Number) Files.getAttribute(path, "unix:ino")).longValue())) {
      if (!Programs.result(ExitCode.DELETE_FAILED, "btrfs", "subvolume", "delete", path.toString())
          .ok()) {
        TreeRemoval.remove(path);
      }
    }
  }

  private static void btrfs(ExitCode code, String... words) throws VzException {
    String[] argv = new String[words.length + 2];
    argv[0] = "btrfs";
    argv[1] = "subvolume";
    System.arraycopy(words, 0, argv, 2, words.length);
    Programs.run(code, argv);
  }

  private static Path tree(Volume volume) {
    return volume.area().resolve("fs");
  }

  /** Tells whether a private area is one of these. */
  static boolean isOne(Path area) {
    return Layouts.isRoots(area) && Layouts.isRoots(area.resolve(MARK));
  }
}
