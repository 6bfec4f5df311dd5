package org.vzj.linux.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Copies directory trees in parallel: owners moved to other ids, with modes, times, extended
 * attributes, access lists, capabilities of files, hard links and holes. Where the file system can
 * share blocks between files, contents are shared instead of copied.
 *
 * <p>Every name is reached through the descriptor of its directory, so nothing in the tree can lead
 * the copy out of it; a mount point in it is copied as an empty directory. The tree must not change
 * meanwhile; if it does all the same, the copy fails or has the old or the new state, and is never
 * outside of its place.
 */
public final class TreeCopy {
  /** A hard link that is made when all files are there. */
  private record Link(String path, String first) {}

  /** Contents that several names of one file belong to. */
  private record Identity(long device, long inode) {}

  private final IdShift shift;
  private final CopyRules rules;
  private final Path source;
  private final ArrayDeque<CopyNode> queue = new ArrayDeque<>();
  private final Map<Identity, String> first = new ConcurrentHashMap<>();
  private final List<Link> links = new ArrayList<>();
  private @Nullable FileCallException problem;
  private int unfinished;

  final AtomicLong entries = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong skippedDevices = new AtomicLong();
  final AtomicLong droppedAttributes = new AtomicLong();

  /** Whether the file systems refuse to share blocks: then one does not ask for each file. */
  volatile boolean cannotShare;

  /** Whether the kernel refuses to copy between these file systems by itself. */
  volatile boolean byHand;

  private TreeCopy(Path source, IdShift shift, CopyRules rules) {
    this.source = source;
    this.shift = shift;
    this.rules = rules;
  }

  /** Is told, a few times a second and on the calling thread, how many bytes have been copied. */
  @FunctionalInterface
  public interface Progress {
    /** Does nothing. */
    Progress NONE = bytes -> {};

    /** Says how far it is. */
    void copied(long bytes);
  }

  /**
   * Copies all that is in a directory, and what it is itself, to another one.
   *
   * @param from an existing directory, not a symbolic link
   * @param to an existing empty directory; it gets the owner, mode, attributes and time of the
   *     other
   * @param shift which ids become which
   * @param rules what is taken
   * @param progress is told how far it is
   * @throws IOException with the first thing that went wrong; what has been copied stays
   */
  public static CopyResult copy(
      Path from, Path to, IdShift shift, CopyRules rules, Progress progress) throws IOException {
    return new TreeCopy(from, shift, rules).run(to, progress);
  }

  IdShift shift() {
    return shift;
  }

  CopyRules rules() {
    return rules;
  }

  private CopyResult run(Path to, Progress progress) throws IOException {
    try (FileCalls calls = new FileCalls()) {
      CopyNode top = new CopyNode(open(calls, source), open(calls, to));
      push(top);
      int threads = Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(Thread.ofPlatform().daemon().name("vzj-copy-" + i).start(new CopyWorker(this)));
      }
      boolean interrupted = !await(workers, progress);
      drain(calls);
      if (interrupted) {
        throw new InterruptedIOException("interrupted while copying " + source);
      }
      synchronized (this) {
        if (problem != null) {
          throw problem;
        }
      }
      makeLinks(calls, to);
      progress.copied(bytes.get());
      return new CopyResult(
          entries.get(), bytes.get(), skippedDevices.get(), droppedAttributes.get());
    }
  }

  private static int open(FileCalls calls, Path directory) throws FileCallException {
    int fd =
        calls.open(
            FileCalls.AT_FDCWD,
            NativeName.of(directory.toAbsolutePath().normalize()),
            OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW,
            0);
    if (fd < 0) {
      throw new FileCallException("cannot open " + directory, -fd);
    }
    return fd;
  }

  /** Waits for the threads, which always end. Returns false if the caller was interrupted. */
  private boolean await(List<Thread> workers, Progress progress) {
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join(100);
          progress.copied(bytes.get());
        } catch (InterruptedException e) {
          interrupted = true;
          fail("interrupted", Errno.EINTR);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !interrupted;
  }

  /** Closes what was left open by a copy that failed. */
  private void drain(FileCalls calls) {
    CopyNode node = queue.poll();
    while (node != null) {
      for (CopyNode up = node; up != null; up = up.parent) {
        if (up.from >= 0) {
          calls.close(up.from);
          calls.close(up.to);
          up.from = -1;
        }
      }
      node = queue.poll();
    }
  }

  synchronized void push(CopyNode node) {
    queue.addLast(node);
    unfinished++;
    notifyAll();
  }

  /** Returns the next directory, the latest first to keep few open; null if there is no more. */
  synchronized @Nullable CopyNode take() {
    while (queue.isEmpty() && unfinished > 0 && problem == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        fail("interrupted", Errno.EINTR);
      }
    }
    return problem == null ? queue.pollLast() : null;
  }

  synchronized void done() {
    unfinished--;
    if (unfinished == 0) {
      notifyAll();
    }
  }

  synchronized void fail(String what, int errno) {
    if (problem == null) {
      problem = new FileCallException(what, errno);
    }
    notifyAll();
  }

  synchronized boolean failed() {
    return problem != null;
  }

  /**
   * Tells whether a file with several names is to be copied here. All but one of its names become
   * links to that one.
   */
  boolean isFirst(FileStatus status, String path) {
    String other = first.putIfAbsent(new Identity(status.device(), status.inode()), path);
    if (other == null) {
      return true;
    }
    synchronized (links) {
      links.add(new Link(path, other));
    }
    return false;
  }

  /** A directory's time is put back after a link has been made in it. */
  private void makeLinks(FileCalls calls, Path to) throws FileCallException {
    if (links.isEmpty()) {
      return;
    }
    int top = open(calls, to);
    try (CopyCalls copies = new CopyCalls()) {
      for (Link link : links) {
        int slash = link.path().lastIndexOf('/');
        int old = link.first().lastIndexOf('/');
        int here = beneath(calls, top, link.path(), slash);
        int there = beneath(calls, top, link.first(), old);
        FileStatus before = copies.status(here);
        int result =
            calls.link(
                there, link.first().substring(old + 1), here, link.path().substring(slash + 1));
        calls.setModified(here, before.seconds(), before.nanos());
        calls.close(here);
        calls.close(there);
        if (result < 0) {
          throw new FileCallException("cannot link " + NativeName.display(link.path()), -result);
        }
        entries.incrementAndGet();
      }
    } finally {
      calls.close(top);
    }
  }

  private static int beneath(FileCalls calls, int top, String path, int slash)
      throws FileCallException {
    int fd =
        calls.openBeneath(
            top,
            slash < 0 ? "." : path.substring(0, slash),
            OpenFlag.RDONLY | OpenFlag.DIRECTORY,
            OpenFlag.RESOLVE_INSIDE);
    if (fd < 0) {
      throw new FileCallException("cannot reach " + NativeName.display(path), -fd);
    }
    return fd;
  }
}
