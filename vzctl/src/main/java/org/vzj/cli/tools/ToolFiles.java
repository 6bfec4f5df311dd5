package org.vzj.cli.tools;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that the user names, with errors in the C library's words. */
final class ToolFiles {
  private ToolFiles() {}

  /**
   * Reads a file.
   *
   * @throws IOException {@code FILE: No such file or directory} and the like
   */
  static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(file + ": " + cause(e), e);
    }
  }

  /** What strerror(3) says of the usual errors. */
  static String cause(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    return String.valueOf(e.getMessage());
  }
}
