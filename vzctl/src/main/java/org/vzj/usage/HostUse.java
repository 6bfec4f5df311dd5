package org.vzj.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the host is at.
 *
 * @param load its load averages, as {@code 0.91 0.92 1.07}
 * @param upSeconds for how long it has been up
 * @param cpus how many CPUs are online
 * @param memory bytes of its memory
 * @param memoryAvailable bytes that programs could still get without swapping
 * @param cpuPressure percent of the last ten seconds in which some process waited for a CPU; -1 if
 *     the kernel does not count
 * @param memoryPressure the same for memory
 * @param ioPressure the same for I/O
 */
public record HostUse(
    String load,
    long upSeconds,
    int cpus,
    long memory,
    long memoryAvailable,
    double cpuPressure,
    double memoryPressure,
    double ioPressure) {

  /**
   * Reads it.
   *
   * @param proc where procfs is mounted
   */
  public static HostUse read(Path proc) {
    String meminfo = text(proc.resolve("meminfo"));
    return new HostUse(
        words(text(proc.resolve("loadavg")), 3),
        (long) decimal(words(text(proc.resolve("uptime")), 1)),
        Math.max(1, cpus(text(proc.resolve("stat")))),
        kilobytes(meminfo, "MemTotal:"),
        kilobytes(meminfo, "MemAvailable:"),
        pressure(text(proc.resolve("pressure/cpu"))),
        pressure(text(proc.resolve("pressure/memory"))),
        pressure(text(proc.resolve("pressure/io"))));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static String words(String text, int count) {
    int end = -1;
    for (int i = 0; i < count; i++) {
      end = text.indexOf(' ', end + 1);
      if (end < 0) {
        return text.strip();
      }
    }
    return text.substring(0, end);
  }

  private static double decimal(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Lines {@code cpu0 ...}, {@code cpu1 ...} of proc_stat(5). */
  private static int cpus(String stat) {
    int count = 0;
    int at = stat.indexOf("\ncpu");
    while (at >= 0) {
      count++;
      at = stat.indexOf("\ncpu", at + 1);
    }
    return count;
  }

  private static long kilobytes(String meminfo, String name) {
    int at = meminfo.indexOf(name);
    int end = meminfo.indexOf(" kB", at);
    return at < 0 || end < 0
        ? 0
        : 1024 * (long) decimal(meminfo.substring(at + name.length(), end).strip());
  }

  private static double pressure(@Nullable String text) {
    int at = text == null ? -1 : text.indexOf("avg10=");
    int end = at < 0 || text == null ? -1 : text.indexOf(' ', at);
    return end < 0 || text == null ? -1 : decimal(text.substring(at + 6, end));
  }
}
