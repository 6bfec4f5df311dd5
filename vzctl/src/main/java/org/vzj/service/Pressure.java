package org.vzj.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * For how long tasks have waited for something since boot, as the kernel counts it (PSI, the
 * kernel's accounting/psi.rst). The averages beside these totals look back ten seconds and more,
 * too far for what is to be decided here.
 *
 * @param cpu microseconds in which at least one task waited for a CPU
 * @param memory microseconds in which at least one task waited for memory
 * @param io microseconds in which every task that was not idle waited for I/O: one that copies
 *     files waits all the time, and that alone harms nobody
 */
public record Pressure(long cpu, long memory, long io) {
  /** Where the kernel has it, if it was built with PSI and not told to leave it off. */
  public static final Path DIRECTORY = Path.of("/proc/pressure");

  /**
   * Reads it.
   *
   * @param directory {@link #DIRECTORY}
   * @return null if this kernel does not count
   */
  public static @Nullable Pressure read(Path directory) {
    try {
      return new Pressure(
          total(text(directory, "cpu"), "some"),
          total(text(directory, "memory"), "some"),
          total(text(directory, "io"), "full"));
    } catch (IOException | NumberFormatException e) {
      // Booted with psi=0 the files are there, and reading them gives EOPNOTSUPP.
      return null;
    }
  }

  private static String text(Path directory, String file) throws IOException {
    return Files.readString(directory.resolve(file), StandardCharsets.US_ASCII);
  }

  /**
   * Finds a total.
   *
   * @param text lines such as {@code some avg10=0.00 avg60=0.00 avg300=0.00 total=123}
   * @throws NumberFormatException if there is none of this kind
   */
  static long total(String text, String kind) {
    for (String line : text.split("\n")) {
      int total = line.indexOf(" total=");
      if (line.startsWith(kind + " ") && total >= 0) {
        return Long.parseLong(line.substring(total + 7).strip());
      }
    }
    throw new NumberFormatException("no " + kind + " in " + text);
  }
}
