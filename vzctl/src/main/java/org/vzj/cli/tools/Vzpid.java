package org.vzj.cli.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.CgroupHost;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.container.CtId;
import org.vzj.linux.proc.ProcStatus;

/** vzpid: to which container a process belongs. */
final class Vzpid {
  static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.flag('p').helped("also its number inside the container"),
          GetoptOption.flag('h', "help").helped("print how it is used"));

  private static final String USAGE = "Usage: vzpid [-p] pid [pid ...] | vzpid [-p] -";

  private Vzpid() {}

  static int run(Session session) {
    return run(session, Path.of("/proc"));
  }

  /** Runs the command with another procfs. */
  static int run(Session session, Path proc) {
    ToolCall call = new ToolCall("vzpid", OPTIONS, session);
    if (call.has("help")) {
      session.out().println(USAGE);
      return 0;
    }
    String error = call.error();
    if (error != null) {
      call.complain(error);
      return call.fail(USAGE, 1);
    }
    List<String> pids = call.operands();
    if (pids.isEmpty()) {
      return call.fail(USAGE, 1);
    }
    if (pids.equals(List.of("-"))) {
      try {
        pids = words(new String(session.in().readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        return call.fail(String.valueOf(e.getMessage()), 1);
      }
    }
    boolean inside = call.has("p");
    StringBuilder text = new StringBuilder();
    text.append(inside ? "Pid\tCT/Pid\tCTID\tName\n" : "Pid\tCTID\tName\n");
    for (String pid : pids) {
      row(text, proc, pid, inside);
    }
    session.out().print(text);
    return 0;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.split("\\s")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  /** What is no number of a process, or of none that there is, is passed over. */
  private static void row(StringBuilder text, Path proc, String word, boolean inside) {
    CtId number = CtId.parse(word);
    if (number == null) {
      return;
    }
    try {
      ProcStatus status = ProcStatus.read(proc, number.value());
      String cgroup = cgroup(proc, number.value());
      if (status != null && cgroup != null) {
        text.append(status.pid()).append('\t');
        if (inside) {
          List<Long> pids = status.namespacePids();
          text.append(pids.get(Math.min(1, pids.size() - 1))).append('\t');
        }
        text.append(container(cgroup)).append('\t');
        text.append(TerminalText.of(status.name())).append('\n');
      }
    } catch (IOException e) {
      // It has ended meanwhile.
    }
  }

  private static @Nullable String cgroup(Path proc, int pid) {
    try {
      return Files.readString(proc.resolve(pid + "/cgroup"));
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * The container by the paths of its cgroups, cgroups(7): a process inside cannot leave its own.
   * The first number counts, as a container may have containers.
   *
   * @return its number, 0 for the host
   */
  static int container(String cgroups) {
    String mark = "/" + CgroupHost.PARENT + "/";
    for (int at = cgroups.indexOf(mark); at >= 0; at = cgroups.indexOf(mark, at + 1)) {
      int from = at + mark.length();
      int to = from;
      while (to < cgroups.length() && cgroups.charAt(to) >= '0' && cgroups.charAt(to) <= '9') {
        to++;
      }
      boolean whole =
          to == cgroups.length() || cgroups.charAt(to) == '/' || cgroups.charAt(to) == '\n';
      CtId id = whole ? CtId.parse(cgroups.substring(from, to)) : null;
      if (id != null) {
        return id.value();
      }
    }
    return 0;
  }
}
