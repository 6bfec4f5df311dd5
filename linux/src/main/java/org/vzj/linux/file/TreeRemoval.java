package org.vzj.linux.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Removes directory trees in parallel. Every name is reached through the descriptor of its
 * directory, so a tree in which somebody still renames things cannot lead the removal astray:
 * symbolic links are removed, never followed, and a mount point stops with an error rather than
 * being entered. Trees may be of any depth (a container's user can nest directories deeper than
 * PATH_MAX): directories far down are first moved up to the top of the tree.
 */
public final class TreeRemoval {
  private static final int MAX_PROBLEMS = 5;

  private final ArrayDeque<RemovalNode> queue = new ArrayDeque<>();
  private final List<String> problems = new ArrayList<>();

  /** How many directories have been moved up so far. */
  final AtomicInteger movedUp = new AtomicInteger();

  /** Begins the names of directories moved up: another removal that was killed used other ones. */
  final String movedPrefix =
      ".vzj-removal-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + "-";

  private final int threads;
  private boolean interrupted;
  private int idle;
  private int unfinished;
  private long removed;
  private int firstErrno;

  private TreeRemoval(int threads) {
    this.threads = threads;
  }

  /**
   * Removes a directory and all in it.
   *
   * @param directory its path; a last component that is a symbolic link is refused
   * @return how many names were removed
   * @throws IOException if anything is left: says what and why, for the first few
   */
  public static long remove(Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new IOException("refusing to remove /");
    }
    try (FileCalls calls = new FileCalls()) {
      long count = removeContents(absolute);
      int result = calls.rmdir(FileCalls.AT_FDCWD, NativeName.of(absolute));
      if (result < 0) {
        throw new FileCallException("cannot remove " + absolute, -result);
      }
      return count + 1;
    }
  }

  /**
   * Removes all that is in a directory, not the directory itself.
   *
   * @see #remove
   */
  public static long removeContents(Path directory) throws IOException {
    try (FileCalls calls = new FileCalls()) {
      int fd =
          calls.open(
              FileCalls.AT_FDCWD,
              NativeName.of(directory.toAbsolutePath().normalize()),
              OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW,
              0);
      if (fd < 0) {
        throw new FileCallException("cannot remove " + directory, -fd);
      }
      try {
        return new TreeRemoval(Math.min(4, Runtime.getRuntime().availableProcessors()))
            .run(fd, directory);
      } finally {
        calls.close(fd);
      }
    }
  }

  private long run(int fd, Path directory) throws IOException {
    RemovalNode top = new RemovalNode();
    top.fd = fd;
    queue.add(top);
    unfinished = 1;
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      others.add(
          Thread.ofPlatform().daemon().name("vzj-remove-" + i).start(new RemovalWorker(this)));
    }
    new RemovalWorker(this).run();
    for (Thread thread : others) {
      join(thread);
    }
    synchronized (this) {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (!problems.isEmpty()) {
        throw new FileCallException(
            "cannot remove all of " + directory + " (" + String.join("; ", problems) + ")",
            firstErrno);
      }
      return removed;
    }
  }

  private void join(Thread thread) {
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        synchronized (this) {
          interrupted = true;
        }
      }
    }
  }

  /** Hands a directory to an idle thread, if there is one. */
  synchronized boolean offer(RemovalNode node) {
    if (idle <= queue.size()) {
      return false;
    }
    push(node);
    return true;
  }

  synchronized void push(RemovalNode node) {
    queue.addLast(node);
    unfinished++;
    notifyAll();
  }

  synchronized @Nullable RemovalNode take() {
    idle++;
    while (queue.isEmpty() && unfinished > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        // A removal once begun is carried to its end: half a tree helps nobody.
        interrupted = true;
      }
    }
    idle--;
    return queue.pollLast();
  }

  synchronized void done() {
    unfinished--;
    if (unfinished == 0) {
      notifyAll();
    }
  }

  synchronized void stop() {
    unfinished = 0;
    queue.clear();
    notifyAll();
  }

  synchronized boolean failed() {
    return !problems.isEmpty();
  }

  synchronized void problem(String what, int errno) {
    if (problems.isEmpty()) {
      firstErrno = errno;
    }
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(what);
    }
  }

  synchronized void addRemoved(long count) {
    removed += count;
  }
}
