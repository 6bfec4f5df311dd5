package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Namespace;
import org.vzj.linux.launch.Stdio;
import org.vzj.linux.launch.StdioMode;

/**
 * The load average of a container, as a lxcfs that was started with {@code -l} counts it: no stock
 * kernel does for a group. lxcfs looks up who reads by the PID namespace, so the host's cat is sent
 * into the container's, and nowhere else.
 */
public final class LoadAverage {
  private static final List<String> IDLE = List.of("0.00", "0.00", "0.00");
  private static final Path OF_HOST = Path.of("/proc/loadavg");

  /** lxcfs is a server that may hang. */
  private static final int SECONDS = 10;

  /** What it says of one that nobody has asked for before, with the pid of init. */
  private static final String FIRST = "0.00 0.00 0.00 0/1 ";

  private LoadAverage() {}

  /**
   * Reads it.
   *
   * @param init the container's first process
   * @param tasks how many processes and threads the container has
   * @return the averages of 1, 5 and 15 minutes; null if nothing counts them, or begins to only now
   */
  public static @Nullable List<String> read(Host host, InitProcess init, long tasks) {
    try {
      Path lxcfs = host.lxcfs().mountPoint();
      if (lxcfs == null) {
        return null;
      }
      String file = lxcfs.resolve("proc/loadavg").toString();
      String before = Files.readString(OF_HOST);
      Stdio stdio = Stdio.captured(new byte[0]);
      LaunchPlan plan =
          LaunchPlan.builder()
              .setns(init.pid(), init.startTime(), Namespace.PID)
              .stdio(StdioMode.PIPES)
              .fork()
              .inside()
              .tryExec("/bin/cat", List.of("cat", file))
              .exec("/usr/bin/cat", List.of("cat", file))
              .build();
      LaunchReport report = host.run(plan, stdio, SECONDS);
      return report instanceof LaunchReport.Exited exited && exited.status() == 0
          ? of(stdio.outText(), before, Files.readString(OF_HOST), tasks)
          : null;
    } catch (IOException | VzException e) {
      return null;
    }
  }

  /**
   * Takes the averages from what lxcfs says. Without {@code -l} that is the host's file as it is.
   *
   * @param before the host's file before lxcfs read it, or not
   * @param after the same, afterwards
   * @param tasks of the container
   */
  static @Nullable List<String> of(String text, String before, String after, long tasks) {
    List<String> averages = averages(text);
    long counted = tasks(text);
    if (averages == null || (text.startsWith(FIRST) && tasks > counted)) {
      return null;
    }
    boolean same = isOneOf(averages, before, after);
    // An idle host and an idle container say the same, but for the number of their tasks.
    boolean many = Math.abs(counted - tasks(after)) <= Math.abs(counted - tasks);
    return same && many ? null : averages;
  }

  /**
   * Tells whether a lxcfs counts loads; of one that does not the file is the host's as it is. On a
   * host that has been idle for a long time they look alike.
   *
   * @param lxcfs where it is mounted
   */
  static boolean isCounted(Path lxcfs) {
    try {
      String before = Files.readString(OF_HOST);
      List<String> seen = averages(Files.readString(lxcfs.resolve("proc/loadavg")));
      return seen != null && !isOneOf(seen, before, Files.readString(OF_HOST));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Tells whether a lxcfs may count loads.
   *
   * @param before the host's own /proc/loadavg, null if it was not to be had
   * @param seen that of lxcfs, read after it
   * @param after the host's own again, as it may have changed in between
   * @return false if lxcfs certainly shows the host's, which has some load
   */
  public static boolean mayBeCounted(
      @Nullable String before, @Nullable String seen, @Nullable String after) {
    if (before == null || seen == null || after == null) {
      return true;
    }
    List<String> shown = averages(seen);
    return shown == null || shown.equals(IDLE) || !isOneOf(shown, before, after);
  }

  /** Tells whether averages are those of the host, which may have changed while they were read. */
  private static boolean isOneOf(List<String> averages, String before, String after) {
    return averages.equals(averages(before)) || averages.equals(averages(after));
  }

  private static @Nullable List<String> averages(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != 5) {
      return null;
    }
    for (int i = 0; i < 3; i++) {
      int point = words[i].indexOf('.');
      if (point < 1 || words[i].length() != point + 3 || !isNumber(words[i], point)) {
        return null;
      }
    }
    return List.of(words[0], words[1], words[2]);
  }

  private static boolean isNumber(String word, int point) {
    for (int i = 0; i < word.length(); i++) {
      if (i != point && (word.charAt(i) < '0' || word.charAt(i) > '9')) {
        return false;
      }
    }
    return true;
  }

  /** {@code 0.20 0.18 0.12 1/80 11206}: that 80; 0 if there is none. */
  private static long tasks(String text) {
    int slash = text.indexOf('/');
    int end = text.indexOf(' ', Math.max(slash, 0));
    try {
      return slash < 0 || end < 0 ? 0 : Long.parseLong(text, slash + 1, end, 10);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
