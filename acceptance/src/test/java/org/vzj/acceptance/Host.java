package org.vzj.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What the kernel shows of containers, looked at without the product. */
final class Host {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
  private static final Path PROC = Path.of("/proc");

  /**
   * How many times slower than usual the machine may be: the one with an emulated processor is.
   * {@code -Dvzj.test.slowness=N}
   */
  private static final int SLOWNESS = Integer.getInteger("vzj.test.slowness", 1);

  private Host() {}

  /** Returns a time limit for this machine from that for an ordinary one. */
  static Duration patience(Duration limit) {
    return limit.multipliedBy(SLOWNESS);
  }

  /** Returns a container's cgroup directories in all hierarchies. */
  static List<Path> cgroups(int id) {
    List<Path> found = new ArrayList<>();
    Path unified = CGROUPS.resolve("vz/" + id);
    if (Files.isDirectory(unified)) {
      found.add(unified);
    }
    try (DirectoryStream<Path> hierarchies = Files.newDirectoryStream(CGROUPS)) {
      for (Path hierarchy : hierarchies) {
        Path group = hierarchy.resolve("vz/" + id);
        if (!Files.isSymbolicLink(hierarchy) && Files.isDirectory(group)) {
          found.add(group);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Returns the processes in a container's cgroups, those of inner groups included. */
  static List<Long> processes(int id) {
    List<Long> pids = new ArrayList<>();
    for (Path group : cgroups(id)) {
      try (Stream<Path> tree = Files.walk(group)) {
        for (Path directory : tree.filter(Files::isDirectory).toList()) {
          for (String line : read(directory.resolve("cgroup.procs")).lines().toList()) {
            long pid = Long.parseLong(line);
            if (pid > 0 && !pids.contains(pid)) {
              pids.add(pid);
            }
          }
        }
      } catch (IOException | UncheckedIOException e) {
        // an inner group went away meanwhile
      }
    }
    return pids;
  }

  /** Returns the mount points at or below a directory, in the order of mounting. */
  static List<Path> mounts(Path directory) {
    List<Path> mounts = new ArrayList<>();
    for (String line : read(PROC.resolve("self/mountinfo")).lines().toList()) {
      Path point = Path.of(line.split(" ")[4].replace("\\040", " "));
      if (point.startsWith(directory)) {
        mounts.add(point);
      }
    }
    return mounts;
  }

  /** Returns the processes, other than this one, whose words or environment name a text. */
  static List<Long> processesNaming(String text) {
    List<Long> pids = new ArrayList<>();
    long self = ProcessHandle.current().pid();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        long pid = Long.parseLong(entry.getFileName().toString());
        if (pid != self
            && (read(entry.resolve("cmdline")).contains(text)
                || read(entry.resolve("environ")).contains(text))) {
          pids.add(pid);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pids;
  }

  /** Describes a process for a message. */
  static String describe(long pid) {
    String words = read(PROC.resolve(pid + "/cmdline")).replace('\0', ' ').strip();
    return pid
        + " ("
        + read(PROC.resolve(pid + "/comm")).strip()
        + (words.isEmpty() ? "" : ": " + words)
        + ")";
  }

  /** Returns a file's text, the empty one if it cannot be read. */
  static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Waits, by looking often, until a condition holds; the limit is generous, for busy machines. */
  static void await(String what, Duration limit, BooleanSupplier condition) {
    if (!holdsWithin(limit, condition)) {
      throw new AssertionError("After " + limit.toSeconds() + " s still not: " + what);
    }
  }

  /** Tells whether a condition comes to hold within a time. */
  static boolean holdsWithin(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + patience(limit).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause(20);
    }
    return true;
  }

  /** Sleeps. */
  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Sends a signal to one process of the host. */
  static void kill(String signal, long pid) {
    run("kill", "-" + signal, Long.toString(pid));
  }

  /** Whether a controller of cgroups is of version 2 here. */
  static boolean isUnified(String controller) {
    return !Files.isDirectory(CGROUPS.resolve(controller))
        && read(CGROUPS.resolve("cgroup.controllers")).contains(controller);
  }

  /** Runs a program of the host, for at most a minute. */
  static Result run(String... words) {
    try (Running running =
        Running.start(new ProcessBuilder(words).redirectInput(Path.of("/dev/null").toFile()))) {
      return running.await(Duration.ofMinutes(1));
    }
  }
}
