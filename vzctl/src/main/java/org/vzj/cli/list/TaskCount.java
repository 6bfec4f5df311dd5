package org.vzj.cli.list;

import java.io.File;
import java.nio.file.Path;
import org.vzj.container.Container;

/** Counts a running container's tasks, as OpenVZ's numproc does: processes and threads. */
final class TaskCount {
  private TaskCount() {}

  /** The number of tasks in the container's cgroups; -1 if nothing tells. */
  static long of(Container container) {
    String[] groups = ListHost.read(container.cgroupFile()).split("\n", -1);
    for (String group : groups) {
      // Both versions of cgroups: includes the groups below.
      long tasks = group.isEmpty() ? -1 : number(ListHost.read(Path.of(group, "pids.current")));
      if (tasks >= 0) {
        return tasks;
      }
    }
    for (String group : groups) {
      long tasks = group.isEmpty() ? 0 : processes(new File(group));
      if (tasks > 0) {
        return tasks;
      }
    }
    return -1;
  }

  /** Without the pids controller only the processes can be counted. */
  private static long processes(File group) {
    String text = ListHost.read(group.toPath().resolve("cgroup.procs"));
    long count = 0;
    for (int i = 0; i < text.length(); i++) {
      count += text.charAt(i) == '\n' ? 1 : 0;
    }
    File[] below = group.listFiles(File::isDirectory);
    if (below != null) {
      for (File child : below) {
        count += processes(child);
      }
    }
    return count;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
