package org.vzj.layout;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * One unpacked copy of a template, below TEMPLATE/shared. Its name is the template's and a mark of
 * the archive, so another archive of the same name is another tree.
 *
 * @param directory the tree with what is known of it; only the host's root may pass through it, for
 *     the files have the ids of the archive
 */
record SharedTree(Path directory) {
  /** The files. */
  Path files() {
    return directory.resolve("root");
  }

  /** Says which archive it was made from. */
  Path origin() {
    return directory.resolve("origin");
  }

  /** A file for each private area that needs the tree. */
  Path users() {
    return directory.resolve("users");
  }

  /** The file for one of them. */
  Path user(String ticket) {
    return users().resolve(ticket);
  }

  boolean isThere() {
    return Files.isDirectory(files());
  }

  boolean isUsed() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(users())) {
      return entries.iterator().hasNext();
    }
  }

  /** The archive's marks, as the file {@link #origin} has them. */
  static String marks(Path archive) throws IOException {
    long size = Files.size(archive);
    long inode = ((Number) Files.getAttribute(archive, "unix:ino")).longValue();
    long modified = Files.getLastModifiedTime(archive).to(TimeUnit.NANOSECONDS);
    return archive.toAbsolutePath() + "\n" + size + " " + modified + " " + inode + "\n";
  }

  /** The name of the tree of an archive. */
  static String name(Path archive, String marks) {
    String file = String.valueOf(archive.getFileName());
    int suffix = file.indexOf(".tar");
    return (suffix > 0 ? file.substring(0, suffix) : file) + "." + hash(marks);
  }

  /** FNV-1a: the marks themselves are compared afterwards. */
  private static String hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return Long.toHexString(hash);
  }

  /** Tells whether the archive that it was made from is still what it was. */
  boolean isCurrent() {
    try {
      String marks = Files.readString(origin());
      int end = marks.indexOf('\n');
      return end > 0 && marks(Path.of(marks.substring(0, end))).equals(marks);
    } catch (IOException e) {
      return false;
    }
  }
}
