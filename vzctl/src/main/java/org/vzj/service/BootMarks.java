package org.vzj.service;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.vzj.container.CtId;

/**
 * Which containers ran when the host was shut down: an empty file for each in {@code
 * /var/lib/vzctl/vzreboot}, as OpenVZ has it. They start at the next boot unless ONBOOT says no.
 */
public final class BootMarks {
  private final Path directory;

  /**
   * @param directory of the files
   */
  public BootMarks(Path directory) {
    this.directory = directory;
  }

  /** Returns the marked containers; none if the directory is missing. */
  public Set<CtId> all() throws IOException {
    Set<CtId> ids = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        CtId id = CtId.parse(String.valueOf(file.getFileName()));
        if (id != null) {
          ids.add(id);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return ids;
    }
    return ids;
  }

  /** Marks a container. */
  public void add(CtId id) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(id.toString());
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
  }

  /** Forgets a container. */
  public void remove(CtId id) throws IOException {
    Files.deleteIfExists(directory.resolve(id.toString()));
  }
}
