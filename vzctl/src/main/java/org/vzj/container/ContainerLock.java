package org.vzj.container;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.proc.ProcStat;

/**
 * OpenVZ's lock on one container: {@code LOCKDIR/CTID.lck} with the holder's pid. A third line adds
 * the holder's start time, so that a process that got a dead holder's number is not taken for it.
 */
public final class ContainerLock implements AutoCloseable {
  private static final int TRIES = 3;
  private static final int PAUSE_MILLIS = 20;
  private static final long NOBODY = 0;

  private final Path file;

  private ContainerLock(Path file) {
    this.file = file;
  }

  /**
   * Takes the lock at once or fails; a lock whose holder is dead is removed.
   *
   * @param directory LOCKDIR; made if missing
   * @throws VzException LOCKED if a living process holds it, SYSTEM if it cannot be made
   */
  public static ContainerLock take(Path directory, CtId id, Messages messages) throws VzException {
    return await(directory, id, messages, 0);
  }

  /**
   * As {@link #take}, but waits until the holder lets go, at most {@code millis}. Who holds it is
   * told only at the end of the wait.
   */
  public static ContainerLock await(Path directory, CtId id, Messages messages, long millis)
      throws VzException {
    long end = System.nanoTime() + millis * 1_000_000;
    Path file = directory.resolve(id + ".lck");
    try {
      Files.createDirectories(directory);
      String content = content();
      for (int tries = 1; ; tries++) {
        if (link(directory, file, content)) {
          return new ContainerLock(file);
        }
        long holder = holder(directory, file, messages);
        if (holder == NOBODY && tries < TRIES) {
          continue;
        }
        if (System.nanoTime() - end >= 0) {
          if (holder != NOBODY) {
            messages.warn("Locked by: pid " + holder + ", cmdline " + commandLine(holder));
          }
          throw new VzException(ExitCode.LOCKED, "Container already locked");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VzException(ExitCode.LOCKED, "Container already locked", e);
    } catch (IOException e) {
      String hint =
          e instanceof AccessDeniedException || isReadOnly(e)
              ? " (use --skiplock to work without a lock)"
              : "";
      throw new VzException(ExitCode.SYSTEM, "Unable to lock container: " + cause(e) + hint, e);
    }
  }

  /** Lets the lock go. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Whoever comes next sees a dead holder and clears it.
    }
  }

  /** Hard-links a finished file into place: the lock never exists half-written. */
  private static boolean link(Path directory, Path file, String content) throws IOException {
    Path temporary =
        directory.resolve(
            file.getFileName()
                + "."
                + ProcessHandle.current().pid()
                + "."
                + Thread.currentThread().threadId());
    Files.writeString(temporary, content, StandardCharsets.US_ASCII);
    try {
      Files.createLink(file, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Returns the pid of the living holder. The lock of a dead one is removed: then it is nobody's.
   *
   * <p>A second lock around look and removal keeps two processes from removing, one after the
   * other, a dead lock and the living one that followed it. For the same reason one looks again
   * once the holder is known to be dead: it may have let go before it ended, and somebody may have
   * taken the lock since. What a dead holder has not removed by then stays until we remove it.
   */
  private static long holder(Path directory, Path file, Messages messages) throws IOException {
    synchronized (ContainerLock.class) {
      try (FileChannel guard =
              FileChannel.open(
                  directory.resolve(".stale"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = guard.lock()) {
        assert held.isValid();
        String content = readOrNull(file);
        if (content == null) {
          return NOBODY;
        }
        long pid = number(line(content, 0));
        if (pid > 0 && alive(pid, number(line(content, 2)))) {
          return pid;
        }
        if (content.equals(readOrNull(file)) && Files.deleteIfExists(file) && pid > 0) {
          messages.say("Removing stale lock file " + file);
        }
        return NOBODY;
      }
    }
  }

  private static @Nullable String readOrNull(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static String content() {
    long time = InitProcess.ThisProcess.START_TIME;
    return InitProcess.ThisProcess.PID + "\n\n" + (time < 0 ? "" : time) + "\n";
  }

  /**
   * A lock without a start time was made by another tool: there only the number counts. A zombie
   * holds nothing: a container's first process, or a lazy one of the host, may leave it for long.
   */
  private static boolean alive(long pid, long startTime) {
    ProcStat stat = InitProcess.stat(pid);
    return stat != null && !stat.isZombie() && (startTime <= 0 || stat.startTime() == startTime);
  }

  private static String commandLine(long pid) {
    try {
      String raw =
          Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
      int main = raw.indexOf("\0org.vzj.cli.Main\0");
      String words = main < 0 ? raw : raw.substring(main + 18);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < words.length(); i++) {
        char c = words.charAt(i);
        text.append(c == 0 ? ' ' : c < ' ' || c > '~' ? '?' : c);
      }
      return text.toString().strip();
    } catch (IOException e) {
      return "?";
    }
  }

  private static @Nullable String line(String content, int index) {
    int start = 0;
    for (int i = 0; i < index; i++) {
      int end = content.indexOf('\n', start);
      if (end < 0) {
        return null;
      }
      start = end + 1;
    }
    int end = content.indexOf('\n', start);
    return end < 0 ? content.substring(start) : content.substring(start, end);
  }

  private static long number(@Nullable String text) {
    if (text == null) {
      return -1;
    }
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static boolean isReadOnly(IOException e) {
    return e instanceof FileSystemException f
        && f.getReason() != null
        && f.getReason().contains("Read-only");
  }

  private static String cause(IOException e) {
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getFile() + ": " + f.getReason()
        : String.valueOf(e.getMessage());
  }
}
