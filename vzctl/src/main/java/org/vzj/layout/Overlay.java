package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.vzj.config.ContainerConfig;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.file.TreeRemoval;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;

/**
 * Layers: a template's tree that is shared by all containers made from it, and in VE_PRIVATE what
 * the container has changed. VE_PRIVATE is root's and has
 *
 * <ul>
 *   <li>{@code base}: the name of the shared tree, and a ticket that keeps it
 *   <li>{@code upper}: the container's own files, with its own ids
 *   <li>{@code work}: overlayfs's own
 *   <li>{@code lower}: where the shared tree is for the moment of mounting
 * </ul>
 */
public final class Overlay implements Layout {
  static final String NAME = "overlay";

  private static final String OPTIONS =
      ",redirect_dir=nofollow,metacopy=off,index=off,nfs_export=off,xino=auto";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GuestFiles files(Volume volume) {
    Path upper = upper(volume);
    try {
      OverlayBase base = OverlayBase.read(volume.area());
      return base == null
          ? GuestFiles.in(upper)
          : new MergedFiles(upper, trees(volume).named(base.tree()).files());
    } catch (IOException | VzException e) {
      return GuestFiles.in(upper);
    }
  }

  @Override
  public Path counted(Volume volume) {
    return volume.area();
  }

  @Override
  public void create(Volume volume, String mode, Filling filling) throws VzException {
    Path area = volume.area();
    requirePlainPath(area);
    try {
      SharedTrees.Claim claim = claimOf(area);
      Path archive = filling.archive();
      SharedTree tree =
          archive == null
              ? trees(volume).requireEmpty(claim)
              : trees(volume).require(filling, archive, claim);
      Path upper = layers(volume);
      if (archive == null) {
        filling.into(upper);
      } else {
        likeTheTrees(upper, tree.files(), volume.config());
      }
      Files.setPosixFilePermissions(area, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new VzException(
          ExitCode.PRIVATE_AREA_FAILED, "Unable to create private area " + area + ": " + e, e);
    }
  }

  /** First what says which claim is ours: a kill in between leaves nothing that nobody knows. */
  private static SharedTrees.Claim claimOf(Path area) throws IOException {
    String ticket = OverlayBase.freshTicket();
    return tree -> {
      new OverlayBase(String.valueOf(tree.directory().getFileName()), ticket).write(area);
      Files.writeString(tree.user(ticket), area + "\n");
    };
  }

  /** Makes the directories of a new container's own layer, and returns the upper one. */
  private static Path layers(Volume volume) throws IOException {
    Files.createDirectory(lower(volume));
    Files.createDirectory(volume.area().resolve("work"));
    return Files.createDirectory(upper(volume));
  }

  /** The root directory that the container sees is the upper one. */
  private static void likeTheTrees(Path upper, Path files, ContainerConfig config)
      throws IOException {
    Files.setAttribute(upper, "unix:uid", config.localUid());
    Files.setAttribute(upper, "unix:gid", config.localGid());
    Files.setPosixFilePermissions(upper, Files.getPosixFilePermissions(files));
    Files.setLastModifiedTime(upper, Files.getLastModifiedTime(files));
  }

  @Override
  public boolean copy(Volume source, Volume volume, Copying copying) throws VzException {
    Path area = volume.area();
    requirePlainPath(area);
    try {
      OverlayBase base = OverlayBase.read(source.area());
      if (base == null) {
        throw new VzException(
            ExitCode.PRIVATE_AREA_FAILED, OverlayBase.file(source.area()) + " is missing or wrong");
      }
      trees(volume).share(base.tree(), claimOf(area));
      copying.copy(upper(source), layers(volume), true);
      return true;
    } catch (IOException e) {
      throw new VzException(
          ExitCode.PRIVATE_AREA_FAILED, "Unable to create private area " + area + ": " + e, e);
    }
  }

  @Override
  public void addMount(LaunchPlan.Builder plan, Volume volume) throws VzException {
    Path area = volume.area();
    requirePlainPath(area);
    String root = volume.root().toString();
    addOverlay(
        plan,
        volume,
        volume.root(),
        "lowerdir="
            + lower(volume)
            + ",upperdir="
            + upper(volume)
            + ",workdir="
            + area.resolve("work"));
    plan.mount("-", root, "-", "private", "-");
  }

  private static void addOverlay(LaunchPlan.Builder plan, Volume volume, Path point, String layers)
      throws VzException {
    plan.overlay(
        base(volume).files().toString(),
        lower(volume).toString(),
        point.toString(),
        volume.config().localUid(),
        volume.config().localGid(),
        Volume.IDS,
        layers + OPTIONS);
  }

  @Override
  public boolean isAbout(LaunchReport.Failed failed, Volume volume) {
    return failed.what().startsWith("overlay ");
  }

  @Override
  public String mountLine(Volume volume) {
    return "mount -t overlay -o lowerdir="
        + lower(volume)
        + ",upperdir="
        + upper(volume)
        + " overlay "
        + volume.root();
  }

  /** The tree below; what says that this container needs it is renewed if it was lost. */
  private static SharedTree base(Volume volume) throws VzException {
    try {
      OverlayBase base = OverlayBase.read(volume.area());
      if (base == null) {
        throw new VzException(
            ExitCode.MOUNT_FAILED,
            OverlayBase.file(volume.area()) + " is missing or wrong: it names the template's tree");
      }
      SharedTree tree = trees(volume).named(base.tree());
      if (!tree.isThere()) {
        throw new VzException(
            ExitCode.MOUNT_FAILED,
            "The template's tree " + tree.files() + ", which the container needs, is missing");
      }
      Path user = tree.user(base.ticket());
      if (!Files.exists(user)) {
        Files.writeString(user, volume.area() + "\n");
      }
      return tree;
    } catch (IOException e) {
      throw new VzException(
          ExitCode.MOUNT_FAILED, "Unable to look at the layers of " + volume.area() + ": " + e, e);
    }
  }

  @Override
  public void unmounted(Volume volume) throws VzException {
    Mounts.clear(volume.runner(), lower(volume));
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
    OverlaySnapshots.create(volume, guid);
  }

  @Override
  public void deleteSnapshot(Volume volume, String guid) throws VzException {
    OverlaySnapshots.delete(volume, guid);
  }

  @Override
  public void switchSnapshot(Volume volume, String guid) throws VzException {
    OverlaySnapshots.switchTo(volume, guid);
  }

  @Override
  public void tidy(Volume volume) throws IOException {
    OverlaySnapshots.tidy(volume);
  }

  @Override
  public void mountSnapshot(Volume volume, String guid, Path point) throws VzException {
    Path kept = SnapshotDirectory.entry(volume, guid);
    if (!Files.isDirectory(kept)) {
      throw new VzException(ExitCode.MOUNT_SNAPSHOT, kept + " does not exist");
    }
    LaunchPlan.Builder plan = LaunchPlan.builder();
    addOverlay(plan, volume, point, "lowerdir=" + kept + ":" + lower(volume));
    plan.mount("-", point.toString(), "-", "private", "-");
    plan.mount("-", point.toString(), "-", "remount,bind,ro,nosuid,nodev", "-");
    Mounts.run(volume.runner(), plan, ExitCode.MOUNT_SNAPSHOT, "Unable to mount " + guid);
  }

  @Override
  public void umountSnapshot(Volume volume, String guid) throws VzException {
    Mounts.umountAll(
        volume.runner(), Mounts.ofLayer(SnapshotDirectory.entry(volume, guid)), "Snapshot " + guid);
  }

  @Override
  public void destroy(Volume volume) throws IOException, VzException {
    Path area = volume.area();
    if (Layouts.isRoots(area)) {
      OverlayBase base = OverlayBase.read(area);
      if (base != null) {
        trees(volume).release(base.tree(), base.ticket());
      }
    }
    TreeRemoval.remove(area);
  }

  private static SharedTrees trees(Volume volume) throws VzException {
    Path template = volume.config().global().template();
    if (template == null) {
      throw new VzException(ExitCode.TEMPLATE_NOT_SET, "TEMPLATE is not set in vz.conf");
    }
    return new SharedTrees(template);
  }

  /** The container's own files. */
  static Path upper(Volume volume) {
    return volume.area().resolve("upper");
  }

  private static Path lower(Volume volume) {
    return volume.area().resolve("lower");
  }

  /** overlayfs takes its layers as one text of options. */
  private static void requirePlainPath(Path area) throws VzException {
    String text = area.toString();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == ':' || c == '\\') {
        throw new VzException(
            ExitCode.INVALID_CONFIG,
            "The overlay layout cannot be used with VE_PRIVATE " + area + ": it has a " + c);
      }
    }
  }

  /** Tells whether a private area is one of these. */
  static boolean isOne(Path area) {
    return Layouts.isRoots(area)
        && Layouts.isRoots(OverlayBase.file(area))
        && Files.isRegularFile(OverlayBase.file(area), LinkOption.NOFOLLOW_LINKS);
  }
}
