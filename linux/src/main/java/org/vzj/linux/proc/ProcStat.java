package org.vzj.linux.proc;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A process as {@code /proc/PID/stat} shows it, see proc_pid_stat(5).
 *
 * @param pid process id
 * @param comm its short name, chosen by the process itself: any characters
 * @param state one letter: R S D Z T t X I
 * @param parent process id of the parent, 0 if that is outside the reader's PID namespace
 * @param session id of its session
 * @param terminal device number of the controlling terminal as the kernel encodes it, 0 for none
 * @param startTime when it started, in clock ticks after boot: with the pid it names one process
 *     for good, while the pid alone is reused
 */
public record ProcStat(
    long pid, String comm, char state, long parent, long session, long terminal, long startTime) {

  /**
   * Reads and parses a process's stat file.
   *
   * @param proc where procfs is mounted
   * @param pid process id
   * @return the record, or null if there is no such process
   * @throws IOException if the file cannot be read or understood
   */
  public static @Nullable ProcStat read(Path proc, long pid) throws IOException {
    String text = ProcFile.read(proc, pid, "stat");
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("/proc/" + pid + "/stat: " + e.getMessage(), e);
    }
  }

  /**
   * Parses the text of a stat file.
   *
   * @param text the file's content
   * @return the record
   * @throws IllegalArgumentException if it is not of the documented form
   */
  public static ProcStat parse(String text) {
    int open = text.indexOf('(');
    // The name may hold parentheses, blanks and digits; what follows it never holds a parenthesis.
    int close = text.lastIndexOf(')');
    if (open < 2 || close < open || close + 2 >= text.length()) {
      throw new IllegalArgumentException("not a stat line: " + text);
    }
    Fields fields = new Fields(text.substring(close + 2).strip(), ' ');
    String state = fields.next();
    if (state.length() != 1) {
      throw new IllegalArgumentException("not a stat line: " + text);
    }
    long parent = fields.nextLong();
    fields.next(); // process group
    long session = fields.nextLong();
    long terminal = fields.nextLong();
    for (int skipped = 8; skipped < 22; skipped++) {
      fields.next();
    }
    long startTime = fields.nextLong();
    return new ProcStat(
        Fields.number(text, 0, open - 1, text),
        unescapeName(text.substring(open + 1, close)),
        state.charAt(0),
        parent,
        session,
        terminal,
        startTime);
  }

  /** Tells whether the process has ended and only waits to be collected. */
  public boolean isZombie() {
    return state == 'Z' || state == 'X';
  }

  /** The kernel writes newline and backslash of a name as {@code \n} and {@code \\}. */
  static String unescapeName(String name) {
    if (name.indexOf('\\') < 0) {
      return name;
    }
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\' && i + 1 < name.length()) {
        char next = name.charAt(++i);
        if (next == 'n') {
          c = '\n';
        } else if (next == '\\') {
          c = '\\';
        } else {
          plain.append('\\');
          c = next;
        }
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
