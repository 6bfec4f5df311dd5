package org.vzj.linux.file;

import java.lang.foreign.Arena;

/** One thread of the removal, with its own buffers. */
final class RemovalWorker implements Runnable {
  /** Deeper directories are moved up: descriptors and stack are limited, trees are not. */
  private static final int MAX_DEPTH = 40;

  private final TreeRemoval removal;
  private long count;

  RemovalWorker(TreeRemoval removal) {
    this.removal = removal;
  }

  @Override
  public void run() {
    try (FileCalls calls = new FileCalls();
        Arena arena = Arena.ofConfined()) {
      DirectoryReader reader = new DirectoryReader(calls, arena);
      RemovalNode node = removal.take();
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
  private void empty(RemovalNode node, FileCalls calls, DirectoryReader reader) {
    if (node.fd < 0) {
      int fd =
          calls.openBeneath(
              node.parent.fd,
              node.name,
              OpenFlag.RDONLY | OpenFlag.DIRECTORY,
              OpenFlag.RESOLVE_INSIDE);
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

  private void scan(RemovalNode node, FileCalls calls, DirectoryReader reader) {
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

  private void directory(RemovalNode parent, String name, FileCalls calls, DirectoryReader reader) {
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
    RemovalNode child = new RemovalNode(parent, name, parent.depth + 1);
    if (removal.offer(child)) {
      return;
    }
    DirectoryReader.Mark mark = reader.mark();
    empty(child, calls, reader);
    reader.reset(mark);
  }

  private boolean moveUp(RemovalNode parent, String name, FileCalls calls) {
    RemovalNode top = parent;
    while (!top.top()) {
      top = top.parent;
    }
    String moved = removal.movedPrefix + removal.movedUp.incrementAndGet();
    if (calls.rename(parent.fd, name, top.fd, moved) < 0) {
      return false;
    }
    top.pending.incrementAndGet();
    removal.push(new RemovalNode(top, moved, 1));
    return true;
  }

  /** One thing under {@code node} is done: if it was the last, the directory goes. */
  private void release(RemovalNode node, FileCalls calls, DirectoryReader reader) {
    RemovalNode current = node;
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
