package org.vzj.linux.proc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.capability.CapabilitySet;

/**
 * What we use of {@code /proc/PID/status}, see proc_pid_status(5).
 *
 * @param name the process's short name, chosen by itself
 * @param pid process id
 * @param parent process id of the parent
 * @param uids its user ids
 * @param gids its group ids
 * @param namespacePids its process ids from the reader's PID namespace inwards; the last is the one
 *     it has itself
 * @param bounding capabilities that it and its children can ever have
 * @param effective capabilities that it has
 * @param seccomp 0 none, 1 strict, 2 filter; 0 too if the kernel has no seccomp
 * @param signalsCaught the signals it handles, signal n as bit n - 1
 */
public record ProcStatus(
    String name,
    long pid,
    long parent,
    Ids uids,
    Ids gids,
    List<Long> namespacePids,
    CapabilitySet bounding,
    CapabilitySet effective,
    int seccomp,
    long signalsCaught) {

  /** The four user or group ids of a process, as the reader's user namespace names them. */
  public record Ids(long real, long effective, long saved, long fileSystem) {}

  /**
   * Reads and parses a process's status file.
   *
   * @param proc where procfs is mounted
   * @param pid process id
   * @return the record, or null if there is no such process
   * @throws IOException if the file cannot be read or understood
   */
  public static @Nullable ProcStatus read(Path proc, long pid) throws IOException {
    String text = ProcFile.read(proc, pid, "status");
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("/proc/" + pid + "/status: " + e.getMessage(), e);
    }
  }

  /**
   * Parses the text of a status file. A name with a newline cannot forge a line: the kernel escapes
   * it.
   *
   * @param text the file's content
   * @return the record
   * @throws IllegalArgumentException if a line that is needed is missing or malformed
   */
  public static ProcStatus parse(String text) {
    String seccomp = find(text, "Seccomp:");
    return new ProcStatus(
        ProcStat.unescapeName(need(text, "Name:")),
        number(need(text, "Pid:")),
        number(need(text, "PPid:")),
        ids(need(text, "Uid:")),
        ids(need(text, "Gid:")),
        numbers(need(text, "NSpid:")),
        CapabilitySet.parseHex(need(text, "CapBnd:")),
        CapabilitySet.parseHex(need(text, "CapEff:")),
        seccomp == null ? 0 : (int) number(seccomp),
        Long.parseUnsignedLong(need(text, "SigCgt:"), 16));
  }

  private static Ids ids(String value) {
    List<Long> four = numbers(value);
    if (four.size() != 4) {
      throw new IllegalArgumentException("not four ids: " + value);
    }
    return new Ids(four.get(0), four.get(1), four.get(2), four.get(3));
  }

  private static List<Long> numbers(String value) {
    List<Long> numbers = new ArrayList<>();
    Fields fields = new Fields(value, '\t');
    while (fields.hasNext()) {
      numbers.add(fields.nextLong());
    }
    return List.copyOf(numbers);
  }

  private static long number(String value) {
    return new Fields(value, '\n').nextLong();
  }

  private static String need(String text, String key) {
    String value = find(text, key);
    if (value == null) {
      throw new IllegalArgumentException("no line " + key);
    }
    return value;
  }

  private static @Nullable String find(String text, String key) {
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        end = text.length();
      }
      if (text.startsWith(key, at)) {
        int from = at + key.length();
        // One tab, not strip: a name may begin with blanks of its own.
        return text.substring(from < end && text.charAt(from) == '\t' ? from + 1 : from, end);
      }
      at = end + 1;
    }
    return null;
  }
}
