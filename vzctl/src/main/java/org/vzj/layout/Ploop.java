package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.quota.DiskLimit;

/**
 * A file with an ext4 file system in it, on a loop device. VE_PRIVATE is root's and has ploop's
 * names: {@code root.hdd/root.hdd}, beside it {@code DiskDescriptor.xml}, and for each snapshot a
 * whole image {@code root.hdd.{GUID}}. The images are raw and sparse: what ploop calls expanded has
 * no driver in a stock kernel.
 */
public final class Ploop implements Layout {
  static final String NAME = "ploop";

  /** The mode in which all of the image's space is taken at once. */
  private static final String PREALLOCATED = "plain";

  /** Where in the private area an image is mounted to be worked on. */
  static final String POINT = "mnt";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public @Nullable GuestFiles files(Volume volume) {
    return null;
  }

  @Override
  public @Nullable Path quotaPlace(Volume volume) {
    // The kernel counts by the ids on disk.
    return OldDisk.isUnshifted(volume) ? null : volume.root();
  }

  @Override
  public void check(ContainerConfig config) throws VzException {
    if (size(config.diskSpace()) <= 0) {
      throw new VzException(
          ExitCode.DISKSPACE_NOT_SET, "Error: diskspace not set (required for ploop)");
    }
  }

  @Override
  public void checkFiles(Volume volume) throws VzException {
    requireImage(volume, ExitCode.NO_IMAGE);
  }

