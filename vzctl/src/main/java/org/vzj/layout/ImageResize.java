package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.process.CommandResult;

/**
 * Changes the size of an image and of the file system in it. To grow it is made longer first; a
 * crash leaves a file system that is smaller than its file, and the next resize goes on. ext4
 * shrinks only unmounted, and resize2fs that is interrupted then destroys it: so a copy is shrunk.
 * Without that, a limit is set, which does the same for the container but leaves the file as long.
 */
final class ImageResize {
  private static final ExitCode CODE = ExitCode.RESIZE_IMAGE;

  private final DiskImage image;
  private final ImageLimit limit;
  private final Volume volume;

  ImageResize(DiskImage image, Volume volume) {
    this.image = image;
    this.limit = new ImageLimit(image);
    this.volume = volume;
  }

  /**
   * Does it.
   *
   * @param bytes a multiple of a block
   * @param offline whether it may be done unmounted, which the container is then
   */
  void to(long bytes, boolean offline) throws IOException, VzException {
    if (bytes <= 0) {
      throw new VzException(CODE, "An image cannot be of unlimited size");
    }
    boolean mounted = Mounts.isMounted(volume.root());
    // The file's own superblock is written some time after a mounted file system has grown.
    Path seen = mounted ? Path.of(Mounts.source(volume.root())) : image.file();
    ExtSuperblock superblock = ExtSuperblock.read(seen);
    if (superblock == null) {
      throw new IOException("there is no ext4 file system in it");
    }
    if (bytes >= superblock.size()) {
      grow(bytes, mounted);
    } else if (offline) {
      rebuild(bytes);
      unlimit();
    } else {
      narrow(bytes, superblock, mounted);
    }
  }

  private void grow(long bytes, boolean mounted) throws IOException, VzException {
    if (Files.size(image.file()) < bytes) {
      image.setSize(bytes);
    }
    if (mounted) {
      growMounted(volume.root(), bytes);
      return;
    }
    try {
      image.whileMounted(point(), point -> growMounted(point, bytes));
    } catch (VzException e) {
      // A root without CAP_SYS_RESOURCE, one in a container, may not grow what is mounted.
      volume.messages().detail(e.text());
      rebuild(bytes);
      unlimit();
    }
  }

  private void growMounted(Path point, long bytes) throws IOException, VzException {
    String device = Mounts.source(point);
    Programs.run(CODE, "losetup", "-c", device);
    Programs.run(CODE, "resize2fs", device, bytes / 1024 + "K");
    setLimit(point, 0);
  }

  private void narrow(long bytes, ExtSuperblock superblock, boolean mounted)
      throws IOException, VzException {
    if (!superblock.projects()) {
      throw new VzException(
          CODE,
          "The file system has "
              + superblock.size() / 1024
              + "K, and ext4 cannot shrink while it is mounted: stop the container and use"
              + " --offline-resize");
    }
    if (mounted) {
      narrowMounted(volume.root(), bytes);
    } else {
      image.whileMounted(point(), point -> narrowMounted(point, bytes));
    }
  }

  private void narrowMounted(Path point, long bytes) throws IOException, VzException {
    long used = DiskImage.mountedUsage(point).usedKb();
    if (used > bytes / 1024) {
      throw new VzException(
          CODE, "Its files take " + used + "K, which is more than " + bytes / 1024 + "K");
    }
    setLimit(point, bytes / 1024);
  }

  private void setLimit(Path point, long kb) throws IOException, VzException {
    if (limit.isPossible()) {
      limit.set(point, kb);
    }
  }

  private void unlimit() throws IOException, VzException {
    if (limit.isPossible()) {
      image.whileMounted(point(), point -> limit.set(point, 0));
    }
  }

  private Path point() {
    return volume.area().resolve(Ploop.POINT);
  }

  /** Makes another image of another size, and puts it in the place of this one. */
  private void rebuild(long bytes) throws IOException, VzException {
    Path file = image.file();
    Path copy = file.resolveSibling(file.getFileName() + DiskImage.RESIZING);
    try {
      Files.deleteIfExists(copy);
      Programs.run(
          CODE, "cp", "--reflink=auto", "--sparse=always", file.toString(), copy.toString());
      if (Files.size(copy) < bytes) {
        new DiskImage(copy, image.runner()).setSize(bytes);
      }
      check(copy);
      Programs.run(CODE, "resize2fs", copy.toString(), bytes / 1024 + "K");
      new DiskImage(copy, image.runner()).setSize(bytes);
      Programs.run(CODE, "sync", copy.toString());
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** resize2fs wants it; up to 1 says that all is well, or is well now. */
  private static void check(Path file) throws VzException {
    CommandResult result = Programs.result(CODE, "e2fsck", "-f", "-p", file.toString());
    if (result.status() > 1) {
      throw Programs.failed(CODE, result, "e2fsck");
    }
  }
}
