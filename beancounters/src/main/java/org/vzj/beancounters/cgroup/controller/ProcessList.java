package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads {@code cgroup.procs} of a group and of all below it; the same in v1 and v2. */
public final class ProcessList {
  /**
   * A guest can nest groups with long names until a path is longer than the kernel takes. Those are
   * left out of the list; v2 counts and kills the processes in them nonetheless.
   */
  private static final int LONGEST_PATH = 4000;

  private ProcessList() {}

  /**
   * Reads the list.
   *
   * @param files how to reach the group
   * @param group its directory; that it is gone is fine
   * @param most stop when so many are found
   * @return process ids, possibly with repetitions
   * @throws IOException if a list cannot be read
   */
  public static List<Long> read(CgroupFiles files, Path group, int most) throws IOException {
    List<Long> processes = new ArrayList<>();
    Deque<Path> left = new ArrayDeque<>();
    left.add(group);
    while (!left.isEmpty() && processes.size() < most) {
      Path next = left.remove();
      try {
        parse(files.read(next.resolve("cgroup.procs")), processes);
      } catch (NoSuchFileException e) {
        continue; // removed meanwhile
      } catch (IOException e) {
        // A threaded group of v2 cannot be read: its processes are in the list of one above it.
        // And a group removed after it was opened gives ENODEV.
        if (files.exists(next) && !isThreaded(files, next)) {
          throw e;
        }
      }
      if (next.toString().length() < LONGEST_PATH - 256) {
        left.addAll(files.children(next));
      }
    }
    return processes;
  }

  private static boolean isThreaded(CgroupFiles files, Path group) throws IOException {
    Path type = group.resolve("cgroup.type");
    return files.exists(type) && !files.read(type).startsWith("domain");
  }

  private static void parse(String text, List<Long> processes) throws IOException {
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        end = text.length();
      }
      if (end > at) {
        try {
          processes.add(Long.parseLong(text, at, end, 10));
        } catch (NumberFormatException e) {
          throw new IOException("not a process id: " + text.substring(at, end), e);
        }
      }
      at = end + 1;
    }
  }
}
