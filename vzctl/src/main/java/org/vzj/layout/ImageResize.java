package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.vzj.container.ExitCode;
import org.vzj.container.Messages;
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
  private final Path root;
  private final Path point;
  private final Messages messages;

  /**
   * @param root where it is mounted, if it is
   * @param point where it can be mounted to be worked on
   */
  ImageResize(DiskImage image, Path root, Path point, Messages messages) {
    this.image = image;
    this.limit = new ImageLimit(image);
    this.root = root;
    this.point = point;
    this.messages = messages;
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
    boolean mounted = Mounts.isMounted(root);
    // The file's own superblock is written some time after a mounted file system has grown.
    Path seen = mounted ? Path.of(Mounts.source(root)) : image.file();
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
      growMounted(root, bytes);
      return;
    }
    try {
      image.whileMounted(point, at -> growMounted(at, bytes));
    } catch (VzException e) {
      // A root without CAP_SYS_RESOURCE, one in a container, may not grow what is mounted.
      messages.detail(e.text());
      rebuild(bytes);
      unlimit();
    }
  }

  private void growMounted(Path at, long bytes) throws IOException, VzException {
    String device = Mounts.source(at);
    Programs.run(CODE, "losetup", "-c", device);
    Programs.run(CODE, "resize2fs", device, bytes / 1024 + "K");
    setLimit(at, 0);
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
      narrowMounted(root, bytes);
    } else {
      image.whileMounted(point, at -> narrowMounted(at, bytes));
    }
  }

  private void narrowMounted(Path at, long bytes) throws IOException, VzException {
    long used = DiskImage.mountedUsage(at).usedKb();
    if (used > bytes / 1024) {
      throw new VzException(
          CODE, "Its files take " + used + "K, which is more than " + bytes / 1024 + "K");
    }
    setLimit(at, bytes / 1024);
  }

  private void setLimit(Path at, long kb) throws IOException, VzException {
    if (limit.isPossible()) {
      limit.set(at, kb);
    }
  }

  private void unlimit() throws IOException, VzException {
    if (limit.isPossible()) {
      image.whileMounted(point, at -> limit.set(at, 0));
    }
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
      // Blocks that it needs more for the maps of files that it moved are in no account of quota.
      check(copy);
      Programs.run(CODE, "sync", copy.toString());
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** resize2fs wants it before; up to 1 says that all is well, or is well now. */
  private static void check(Path file) throws VzException {
    CommandResult result = Programs.result(CODE, "e2fsck", "-f", "-p", file.toString());
    if (result.status() > 1) {
      throw Programs.failed(CODE, result, "e2fsck");
    }
  }
}
