package org.vzj.layout;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.Messages;
import org.vzj.container.VzException;
import org.vzj.layout.expanded.OldDescriptor;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.process.CommandResult;

/**
 * A disk of raw images with its DiskDescriptor.xml, wherever it lies: a container's, or one of its
 * own. Nothing is known here of the container whose disk it may be: that one is stopped, or what is
 * done is what may be done to a disk in use.
 */
public final class PloopDisk {
  private final Path descriptor;
  private final Path file;
  private final PlanRunner runner;
  private final Messages messages;

  private PloopDisk(Path descriptor, Path file, PlanRunner runner, Messages messages) {
    this.descriptor = descriptor;
    this.file = file;
    this.runner = runner;
    this.messages = messages;
  }

  /**
   * Opens one.
   *
   * @param descriptor its DiskDescriptor.xml
   * @throws IOException if it cannot be read, or describes no disk
   * @throws VzException NO_IMAGE if its image is not there, or is not raw
   */
  public static PloopDisk open(Path descriptor, PlanRunner runner, Messages messages)
      throws IOException, VzException {
    OldDescriptor known = OldDescriptor.read(descriptor);
    Path file = known.chain(known.top()).getFirst();
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new VzException(ExitCode.NO_IMAGE, "The image " + file + " does not exist");
    }
    OldDisk.refuse(file, ExitCode.NO_IMAGE, "ploop convert -f raw " + descriptor);
    return new PloopDisk(descriptor, file, runner, messages);
  }

  /**
   * Makes one.
   *
   * @param file the image, beside which the descriptor is made
   * @param bytes its size
   * @param full whether all of its space is taken now
   * @param fileSystem whether an ext4 is made in it
   * @throws VzException CREATE_IMAGE; nothing is left then
   */
  public static void create(
      Path file, long bytes, boolean full, boolean fileSystem, PlanRunner runner)
      throws IOException, VzException {
    Path descriptor = file.resolveSibling(DiskDescriptor.NAME);
    if (Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(descriptor.toString());
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    DiskImage image = new DiskImage(file, runner);
    boolean done = false;
    try {
      if (fileSystem) {
        image.create(bytes, full);
      } else {
        image.createEmpty(bytes, full);
      }
      DiskDescriptor.write(
          file.resolveSibling("."), bytes, String.valueOf(file.getFileName()), List.of());
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Returns the image in use. */
  public Path file() {
    return file;
  }

  /** Returns the size of the disk in bytes. */
  public long bytes() throws IOException {
    return Files.size(file);
  }

  private DiskImage image() {
    return new DiskImage(file, runner);
  }

  private Path snapshot(String guid) {
    return file.resolveSibling(file.getFileName() + "." + guid);
  }

  /** Returns the guids of the snapshots. */
  public List<String> snapshots() throws IOException {
    return image().snapshots();
  }

  private Path requireSnapshot(String guid) throws VzException {
    Path kept = snapshot(guid);
    if (!Files.isRegularFile(kept, LinkOption.NOFOLLOW_LINKS)) {
      throw new VzException(ExitCode.SWITCH_SNAPSHOT, "There is no snapshot " + guid);
    }
    return kept;
  }

  /** Returns where the image in use is mounted, null if it is not. */
  public @Nullable Path mountPoint() throws VzException {
    List<Path> points = Mounts.ofImage(file);
    return points.isEmpty() ? null : points.getFirst();
  }

  /**
   * Mounts it.
   *
   * @param guid a snapshot's, which is mounted read-only; null for the image in use
   * @param options comma list, as of mount(8)
   * @throws VzException MOUNT_IMAGE
   */
  public void mount(Path point, @Nullable String guid, boolean readonly, String options)
      throws IOException, VzException {
    if (guid == null) {
      image().mount(point, readonly ? "ro" : "-", image().options(options));
      return;
    }
    LaunchPlan.Builder plan = LaunchPlan.builder();
    plan.image(
        requireSnapshot(guid).toString(), point.toString(), "ext4", "ro,nosuid,nodev", "noload");
    plan.mount("-", point.toString(), "-", "private", "-");
    Mounts.run(runner, plan, ExitCode.MOUNT_IMAGE, "Unable to mount " + guid);
  }

  /**
   * Unmounts it, and its snapshots.
   *
   * @return how many mounts there were
   * @throws VzException UMOUNT_IMAGE, such as when it is busy
   */
  public int umount() throws IOException, VzException {
    List<Path> points = new ArrayList<>(Mounts.ofImage(file));
    for (String guid : snapshots()) {
      points.addAll(Mounts.ofImage(snapshot(guid)));
    }
    LaunchPlan.Builder plan = LaunchPlan.builder();
    for (Path point : points) {
      plan.umount(point.toString(), false);
    }
    if (!points.isEmpty()) {
      Mounts.run(runner, plan, ExitCode.UMOUNT_IMAGE, "Unable to umount " + file);
    }
    return points.size();
  }

  /**
   * Unmounts whatever image is mounted on a directory.
   *
   * @return false if there is none
   * @throws VzException UMOUNT_IMAGE, such as when it is busy
   */
  public static boolean umount(Path point, PlanRunner runner) throws VzException {
    if (!Mounts.isMounted(point) || !Mounts.source(point).startsWith("/dev/loop")) {
      return false;
    }
    LaunchPlan.Builder plan = LaunchPlan.builder();
    plan.umount(point.toString(), false);
    Mounts.run(runner, plan, ExitCode.UMOUNT_IMAGE, "Unable to umount " + point);
    return true;
  }

  /** Returns the devices of mounted disks, and their images. */
  public static Map<String, Path> devices() throws VzException {
    Map<String, Path> devices = new LinkedHashMap<>();
    for (Map.Entry<String, Path> entry : Mounts.images().entrySet()) {
      if (Files.exists(entry.getValue().resolveSibling(DiskDescriptor.NAME))) {
        devices.put(entry.getKey(), entry.getValue());
      }
    }
    return devices;
  }

  /**
   * Changes its size, mounted or not.
   *
   * @throws VzException RESIZE_IMAGE
   */
  public void resize(long bytes) throws IOException, VzException {
    Path point = mountPoint();
    Path work = file.resolveSibling(Ploop.POINT);
    new ImageResize(image(), point == null ? work : point, work, messages).to(bytes, point == null);
    describe();
  }

  /** Returns how full it is. */
  public DiskUsage usage() throws IOException, VzException {
    Path point = mountPoint();
    if (point != null) {
      return DiskImage.mountedUsage(point);
    }
    ExtSuperblock superblock = ExtSuperblock.read(file);
    if (superblock == null) {
      throw new IOException("There is no ext4 file system in " + file);
    }
    return superblock.usage();
  }

  /** Returns how many bytes the image in use takes. */
  public long allocated() throws VzException {
    return image().allocated();
  }

  /**
   * Looks at the file system of an unmounted one without changing it.
   *
   * @return what e2fsck found; empty if all is well
   */
  public String check() throws VzException {
    CommandResult result =
        Programs.result(ExitCode.MOUNT_IMAGE, "e2fsck", "-f", "-n", file.toString());
    return result.ok() ? "" : (result.out() + result.err()).strip();
  }

  /**
   * Gives back to the host what it takes and does not use.
   *
   * @return how many bytes
   */
  public long discard() throws IOException, VzException {
    long before = allocated();
    Path point = mountPoint();
    if (point != null) {
      Programs.run(ExitCode.COMPACT_IMAGE, "fstrim", point.toString());
    } else {
      image()
          .whileMounted(
              file.resolveSibling(Ploop.POINT),
              at -> Programs.run(ExitCode.COMPACT_IMAGE, "fstrim", at.toString()));
    }
    return Math.max(0, before - allocated());
  }

  /** Keeps a copy of it as it is now. */
  public void createSnapshot(String guid) throws IOException, VzException {
    if (Files.exists(snapshot(guid))) {
      throw new VzException(
          ExitCode.CREATE_SNAPSHOT, "Invalid guid " + guid + " specified: already exists");
    }
    image().copyTo(snapshot(guid), mountPoint());
    describe();
  }

  /** Gives it the contents of a snapshot. It is not mounted. */
  public void switchTo(String guid) throws IOException, VzException {
    Path kept = requireSnapshot(guid);
    if (mountPoint() != null) {
      throw new VzException(ExitCode.SWITCH_SNAPSHOT, file + " is mounted");
    }
    new DiskImage(kept, runner).copyTo(file, null);
    describe();
  }

  /** Removes a snapshot, which is not mounted. */
  public void deleteSnapshot(String guid) throws IOException, VzException {
    Path kept = requireSnapshot(guid);
    if (!Mounts.ofImage(kept).isEmpty()) {
      throw new VzException(ExitCode.DELETE_SNAPSHOT, "Snapshot " + guid + " is mounted");
    }
    Files.delete(kept);
    describe();
  }

  private void describe() throws IOException {
    DiskDescriptor.write(
        descriptor.resolveSibling("."), bytes(), String.valueOf(file.getFileName()), snapshots());
  }
}
