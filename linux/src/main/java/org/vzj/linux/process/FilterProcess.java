package org.vzj.linux.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that turns one file into another on its way, as {@code gzip -dc} does: it reads the
 * file as its standard input and writes into a descriptor of ours. Its error output is dropped and
 * its environment empty but for the locale, so that no GZIP or XZ_OPT of the caller changes it.
 */
public final class FilterProcess implements AutoCloseable {
  private static final String[] DIRECTORIES = {"/usr/bin/", "/bin/", "/usr/local/bin/"};
  private final Process process;
  private final Path position;

  private FilterProcess(Process process) {
    this.process = process;
    this.position = Path.of("/proc/" + process.pid() + "/fdinfo/0");
  }

  /**
   * Looks for a program where distributions put them; the caller's PATH is not asked.
   *
   * @return its absolute path, or the empty string if this host has none
   */
  public static String find(String program) {
    for (String directory : DIRECTORIES) {
      if (Files.isExecutable(Path.of(directory + program))) {
        return directory + program;
      }
    }
    return "";
  }

  /**
   * Starts a program.
   *
   * @param command its path and arguments
   * @param input the file that it reads
   * @param output a descriptor of this process, open for writing, that becomes its standard output;
   *     the caller closes its own copy afterwards
   * @throws IOException if it cannot be started
   */
  public static FilterProcess start(List<String> command, Path input, int output)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C");
    builder.redirectInput(input.toFile());
    // Opening a pipe's link in /proc gives another descriptor of the same pipe: no relay thread.
    builder.redirectOutput(new File("/proc/self/fd/" + output));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return new FilterProcess(builder.start());
  }

  /** How far in its input the program has read, in bytes; -1 once it has ended. */
  public long inputPosition() {
    try {
      String text = Files.readString(position);
      int start = text.indexOf("pos:");
      int end = text.indexOf('\n', start);
      if (start >= 0 && end > start) {
        return Long.parseLong(text.substring(start + 4, end).trim());
      }
    } catch (IOException | NumberFormatException e) {
      return -1; // It has ended.
    }
    return -1;
  }

  /**
   * Waits for the program's end.
   *
   * @return its exit status, or 128 and the number of the signal that ended it
   * @throws InterruptedException if the thread is interrupted; the program goes on
   */
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  /** Ends the program if it still runs. May be called from any thread. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
