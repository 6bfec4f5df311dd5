package org.vzj.linux.proc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process's place in one cgroup hierarchy, one line of {@code /proc/PID/cgroup}, see cgroups(7).
 *
 * @param hierarchy number of the hierarchy, 0 for cgroup v2
 * @param controllers names of the v1 controllers, {@code name=systemd} for a named hierarchy; empty
 *     for v2
 * @param path the group, from the root of the reader's cgroup namespace; begins with {@code /..} if
 *     it lies outside of that
 */
public record ProcCgroup(int hierarchy, List<String> controllers, String path) {

  /**
   * Reads and parses a process's cgroup file.
   *
   * @param proc where procfs is mounted
   * @param pid process id
   * @return one record per hierarchy, or null if there is no such process
   * @throws IOException if the file cannot be read or understood
   */
  public static @Nullable List<ProcCgroup> read(Path proc, long pid) throws IOException {
    String text = ProcFile.read(proc, pid, "cgroup");
    if (text == null) {
      return null;
    }
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("/proc/" + pid + "/cgroup: " + e.getMessage(), e);
    }
  }

  /**
   * Parses the text of a cgroup file. The kernel refuses a newline in a group's name, so no line
   * can be forged; a colon in it is possible and belongs to the path.
   *
   * @param text the file's content
   * @return one record per line
   * @throws IllegalArgumentException if a line is not of the documented form
   */
  public static List<ProcCgroup> parse(String text) {
    List<ProcCgroup> groups = new ArrayList<>();
    Fields lines = new Fields(text, '\n');
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.isEmpty()) {
        continue;
      }
      int first = line.indexOf(':');
      int second = line.indexOf(':', first + 1);
      if (first < 0 || second < 0) {
        throw new IllegalArgumentException("not a cgroup line: " + line);
      }
      groups.add(
          new ProcCgroup(
              Fields.number(line, 0, first, line),
              split(line.substring(first + 1, second)),
              line.substring(second + 1)));
    }
    return groups;
  }

  private static List<String> split(String controllers) {
    if (controllers.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    Fields fields = new Fields(controllers, ',');
    while (fields.hasNext()) {
      names.add(fields.next());
    }
    return List.copyOf(names);
  }
}
