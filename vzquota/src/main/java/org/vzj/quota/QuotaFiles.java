package org.vzj.quota;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.conf.AtomicFile;

/**
 * The files that remember quotas.
 *
 * @param directory /var/vzquota
 */
public record QuotaFiles(Path directory) {
  /** Returns the name of a quota's file. */
  public Path file(long id) {
    return directory.resolve("quota." + id);
  }

  /**
   * Reads a quota's file.
   *
   * @return null if there is none
   * @throws IOException if it cannot be read or is none of ours
   */
  public @Nullable QuotaRecord read(long id) throws IOException {
    return read(file(id), id);
  }

  /** Reads a file by its name; as {@link #read(long)}. */
  public static @Nullable QuotaRecord read(Path file, long id) throws IOException {
    try {
      QuotaRecord record =
          QuotaRecord.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), id);
      if (record == null) {
        throw new IOException(file + " is no quota file of this version");
      }
      return record;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Saves a quota's file unless it says the same already. */
  public void save(long id, QuotaRecord record) throws IOException {
    save(file(id), record);
  }

  /** Saves a file by its name; its directory is made. */
  public static void save(Path file, QuotaRecord record) throws IOException {
    byte[] text = record.text().getBytes(StandardCharsets.UTF_8);
    Path directory = file.getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory);
    }
    AtomicFile.write(file, text);
  }

  /** Removes a quota's file, if it is there. */
  public void delete(long id) throws IOException {
    Files.deleteIfExists(file(id));
  }
}
