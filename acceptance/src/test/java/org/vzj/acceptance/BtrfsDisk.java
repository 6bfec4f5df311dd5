package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A btrfs in a file, on which private areas lie; it is closed after the sandbox. */
record BtrfsDisk(Path directory) implements AutoCloseable {
  /** Makes and mounts one; the test is skipped where that is impossible. */
  static BtrfsDisk open(String size) {
    assumeTrue(
        Host.read(Path.of("/proc/filesystems")).contains("\tbtrfs\n"), "needs btrfs in the kernel");
    assumeTrue(
        Host.run("sh", "-c", "command -v mkfs.btrfs && command -v btrfs").status() == 0,
        "needs btrfs-progs");
    assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices");
    try {
      Path directory = Files.createTempDirectory(Path.of("/var/tmp"), "vztest-btrfs-");
      // As /vz: users of containers pass through to their roots.
      Host.run("chmod", "711", directory.toString()).expect(0);
      BtrfsDisk disk = new BtrfsDisk(directory);
      Path image = directory.resolve("image");
      Files.createDirectory(disk.mount());
      Host.run("truncate", "-s", size, image.toString()).expect(0);
      Host.run("mkfs.btrfs", "-q", image.toString()).expect(0);
      Host.run("mount", "-o", "loop", image.toString(), disk.mount().toString()).expect(0);
      return disk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is mounted. */
  Path mount() {
    return directory.resolve("disk");
  }

  /** Returns the private area of a container that was made with {@link #option}. */
  Path area(int id) {
    return mount().resolve("" + id);
  }

  /** The value of {@code --private}. */
  String option() {
    return mount() + "/$VEID";
  }

  @Override
  public void close() {
    try {
      assertThat(mount().toFile().list((file, name) -> !name.equals(".subvolumes")))
          .as("what containers left")
          .isEmpty();
    } finally {
      Host.run("umount", mount().toString());
      Host.run("rm", "-rf", "--one-file-system", directory.toString());
    }
  }
}
