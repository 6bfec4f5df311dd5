package org.vzj.linux.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Removes directory trees in parallel. Every name is reached through the descriptor of its
 * directory, so a tree in which somebody still renames things cannot lead the removal astray:
 * symbolic links are removed, never followed, and a mount point stops with an error rather than
 * being entered. Trees may be of any depth (a container's user can nest directories deeper than
 * PATH_MAX): directories far down are first moved up to the top of the tree.
 */
public final class TreeRemoval {
  private static final int MAX_DEPTH = 40;
  private static final int MAX_PROBLEMS = 5;
  private static final int RESOLVE = OpenFlag.RESOLVE_INSIDE;

  private final ArrayDeque<Node> queue = new ArrayDeque<>();
  private final List<String> problems = new ArrayList<>();
  private final AtomicInteger movedUp = new AtomicInteger();

  /** Begins the names of directories moved up: another removal that was killed used other ones. */
  private final String movedPrefix =
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

  /** A directory being emptied; {@code pending} counts itself and its children under way. */
  private static final class Node {
    final Node parent;
    final String name;
    final int depth;
    final AtomicInteger pending = new AtomicInteger(1);
    volatile int fd = -1;
    int rescans;

    @SuppressWarnings("NullAway") // The top is its own parent, so that no parent is ever null.
    Node(@org.jspecify.annotations.Nullable Node parent, String name, int depth) {
      this.parent = parent == null ? this : parent;
      this.name = name;
      this.depth = depth;
    }

    boolean top() {
      return parent == this;
    }
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
    Node top = new Node(null, "", 0);
    top.fd = fd;
    queue.add(top);
    unfinished = 1;
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      others.add(Thread.ofPlatform().daemon().name("vzj-remove-" + i).start(new Worker(this)));
    }
    new Worker(this).run();
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

  /** One thread of the removal, with its own buffers. */
  private static final class Worker implements Runnable {
    private final TreeRemoval removal;
    private long count;

    Worker(TreeRemoval removal) {
      this.removal = removal;
    }

    @Override
    public void run() {
      try (FileCalls calls = new FileCalls();
          java.lang.foreign.Arena arena = java.lang.foreign.Arena.ofConfined()) {
        DirectoryReader reader = new DirectoryReader(calls, arena);
        Node node = removal.take();
        while (node != null) {
          empty(node, calls, reader);
          removal.done();
          node = removal.take();
        }
      } catch (RuntimeException | Error e) {
        removal.problem("internal error: " + e, Errno.EIO);
        removal.stop();
      }
      removal.addRemoved(count);
    }

    /** Removes a directory's contents; the directory itself too once nothing in it is under way. */
    private void empty(Node node, FileCalls calls, DirectoryReader reader) {
      if (node.fd < 0) {
        int fd =
            calls.openBeneath(
                node.parent.fd, node.name, OpenFlag.RDONLY | OpenFlag.DIRECTORY, RESOLVE);
        if (fd < 0) {
          removal.problem(
              NativeName.display(node.name)
                  + (fd == -Errno.EXDEV ? " is a mount point" : ": " + Errno.text(-fd)),
              -fd);
          release(node.parent, calls, reader);
          return;
        }
        node.fd = fd;
      }
      scan(node, calls, reader);
      release(node, calls, reader);
    }

    private void scan(Node node, FileCalls calls, DirectoryReader reader) {
      try {
        while (reader.fill(node.fd)) {
          for (String name = reader.next(); !name.isEmpty(); name = reader.next()) {
            if (node.top() && name.startsWith(removal.movedPrefix)) {
              continue; // Moved up while we read, and in the queue already.
            }
            int type = reader.type();
            int result = -Errno.EISDIR;
            if (type != DirectoryReader.TYPE_DIRECTORY) {
              result = calls.unlink(node.fd, name);
            }
            // Unlinking a directory is EISDIR on Linux, EPERM by POSIX on some file systems.
            if (result == -Errno.EISDIR
                || (result == -Errno.EPERM && type == DirectoryReader.TYPE_UNKNOWN)) {
              directory(node, name, calls, reader);
            } else if (result < 0 && result != -Errno.ENOENT) {
              removal.problem(NativeName.display(name) + ": " + Errno.text(-result), -result);
            } else {
              count++;
            }
          }
        }
      } catch (FileCallException e) {
        removal.problem(NativeName.display(node.name) + ": " + e.getMessage(), e.errno());
      }
    }

    private void directory(Node parent, String name, FileCalls calls, DirectoryReader reader) {
      // An empty one needs no look inside.
      int result = calls.rmdir(parent.fd, name);
      if (result >= 0) {
        count++;
        return;
      }
      if (result != -Errno.ENOTEMPTY && result != -Errno.EEXIST) {
        removal.problem(NativeName.display(name) + ": " + Errno.text(-result), -result);
        return;
      }
      if (parent.depth >= MAX_DEPTH && moveUp(parent, name, calls)) {
        return;
      }
      parent.pending.incrementAndGet();
      Node child = new Node(parent, name, parent.depth + 1);
      if (removal.offer(child)) {
        return;
      }
      DirectoryReader.Mark mark = reader.mark();
      empty(child, calls, reader);
      reader.reset(mark);
    }

    private boolean moveUp(Node parent, String name, FileCalls calls) {
      Node top = parent;
      while (!top.top()) {
        top = top.parent;
      }
      String moved = removal.movedPrefix + removal.movedUp.incrementAndGet();
      if (calls.rename(parent.fd, name, top.fd, moved) < 0) {
        return false;
      }
      top.pending.incrementAndGet();
      removal.push(new Node(top, moved, 1));
      return true;
    }

    /** One thing under {@code node} is done: if it was the last, the directory goes. */
    private void release(Node node, FileCalls calls, DirectoryReader reader) {
      Node current = node;
      while (current.pending.decrementAndGet() == 0 && !current.top()) {
        int result = calls.rmdir(current.parent.fd, current.name);
        // Some file systems skip entries when a directory shrinks while it is read: look again.
        if (result == -Errno.ENOTEMPTY && current.rescans < 3 && !removal.failed()) {
          current.rescans++;
          current.pending.set(1);
          calls.rewind(current.fd);
          DirectoryReader.Mark mark = reader.mark();
          scan(current, calls, reader);
          reader.reset(mark);
          continue;
        }
        calls.close(current.fd);
        if (result >= 0) {
          count++;
        } else if (!removal.failed()) {
          removal.problem(NativeName.display(current.name) + ": " + Errno.text(-result), -result);
        }
        current = current.parent;
      }
    }
  }

  /** Hands a directory to an idle thread, if there is one. */
  private synchronized boolean offer(Node node) {
    if (idle <= queue.size()) {
      return false;
    }
    push(node);
    return true;
  }

  private synchronized void push(Node node) {
    queue.addLast(node);
    unfinished++;
    notifyAll();
  }

  private synchronized @org.jspecify.annotations.Nullable Node take() {
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

  private synchronized void done() {
    unfinished--;
    if (unfinished == 0) {
      notifyAll();
    }
  }

  private synchronized void stop() {
    unfinished = 0;
    queue.clear();
    notifyAll();
  }

  private synchronized boolean failed() {
    return !problems.isEmpty();
  }

  private synchronized void problem(String what, int errno) {
    if (problems.isEmpty()) {
      firstErrno = errno;
    }
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(what);
    }
  }

  private synchronized void addRemoved(long count) {
    removed += count;
  }
}
