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

  private Path loadedFile(long id) {
    return directory.resolve("loaded." + id);
  }

  /**
   * Reads the limits of users and groups that were loaded and that the kernel has not got yet:
   * perhaps the container they belong to had no files here.
   *
   * @return null if there are none
   * @throws IOException if the file cannot be read or understood
   */
  public @Nullable UgidDump loaded(long id) throws IOException {
    Path file = loadedFile(id);
    if (!Files.exists(file)) {
      return null;
    }
    UgidDump dump = UgidDump.parse(Files.readString(file), id, true, true);
    if (dump == null) {
      throw new IOException(file + " is no dump of limits");
    }
    return dump;
  }

  /** Keeps limits of users and groups for {@link #loaded}. */
  public void keepLoaded(long id, UgidDump dump) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
    }
    AtomicFile.write(loadedFile(id), dump.text(true, true).getBytes(StandardCharsets.UTF_8));
  }

  /** The kernel has them now. */
  public void forgetLoaded(long id) throws IOException {
    Files.deleteIfExists(loadedFile(id));
  }

  /** Removes what is remembered of a quota. */
  public void delete(long id) throws IOException {
    Files.deleteIfExists(file(id));
    forgetLoaded(id);
  }
}
