package org.vzj.linux.file;

import java.lang.foreign.Arena;

/** One thread of the copy, with its own buffers. */
final class CopyWorker implements Runnable {
  private static final int PRIVATE = 0700;
  private static final int ENXIO = 6;

  private final TreeCopy copy;
  private long entries;

  CopyWorker(TreeCopy copy) {
    this.copy = copy;
  }

  @Override
  public void run() {
    try (FileCalls calls = new FileCalls();
        CopyCalls copies = new CopyCalls();
        Arena arena = Arena.ofConfined()) {
      boolean umask = calls.clearUmaskOfThread();
      assert umask;
      Tools tools =
          new Tools(
              calls,
              copies,
              new DirectoryReader(calls, arena),
              new CopiedMetadata(copy, calls, copies));
      CopyNode node = copy.take();
      while (node != null) {
        directory(node, tools);
        copy.done();
        node = copy.take();
      }
    } catch (RuntimeException | Error e) {
      copy.fail("internal error while copying: " + e, Errno.EIO);
    }
    copy.entries.addAndGet(entries);
  }

  private record Tools(
      FileCalls calls, CopyCalls copies, DirectoryReader reader, CopiedMetadata metadata) {}

  private void directory(CopyNode node, Tools tools) {
    String at = node.path;
    try {
      if (open(node, tools.calls)) {
        while (!copy.failed() && tools.reader.fill(node.from)) {
          for (String name = tools.reader.next(); !name.isEmpty(); name = tools.reader.next()) {
            at = node.child(name);
            entry(node, name, at, tools);
          }
        }
        at = node.path;
      }
      // After all that is in it, which changes its time; before what is in its directories.
      tools.metadata.apply(node.from, node.to, tools.copies.status(node.from));
      entries++;
    } catch (FileCallException e) {
      copy.fail(NativeName.display(at.isEmpty() ? "/" : at) + ": " + e.what(), e.errno());
    } finally {
      release(node, tools.calls);
    }
  }

  /** Opens a directory and its copy, and returns whether there is anything in it to copy. */
  private static boolean open(CopyNode node, FileCalls calls) throws FileCallException {
    CopyNode parent = node.parent;
    if (parent == null) {
      return true;
    }
    try {
      int flags = OpenFlag.RDONLY | OpenFlag.DIRECTORY;
      node.to = calls.openBeneath(parent.to, node.name, flags, OpenFlag.RESOLVE_INSIDE);
      if (node.to < 0) {
        throw new FileCallException("cannot open its copy", -node.to);
      }
      node.from = calls.openBeneath(parent.from, node.name, flags, OpenFlag.RESOLVE_INSIDE);
      if (node.from == -Errno.EXDEV) {
        // Somebody's mount: what is under it is not to be seen, and what it shows is not ours.
        node.from =
            calls.openBeneath(
                parent.from, node.name, flags, OpenFlag.RESOLVE_INSIDE & ~OpenFlag.RESOLVE_NO_XDEV);
        requireOpen(node, calls);
        return false;
      }
      requireOpen(node, calls);
      return true;
    } finally {
      release(parent, calls);
    }
  }

  private static void requireOpen(CopyNode node, FileCalls calls) throws FileCallException {
    if (node.from < 0) {
      calls.close(node.to);
      throw new FileCallException("cannot open it", -node.from);
    }
  }

  /** Somebody needs a directory's descriptors no more. */
  private static void release(CopyNode node, FileCalls calls) {
    if (node.holders.decrementAndGet() == 0 && node.from >= 0) {
      calls.close(node.from);
      calls.close(node.to);
      node.from = -1;
    }
  }

  private void entry(CopyNode node, String name, String path, Tools tools)
      throws FileCallException {
    CopyRules.Fate fate = copy.rules().fate(node.path, name);
    if (fate == CopyRules.Fate.OMIT) {
      return;
    }
    FileStatus status = tools.copies.status(node.from, name);
    if (status.type() == FileStatus.DIRECTORY) {
      check("make it", tools.calls.mkdir(node.to, name, PRIVATE));
      node.holders.incrementAndGet();
      copy.push(new CopyNode(node, name));
      return;
    }
    if (status.links() > 1 && !copy.isFirst(status, path)) {
      return;
    }
    if (status.type() == FileStatus.REGULAR) {
      file(node, name, fate == CopyRules.Fate.EMPTY, tools);
    } else if (status.type() == FileStatus.LINK) {
      String target = tools.copies.readLink(node.from, name);
      check("make it", tools.calls.symlink(target, node.to, name));
      tools.metadata.applyToLink(node.to, name, status);
    } else if (!device(status)) {
      copy.skippedDevices.incrementAndGet();
      return;
    } else {
      check(
          "make it",
          tools.calls.mknod(
              node.to, name, status.type() | PRIVATE, status.major(), status.minor()));
      tools.metadata.applyToNode(node.to, name, status);
    }
    entries++;
  }