  @Override
  public void create(Volume volume, String mode, Filling filling) throws VzException {
    check(volume.config());
    Path images = images(volume);
    long size = size(volume.config().diskSpace());
    volume.messages().say("Creating image: " + image(volume) + " size=" + size / 1024 + "K");
    try {
      Files.createDirectory(images, Trees.ownerOnly());
      DiskImage image = new DiskImage(image(volume), volume.runner());
      image.create(size, mode.equals(PREALLOCATED));
      Path point = Files.createDirectory(volume.area().resolve(POINT), Trees.ownerOnly());
      image.mount(point, "-", image.options(""));
      try {
        Files.deleteIfExists(point.resolve("lost+found"));
        new ImageLimit(image).begin(point);
        filling.into(point);
      } finally {
        Mounts.clear(volume.runner(), point);
      }
      Files.delete(point);
      describe(volume);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.CREATE_IMAGE, "Unable to create the image in " + images + ": " + e, e);
    }
  }

  /** KB in multiples of a block, 0 if there is no limit. */
  private static long size(@Nullable DiskLimit limit) {
    return limit == null ? 0 : DiskImage.rounded(limit.hard());
  }

  @Override
  public void addMount(LaunchPlan.Builder plan, Volume volume) throws VzException {
    DiskImage image = requireImage(volume, ExitCode.NO_IMAGE);
    String wanted = volume.config().get(Parameter.MOUNT_OPTS);
    try {
      image.addMount(plan, volume.root(), "-", image.options(wanted == null ? "" : wanted));
    } catch (IOException e) {
      throw new VzException(
          ExitCode.MOUNT_IMAGE, "Unable to look at " + image(volume) + ": " + e, e);
    }
    OldDisk.addOwners(plan, volume, volume.root());
  }

  @Override
  public boolean isAbout(LaunchReport.Failed failed, Volume volume) {
    return failed.what().startsWith("image ") || failed.what().startsWith("idmap ");
  }

  @Override
  public ExitCode mountError() {
    return ExitCode.MOUNT_IMAGE;
  }

  @Override
  public String mountLine(Volume volume) {
    return "mount -o loop " + image(volume) + " " + volume.root();
  }

  @Override
  public boolean resize(Volume volume, DiskLimit limit, boolean offline) throws VzException {
    DiskImage image = requireImage(volume, ExitCode.RESIZE_IMAGE);
    long wanted = DiskImage.rounded(limit.hard());
    try {
      tidy(volume);
      new ImageResize(image, volume.root(), volume.area().resolve(POINT), volume.messages())
          .to(wanted, offline);
      describe(volume);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.RESIZE_IMAGE, "Unable to resize " + image.file() + ": " + e.getMessage(), e);
    }
    return true;
  }

  @Override
  public DiskUsage usage(Volume volume) throws VzException {
    DiskImage image = requireImage(volume, ExitCode.NO_IMAGE);
    try {
      return Mounts.isMounted(volume.root())
          ? DiskImage.mountedUsage(volume.root())
          : narrowed(superblock(image).usage(), size(volume.config().diskSpace()));
    } catch (IOException e) {
      throw new VzException(
          ExitCode.SYSTEM, "Unable to see how full " + image.file() + " is: " + e, e);
    }
  }

  /** A file system that was made smaller while it was mounted has its old size. */
  private static DiskUsage narrowed(DiskUsage found, long wanted) {
    return wanted <= 0 || wanted / 1024 >= found.sizeKb()
        ? found
        : new DiskUsage(found.usedKb(), wanted / 1024, found.usedInodes(), found.inodes());
  }

  private static ExtSuperblock superblock(DiskImage image) throws IOException {
    ExtSuperblock superblock = ExtSuperblock.read(image.file());
    if (superblock == null) {
      throw new IOException("there is no ext4 file system in it");
    }
    return superblock;
  }

  @Override
  public void compact(Volume volume) throws VzException {
    DiskImage image = requireImage(volume, ExitCode.COMPACT_IMAGE);
    try {
      tidy(volume);
      long before = image.allocated();
      if (Mounts.isMounted(volume.root())) {
        Programs.run(ExitCode.COMPACT_IMAGE, "fstrim", volume.root().toString());
      } else {
        image.whileMounted(
            volume.area().resolve(POINT),
            point -> Programs.run(ExitCode.COMPACT_IMAGE, "fstrim", point.toString()));
      }
      long freed = Math.max(0, before - image.allocated());
      volume
          .messages()
          .say("The image takes " + image.allocated() / 1024 + "K, " + freed / 1024 + "K less");
    } catch (IOException e) {
      throw new VzException(
          ExitCode.COMPACT_IMAGE, "Unable to compact " + image.file() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean hasOwnSize() {
    return true;
  }

  @Override
  public boolean keepsSnapshots(Volume volume) {
    try {
      return !new DiskImage(image(volume), volume.runner()).snapshots().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void tidy(Volume volume) throws IOException, VzException {
    Path point = volume.area().resolve(POINT);
    if (Files.isDirectory(point)) {
      Mounts.clear(volume.runner(), point);
      Files.delete(point);
    }
    new DiskImage(image(volume), volume.runner()).removeUnfinished();
    OldDisk.of(volume).removeMade();
  }

  @Override
  public boolean hasSnapshots() {
    return true;
  }

  @Override
  public void createSnapshot(Volume volume, String guid) throws VzException {
    DiskImage image = requireImage(volume, ExitCode.CREATE_SNAPSHOT);
    try {
      boolean mounted = Mounts.isMounted(volume.root());
      image.copyTo(snapshot(volume, guid), mounted ? volume.root() : null);
      describe(volume);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.CREATE_SNAPSHOT, "Unable to copy " + image.file() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void deleteSnapshot(Volume volume, String guid) throws VzException {
    try {
      Files.deleteIfExists(snapshot(volume, guid));
      describe(volume);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.DELETE_SNAPSHOT, "Unable to delete the image of " + guid + ": " + e, e);
    }
  }

  @Override
  public void switchSnapshot(Volume volume, String guid) throws VzException {
    try {
      DiskImage kept = new DiskImage(snapshot(volume, guid), volume.runner());
      kept.copyTo(image(volume), null);
      describe(volume);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.SWITCH_SNAPSHOT, "Unable to restore the image of " + guid + ": " + e, e);
    }
  }

  @Override
  public void mountSnapshot(Volume volume, String guid, Path point) throws VzException {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    // Nothing is written, a journal least of all; it is empty after a freeze or an umount.
    plan.image(
        snapshot(volume, guid).toString(), point.toString(), "ext4", "ro,nosuid,nodev", "noload");
    OldDisk.addOwners(plan, volume, point);
    Mounts.run(volume.runner(), plan, ExitCode.MOUNT_SNAPSHOT, "Unable to mount " + guid);
  }

  @Override
  public void umountSnapshot(Volume volume, String guid) throws VzException {
    Mounts.umountAll(volume.runner(), Mounts.ofImage(snapshot(volume, guid)), "Snapshot " + guid);
  }

  private static DiskImage requireImage(Volume volume, ExitCode code) throws VzException {
    Path file = image(volume);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new VzException(code, "The container's image " + file + " does not exist");
    }
    OldDisk.refuse(file, code, "vzctl convert " + volume.id() + " --layout ploop");
    return new DiskImage(file, volume.runner());
  }

  private static void describe(Volume volume) throws IOException {
    DiskImage image = new DiskImage(image(volume), volume.runner());
    DiskDescriptor.write(images(volume), Files.size(image.file()), "root.hdd", image.snapshots());
  }

  private static Path images(Volume volume) {
    return volume.area().resolve("root.hdd");
  }

  private static Path image(Volume volume) {
    return images(volume).resolve("root.hdd");
  }

  private static Path snapshot(Volume volume, String guid) {
    return images(volume).resolve("root.hdd." + guid);
  }
}
