package org.vzj.linux.proc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads files below {@code /proc/PID}, which may vanish at any moment. */
final class ProcFile {
  private ProcFile() {}

  /**
   * Reads a process's file as text.
   *
   * @return the text, or null if there is no such process (any more)
   * @throws IOException if it cannot be read for another reason
   */
  static @Nullable String read(Path proc, long pid, String name) throws IOException {
    Path directory = proc.resolve(Long.toString(pid));
    try {
      // The names in it are chosen by the guest: bad UTF-8 must not be an error.
      return new String(Files.readAllBytes(directory.resolve(name)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      // A process that ends between open and read gives ESRCH. The JDK has no class for it, and
      // its message follows the locale, so ask again whether the process is there.
      if (!Files.exists(directory)) {
        return null;
      }
      throw e;
    }
  }
}