  /** Tells whether a FIFO, a socket or a device may be copied. */
  private boolean device(FileStatus status) {
    boolean block = status.type() == FileStatus.BLOCK;
    if (!block && status.type() != FileStatus.CHARACTER) {
      return true;
    }
    boolean whiteout = !block && status.major() == 0 && status.minor() == 0;
    return whiteout
        ? copy.rules().isLayer()
        : copy.rules().allowsDevice(block, status.major(), status.minor());
  }

  private void file(CopyNode node, String name, boolean empty, Tools tools)
      throws FileCallException {
    FileCalls calls = tools.calls;
    int from =
        check(
            "open it",
            calls.open(
                node.from,
                name,
                OpenFlag.RDONLY | OpenFlag.NOFOLLOW | OpenFlag.NONBLOCK | OpenFlag.NOATIME,
                0));
    int to = -1;
    try {
      FileStatus status = tools.copies.status(from);
      if (status.type() != FileStatus.REGULAR) {
        throw new FileCallException("is being changed meanwhile", Errno.EBUSY);
      }
      int flags = OpenFlag.WRONLY | OpenFlag.CREAT | OpenFlag.EXCL | OpenFlag.NOFOLLOW;
      to = check("make it", calls.open(node.to, name, flags, 0600));
      if (!empty && status.size() > 0) {
        contents(from, to, status, tools);
        copy.bytes.addAndGet(status.size());
      }
      tools.metadata.apply(from, to, status);
    } finally {
      calls.close(from);
      if (to >= 0) {
        calls.close(to);
      }
    }
  }

  private void contents(int from, int to, FileStatus status, Tools tools) throws FileCallException {
    if (!copy.cannotShare) {
      int shared = tools.copies.share(from, to);
      if (shared == 0) {
        return;
      }
      if (shared == -Errno.ENOSPC || shared == -Errno.EDQUOT) {
        throw new FileCallException("cannot copy it", -shared);
      }
      // Some file systems refuse single files: those of an overlay's lower layer, say.
      copy.cannotShare = shared != -Errno.EINVAL;
    }
    if (status.blocks() * 512 >= status.size()) {
      stretch(from, to, 0, status.size(), tools);
      return;
    }
    long at = 0;
    while (at < status.size()) {
      long data = tools.copies.data(from, at);
      if (data == -ENXIO) {
        break;
      }
      if (data < 0) {
        throw new FileCallException("cannot find its holes", (int) -data);
      }
      long end = Math.min(status.size(), check("find its holes", tools.copies.hole(from, data)));
      stretch(from, to, data, end, tools);
      at = end;
    }
    check("set its size", tools.calls.truncate(to, status.size()));
  }

  private void stretch(int from, int to, long start, long end, Tools tools)
      throws FileCallException {
    long at = start;
    while (at < end) {
      if (copy.failed()) {
        throw new FileCallException("is not copied", Errno.EINTR);
      }
      long length = Math.min(end - at, 64L << 20);
      long n =
          copy.byHand
              ? tools.copies.copyByHand(tools.calls, from, to, at, length)
              : tools.copies.copy(from, to, at, length);
      if (!copy.byHand
          && (n == -Errno.EXDEV
              || n == -Errno.EINVAL
              || n == -Errno.EOPNOTSUPP
              || n == -Errno.ENOSYS)) {
        copy.byHand = true;
        continue;
      }
      if (n == 0) {
        throw new FileCallException("became shorter meanwhile", Errno.EBUSY);
      }
      at += check("copy it", n);
    }
  }

  static int check(String what, int result) throws FileCallException {
    return (int) check(what, (long) result);
  }

  static long check(String what, long result) throws FileCallException {
    if (result < 0) {
      throw new FileCallException("cannot " + what, (int) -result);
    }
    return result;
  }
}
