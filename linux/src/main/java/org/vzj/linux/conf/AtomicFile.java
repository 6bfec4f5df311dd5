package org.vzj.linux.conf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Replaces a small file as a whole, or not at all. */
public final class AtomicFile {

  private static final int NEW_MODE = 0644;
  private static final int MAX_LINKS = 40;

  private AtomicFile() {}

  /**
   * Writes {@code content} to a temporary file {@code NAME.tmp.PID.THREAD} beside {@code path},
   * syncs it and renames it to {@code path}. A symbolic link is followed and stays. Mode and owner
   * of an existing file are kept, a new one gets mode 644. What killed writers of the same file
   * left is removed.
   *
   * @throws IOException {@code Unable to save FILE: CAUSE}; the file is then as it was
   */
  public static void write(Path path, byte[] content) throws IOException {
    Path target = path;
    try {
      target = resolveLinks(path.toAbsolutePath());
      replace(target, content);
    } catch (IOException e) {
      throw new IOException("Unable to save " + path + ": " + cause(e), e);
    }
  }

  private static void replace(Path target, byte[] content) throws IOException {
    Path directory = target.getParent();
    Path fileName = target.getFileName();
    if (directory == null || fileName == null) {
      throw new FileSystemException(target.toString(), null, "Is a directory");
    }
    String prefix = fileName + ".tmp.";
    removeLeftovers(directory, prefix);
    Path temporary =
        directory.resolve(
            prefix
                + Files.readSymbolicLink(Path.of("/proc/self"))
                + "."
                + Thread.currentThread().threadId());
    try {
      try (FileChannel out =
          FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        copyOwnerAndMode(target, temporary);
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        out.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      removeAfter(e, temporary);
      throw e;
    }
    // The rename itself is durable only when the directory is.
    try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
      entry.force(true);
    } catch (IOException e) {
      // Some file systems cannot sync a directory; the contents are safe already.
    }
  }

  private static void copyOwnerAndMode(Path from, Path to) throws IOException {
    if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
      Files.setAttribute(to, "unix:mode", NEW_MODE);
      return;
    }
    // Only when it differs: giving a file away takes privileges that a test may lack.
    copyIfDifferent("unix:uid", from, to);
    copyIfDifferent("unix:gid", from, to);
    copyIfDifferent("unix:mode", from, to);
  }

  private static void copyIfDifferent(String attribute, Path from, Path to) throws IOException {
    Object wanted = Files.getAttribute(from, attribute);
    if (!Objects.equals(wanted, Files.getAttribute(to, attribute))) {
      Files.setAttribute(to, attribute, wanted);
    }
  }

  /** Follows links by hand, because the last one may point to a file that is still to be made. */
  private static Path resolveLinks(Path path) throws IOException {
    Path current = path;
    for (int i = 0; i < MAX_LINKS; i++) {
      if (!Files.isSymbolicLink(current)) {
        if (Files.isDirectory(current)) {
          throw new FileSystemException(current.toString(), null, "Is a directory");
        }
        return current;
      }
      current = current.resolveSibling(Files.readSymbolicLink(current));
    }
    throw new FileSystemException(path.toString(), null, "Too many levels of symbolic links");
  }

  private static void removeLeftovers(Path directory, String prefix) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(prefix)) {
          String pid = name.substring(prefix.length());
          int dot = pid.indexOf('.');
          if (dot > 0 && !Files.exists(Path.of("/proc", pid.substring(0, dot)))) {
            Files.deleteIfExists(entry);
          }
        }
      }
    }
  }

  private static void removeAfter(IOException failure, Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static String cause(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return "Not a directory";
    }
    if (e instanceof AtomicMoveNotSupportedException) {
      return "Invalid cross-device link";
    }
    if (e instanceof FileSystemException fse && fse.getReason() != null) {
      return fse.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
