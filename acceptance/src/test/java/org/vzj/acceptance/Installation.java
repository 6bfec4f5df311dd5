package org.vzj.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The tree of packaging/install in a directory of a test: the built image, /etc/vz, /vz. */
final class Installation {
  private static final Path TREE =
      Path.of(System.getProperty("vzj.tree", "..")).toAbsolutePath().normalize();
  private static final Path IMAGE = TREE.resolve("packaging/target/image");
  private static final Path NATIVE = TREE.resolve("linux/target/native");
  private static final Path CONFIGURATION = TREE.resolve("etc-sysconfig-vz");

  private Installation() {}

  /** Tells whether there is something to install. */
  static boolean possible() {
    return Files.isExecutable(IMAGE.resolve("bin/vzctl"))
        && Files.isExecutable(NATIVE.resolve("vzlaunch"))
        && Files.isExecutable(NATIVE.resolve("vzmonitor"));
  }

  /**
   * Lays everything out below {@code base}: lib, etc, run, vz. Container ids' ranges of user ids
   * start at {@code firstUid}, so that those of two sandboxes never overlap.
   */
  static void make(Path base, long firstUid) {
    Path lib = base.resolve("lib");
    // Hard links: the cache is only used if the files' times are what they were.
    copy("-al", IMAGE, lib);
    for (String program : List.of("vzlaunch", "vzmonitor")) {
      copy("-a", NATIVE.resolve(program), lib.resolve(program));
    }
    Path etc = base.resolve("etc");
    copy("-rp", CONFIGURATION, etc);
    directory(etc.resolve("names"), "rwxr-xr-x");
    directory(base.resolve("run"), "rwxr-xr-x");
    Path vz = directory(base.resolve("vz"), "rwxr-xr-x");
    for (String name : List.of("root", "private", "lock", "dump")) {
      directory(vz.resolve(name), "rwx------");
    }
    directory(vz.resolve("template"), "rwxr-xr-x");
    directory(vz.resolve("template/cache"), "rwxr-xr-x");
    rewrite(etc.resolve("vz.conf"), base, firstUid);
  }

  private static void rewrite(Path file, Path base, long firstUid) {
    try {
      // A lxcfs that somebody starts on this machine is not the tests' affair.
      StringBuilder text = new StringBuilder("LXCFS=no\n");
      for (String line : Files.readAllLines(file)) {
        String changed =
            line.startsWith("LOGFILE=")
                ? "LOGFILE=" + base + "/vzctl.log"
                : line.startsWith("LOCAL_UID=") || line.startsWith("LOCAL_GID=")
                    ? line.substring(0, line.indexOf('=') + 1) + firstUid
                    // What limits disk use depends on the disk; where it is tested, it is asked
                    // for.
                    : line.startsWith("DISK_QUOTA=")
                        ? "DISK_QUOTA=no"
                        : line.replace("=/vz/", "=" + base + "/vz/");
        text.append(changed).append('\n');
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes an archive available as a template; links cost nothing. */
  static void template(Path base, Path archive) {
    Path target = base.resolve("vz/template/cache").resolve(archive.getFileName());
    try {
      if (!Files.exists(target)) {
        Files.createSymbolicLink(target, archive);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a file's text, keeping its mode. */
  static void write(Path file, String text, String mode) {
    try {
      Path temporary = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(temporary, text);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(mode));
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory(Path directory, String mode) {
    try {
      Files.createDirectory(directory);
      // Not by the attribute of create: that is subject to the umask.
      return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(String how, Path from, Path to) {
    Host.run("cp", how, from.toString(), to.toString()).expect(0);
  }
}
