package org.vzj.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.proc.ProcStat;

/**
 * The first process of a running container.
 *
 * @param pid its number on the host
 * @param startTime its start, in clock ticks since boot (proc_pid_stat(5), field 22): with the pid
 *     it names one process for as long as the host is up, however often numbers are used again
 */
public record InitProcess(long pid, long startTime) {
  private static final Path PROC = Path.of("/proc");

  /**
   * Reads the launcher's file.
   *
   * @return what it names, whether alive or not; null if there is no readable file
   */
  public static @Nullable InitProcess recorded(Container container) {
    return parse(readOrEmpty(container.initFile()));
  }

  /** Returns the container's init if it is alive, null if the container does not run. */
  public static @Nullable InitProcess running(Container container) {
    InitProcess init = recorded(container);
    return init != null && init.alive() ? init : null;
  }

  static @Nullable InitProcess parse(String text) {
    int space = text.indexOf(' ');
    int end = text.indexOf('\n');
    if (space <= 0 || end < space) {
      return null;
    }
    try {
      return new InitProcess(
          Long.parseLong(text, 0, space, 10), Long.parseLong(text, space + 1, end, 10));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Returns "PID STARTTIME" of the process that asks: what names it in files of ours. */
  public static String ofThisProcess() {
    long time = ThisProcess.START_TIME;
    return time < 0 ? Long.toString(ThisProcess.PID) : ThisProcess.PID + " " + time;
  }

  /** Neither changes as long as it lives, and a command for many containers asks for each. */
  static final class ThisProcess {
    static final long PID = ProcessHandle.current().pid();

    /** Negative if it is not known. */
    static final long START_TIME = startTime();

    private ThisProcess() {}

    private static long startTime() {
      ProcStat stat = stat(PID);
      return stat == null ? -1 : stat.startTime();
    }
  }

  /** Returns its parent while it lives, the monitor; null if that has gone before it. */
  public @Nullable InitProcess monitor() {
    ProcStat own = stat(pid);
    ProcStat parent = own == null ? null : stat(own.parent());
    return parent == null || !parent.comm().equals("vzmonitor")
        ? null
        : new InitProcess(parent.pid(), parent.startTime());
  }

  /** Tells whether this very process still lives; one that waits to be reaped does not. */
  public boolean alive() {
    ProcStat stat = stat(pid);
    return stat != null && stat.startTime() == startTime && !stat.isZombie();
  }

  /** Returns what the kernel tells of a process, null if there is none. */
  static @Nullable ProcStat stat(long pid) {
    try {
      return ProcStat.read(PROC, pid);
    } catch (IOException e) {
      return null;
    }
  }

  private static String readOrEmpty(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
