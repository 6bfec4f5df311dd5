package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;

/**
 * Names processes that the kernel has killed for want of memory. The kernel counts them in the
 * group, and says in its own log who it was. Nobody waits for that: a container's monitor has no
 * memory to spare, and there is no other process. So the commands that end, change or relieve a
 * container look at the counter, and if it has grown since the last look, into the kernel's log.
 */
final class OomLog {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST = 20;
  private static final String PATH = "_memcg=/";
  private static final String VICTIM_PATH = ",task_memcg=/";

  private OomLog() {}

  /** Reports what is new. That something cannot be read is no reason to fail. */
  static void report(Target target, Cgroup group) {
    long kills = group.controllers().meter().oomKills();
    if (kills <= 0) {
      return;
    }
    Path file = target.container().oomFile();
    long told = told(file);
    if (kills <= told) {
      return;
    }
    for (String line : lines(group.name(), kills - told, kernelLog())) {
      target.messages().warn(line);
    }
    try {
      Files.writeString(file, kills + "\n");
    } catch (IOException e) {
      target.messages().detail("Unable to write " + file + ": " + e);
    }
  }

  private static long told(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private static String kernelLog() {
    try {
      CommandResult result = Commands.system().run(Command.of("dmesg").timeout(PATIENCE));
      return result.out();
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Finds out who was killed.
   *
   * @param group the container's group, {@code vz/101}
   * @param count how many
   * @param log the kernel's log
   */
  static List<String> lines(String group, long count, String log) {
    List<String> victims = new ArrayList<>();
    for (String line : log.split("\n", -1)) {
      String victim = victim(line, group);
      if (victim != null) {
        victims.add("Out of memory: the kernel killed " + victim);
      }
    }
    int shown = (int) Math.min(MOST, Math.min(count, victims.size()));
    List<String> lines = new ArrayList<>(victims.subList(victims.size() - shown, victims.size()));
    if (shown < count) {
      lines.add(
          "Out of memory: the kernel killed "
              + (count - shown)
              + (lines.isEmpty() ? "" : " more")
              + " processes that its log does not name any more");
    }
    return lines;
  }

  /**
   * {@code oom-kill:constraint=...,oom_memcg=/vz/101,task_memcg=/vz/101/x,task=NAME,pid=1,uid=2},
   * Linux 4.19. Names of groups and of processes are the guest's, and may look like any part of it:
   * only the beginning of the first path, which is the host's, and the end can be trusted.
   */
  private static @Nullable String victim(String line, String group) {
    int start = line.indexOf("oom-kill:constraint=");
    // What stands before it are words of the kernel and a name that cannot have a slash.
    int path = start < 0 ? -1 : line.indexOf(PATH, start);
    if (path < 0 || !isOf(group, line, path + PATH.length())) {
      return null;
    }
    int uid = line.lastIndexOf(",uid=");
    int pid = uid < 0 ? -1 : line.lastIndexOf(",pid=", uid);
    int task = pid < 0 ? -1 : line.lastIndexOf(",task=", pid);
    if (task < path) {
      return null;
    }
    return "process "
        + printable(line.substring(pid + 5, uid))
        + " ("
        + printable(line.substring(task + 6, pid))
        + ") of user id "
        + printable(line.substring(uid + 5));
  }

  /**
   * Tells whether a path is that of a group or one below; or that of one above whose limit struck,
   * and then the next path, that of the victim, is.
   */
  private static boolean isOf(String group, String line, int at) {
    int after = at + group.length();
    if (line.startsWith(group, at) && after < line.length()) {
      return line.charAt(after) == ',' || line.charAt(after) == '/';
    }
    for (int end = group.lastIndexOf('/'); end >= 0; end = group.lastIndexOf('/', end - 1)) {
      String above = group.substring(0, end) + VICTIM_PATH;
      if (line.startsWith(above, at)) {
        return isOf(group, line, at + above.length());
      }
    }
    return line.startsWith(VICTIM_PATH, at) && isOf(group, line, at + VICTIM_PATH.length());
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c < 127 ? c : '?');
    }
    return out.toString();
  }
}
