package org.vzj.linux.proc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The file system types that the running kernel knows now, see proc_filesystems(5). One whose
 * module is not loaded yet is missing, though mounting it would load the module.
 *
 * @param onDevices types that live on a block device
 * @param virtual types that need none
 */
public record Filesystems(Set<String> onDevices, Set<String> virtual) {

  /**
   * Reads and parses the list.
   *
   * @param file usually {@code /proc/filesystems}
   * @return the types
   * @throws IOException if the file cannot be read
   */
  public static Filesystems read(Path file) throws IOException {
    return parse(Files.readString(file, StandardCharsets.US_ASCII));
  }

  /**
   * Parses the list.
   *
   * @param text lines of {@code nodev} or nothing, a tab, a name
   * @return the types
   */
  public static Filesystems parse(String text) {
    Set<String> onDevices = new LinkedHashSet<>();
    Set<String> virtual = new LinkedHashSet<>();
    Fields lines = new Fields(text, '\n');
    while (lines.hasNext()) {
      String line = lines.next();
      int tab = line.indexOf('\t');
      if (tab < 0) {
        continue;
      }
      (tab == 0 ? onDevices : virtual).add(line.substring(tab + 1));
    }
    return new Filesystems(onDevices, virtual);
  }

  /**
   * Tells whether a type is known.
   *
   * @param type for example {@code overlay}
   */
  public boolean contains(String type) {
    return virtual.contains(type) || onDevices.contains(type);
  }
}
