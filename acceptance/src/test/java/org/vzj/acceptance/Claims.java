package org.vzj.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Container ids that tests may use, 9000 to 9099, each for one sandbox of the machine at a time:
 * cgroups are named by them. A claim is a lock on one byte of a file and ends with its process.
 */
final class Claims implements AutoCloseable {
  private static final int FIRST = 9000;
  private static final int COUNT = 100;
  private static final int SLOTS = 20;
  private static final Path FILE = Path.of("/run/lock/vzj-tests");

  /** One for the whole process: closing any descriptor of the file would drop all its locks. */
  private static final FileChannel CHANNEL = open();

  private final List<FileLock> held = new ArrayList<>();

  private static FileChannel open() {
    try {
      return FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Claims a number from 1 to {@link #SLOTS}, for ranges of user ids. */
  synchronized int slot() {
    for (int i = 0; i < SLOTS; i++) {
      if (claim(COUNT + i)) {
        return i + 1;
      }
    }
    throw new AssertionError("all slots for sandboxes are in use");
  }

  /** Claims neighbouring ids, returned in ascending order. */
  synchronized List<Integer> ids(int count) {
    // From the end: by hand one takes the first numbers.
    for (int start = COUNT - count; start >= 0; start--) {
      List<Integer> ids = new ArrayList<>();
      int mark = held.size();
      while (ids.size() < count && claim(start + ids.size())) {
        ids.add(FIRST + start + ids.size());
      }
      if (ids.size() == count) {
        return ids;
      }
      release(mark);
    }
    throw new AssertionError("no " + count + " neighbouring container ids are free");
  }

  private boolean claim(int position) {
    if (position < COUNT && !Host.cgroups(FIRST + position).isEmpty()) {
      return false;
    }
    try {
      FileLock lock = CHANNEL.tryLock(position, 1, false);
      if (lock == null) {
        return false;
      }
      held.add(lock);
      return true;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void release(int downTo) {
    while (held.size() > downTo) {
      try {
        held.removeLast().release();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public synchronized void close() {
    release(0);
  }

  /** Tells whether the lock file can be used at all. */
  static boolean possible() {
    return Files.isWritable(Path.of("/run/lock"));
  }
}
