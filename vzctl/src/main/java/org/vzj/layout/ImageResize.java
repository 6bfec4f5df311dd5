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
 */
final class ImageResize {
  private static final ExitCode CODE = ExitCode.RESIZE_IMAGE;

  private final DiskImage image;
  private final Volume volume;

  ImageResize(DiskImage image, Volume volume) {
    this.image = image;
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
    ExtSuperblock superblock = ExtSuperblock.read(image.file());
    if (superblock == null) {
      throw new IOException("there is no ext4 file system in it");
    }
    long now = superblock.blocks() * superblock.blockSize();
    if (bytes < now) {
      shrink(bytes, now, offline);
    } else if (bytes > now || Files.size(image.file()) != bytes) {
      grow(bytes);
    }
  }

  private void grow(long bytes) throws IOException, VzException {
    if (Files.size(image.file()) < bytes) {
      image.setSize(bytes);
    }
    if (Mounts.isMounted(volume.root())) {
      growMounted(volume.root());
      return;
    }
    try {
      image.whileMounted(volume.area().resolve("mnt"), this::growMounted);
    } catch (VzException e) {
      // A root without CAP_SYS_RESOURCE, one in a container, may not grow what is mounted.
      volume.messages().detail(e.text());
      rebuild(bytes);
    }
  }

  private void growMounted(Path point) throws VzException {
    String device = Mounts.source(point);
    Programs.run(CODE, "losetup", "-c", device);
    Programs.run(CODE, "resize2fs", device);
  }

  private void shrink(long bytes, long now, boolean offline) throws IOException, VzException {
    if (!offline) {
      throw new VzException(
          CODE,
          "The file system has "
              + now / 1024
              + "K, and ext4 cannot shrink while it is mounted: stop the container and use"
              + " --offline-resize");
    }
    rebuild(bytes);
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
