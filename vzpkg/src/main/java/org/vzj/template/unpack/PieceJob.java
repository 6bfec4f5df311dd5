package org.vzj.template.unpack;

import java.util.concurrent.atomic.AtomicInteger;
import org.vzj.linux.file.FileCalls;
import org.vzj.template.TemplateException;
import org.vzj.template.unpack.TarCursor.Extent;

/**
 * Writes a piece of a large or sparse file, whose whole would not fit into the slabs.
 *
 * @param file the file, held
 * @param extent the contents, held
 * @param position where they belong
 */
record PieceJob(LargeFile file, Extent extent, long position) implements Job {

  /** A file written piecewise; the last piece done gives it its size and metadata. */
  static final class LargeFile {
    private final int fd;
    private final Metadata metadata;
    private final long size;
    private final AtomicInteger holders = new AtomicInteger(1);
    private volatile boolean incomplete;

    LargeFile(int fd, Metadata metadata, long size) {
      this.fd = fd;
      this.metadata = metadata;
      this.size = size;
    }

    String path() {
      return metadata.path();
    }

    LargeFile hold() {
      holders.incrementAndGet();
      return this;
    }

    /** A piece will not come: the file is closed as it is. */
    void abandon() {
      incomplete = true;
    }

    /**
     * A piece is done, or all have been handed out.
     *
     * @return attributes that the file system would not take
     */
    int release(FileCalls calls) throws TemplateException {
      if (holders.decrementAndGet() > 0) {
        return 0;
      }
      try {
        if (incomplete) {
          return 0;
        }
        // Sets the size of a file that ends in a hole; of others it changes nothing.
        int result = calls.truncate(fd, size);
        if (result < 0) {
          throw Failures.system("set the size of", metadata.path(), result);
        }
        // Created by the reading thread, which has the caller's umask.
        return metadata.apply(calls, fd, false);
      } finally {
        calls.close(fd);
      }
    }
  }

  @Override
  public void run(Tools tools) throws TemplateException {
    boolean written = false;
    try {
      long result = tools.calls.writeAt(file.fd, extent.address(), extent.length(), position);
      if (result < 0) {
        throw Failures.system("write", file.metadata.path(), result);
      }
      written = true;
    } finally {
      extent.release();
      if (!written) {
        file.abandon();
      }
      tools.unsupportedAttributes += file.release(tools.calls);
    }
  }

  @Override
  public void discard(FileCalls calls) {
    extent.release();
    file.abandon();
    try {
      file.release(calls);
    } catch (TemplateException e) {
      throw new IllegalStateException(e); // An abandoned file is only closed.
    }
  }

  @Override
  public int weight() {
    return extent.length();
  }
}
