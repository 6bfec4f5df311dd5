package org.vzj.cli.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.vzj.beancounters.report.SavedValues;
import org.vzj.linux.conf.AtomicFile;

/**
 * What vzubc keeps from one run to the next: a directory of files {@code ubc.CTID.NAME.failcnt} and
 * {@code .held} with a number each. It lies in /tmp, so one that somebody else has put there is not
 * used.
 */
final class UbcStore implements SavedValues {
  private final Path directory;

  private UbcStore(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens the directory, which is made if it is not there.
   *
   * @throws IOException if it cannot be, or is not the caller's own
   */
  static UbcStore open(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(directory);
      Files.setAttribute(directory, "unix:mode", 0700);
    }
    requireOwn(directory);
    return new UbcStore(directory);
  }

  /** Removes the values of one kind; that there is no such directory is fine. */
  static void forget(Path directory, Kind kind) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    requireOwn(directory);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, "ubc.*" + suffix(kind))) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void requireOwn(Path directory) throws IOException {
    Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
        || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(directory + " is not a directory of the caller's own");
    }
  }

  private static String suffix(Kind kind) {
    return kind == Kind.FAILCNT ? ".failcnt" : ".held";
  }

  private Path file(long container, String parameter, Kind kind) {
    return directory.resolve("ubc." + container + "." + parameter + suffix(kind));
  }

  @Override
  public long last(long container, String parameter, Kind kind) {
    try {
      return Long.parseLong(Files.readString(file(container, parameter, kind)).strip());
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public void keep(long container, String parameter, Kind kind, long value) throws IOException {
    byte[] text = (value + "\n").getBytes(StandardCharsets.US_ASCII);
    AtomicFile.write(file(container, parameter, kind), text);
  }
}
