package org.vzj.template.unpack;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vzj.linux.file.Errno;
import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.OpenFlag;
import org.vzj.template.TemplateException;

/**
 * The directories of the tree being made, by path, a few dozen of them open. Each is reached from
 * the root by openat2 that follows nothing and stays inside, so that no member can be put anywhere
 * else.
 */
final class DirectoryTable implements AutoCloseable {
  private static final int OPEN = 48;

  /** Is told of directories that members need but the archive has not brought so far. */
  interface Missing {
    /** Before one is made: what is under way under that name must be done first. */
    void prepare(String path) throws IOException, InterruptedException;

    /** After it was made. */
    void made(String path) throws TemplateException;
  }

  private final FileCalls calls;
  private final OpenDirectory root;
  private final Missing missing;
  private final Map<String, OpenDirectory> open = new LinkedHashMap<>(OPEN * 2, 0.75f, true);

  DirectoryTable(FileCalls calls, int root, Missing missing) {
    this.calls = calls;
    this.root = new OpenDirectory(root);
    this.missing = missing;
  }

  int root() {
    return root.fd;
  }

  /**
   * Opens a directory, and makes it and those above if they are missing.
   *
   * @return the directory, not held for the caller: good until the next call
   */
  OpenDirectory open(String path) throws IOException, InterruptedException {
    if (path.isEmpty()) {
      return root;
    }
    OpenDirectory known = open.get(path);
    if (known != null) {
      return known;
    }
    int fd = descend(path);
    if (fd == -Errno.ENOENT) {
      missing.prepare(path);
      fd = descend(path);
    }
    if (fd == -Errno.ENOENT) {
      String leaf = MemberName.leaf(path);
      int result = calls.mkdir(open(MemberName.parent(path)).fd, leaf, 0700);
      if (result >= 0) {
        missing.made(path);
      } else if (result != -Errno.EEXIST) {
        throw Failures.system("create", path, result);
      }
      fd = descend(path);
    }
    if (fd < 0) {
      throw Failures.unreachable(path, fd);
    }
    return remember(path, new OpenDirectory(fd));
  }

  /** True if there is a directory of this path, not a link to one. */
  boolean isDirectory(String path) {
    int fd = descend(path);
    if (fd >= 0) {
      calls.close(fd);
    }
    return fd >= 0;
  }

  private int descend(String path) {
    return calls.openBeneath(
        root.fd, path, OpenFlag.PATH | OpenFlag.DIRECTORY, OpenFlag.RESOLVE_INSIDE);
  }

  private OpenDirectory remember(String path, OpenDirectory directory) {
    if (open.size() >= OPEN) {
      Iterator<OpenDirectory> oldest = open.values().iterator();
      oldest.next().release(calls);
      oldest.remove();
    }
    open.put(path, directory);
    return directory;
  }

  /** Closes all but the root, whose descriptor is its maker's. */
  @Override
  public void close() {
    for (OpenDirectory directory : open.values()) {
      directory.release(calls);
    }
    open.clear();
  }
}
