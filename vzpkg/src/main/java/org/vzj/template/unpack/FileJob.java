package org.vzj.template.unpack;

import java.util.List;
import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.OpenFlag;
import org.vzj.template.TemplateException;
import org.vzj.template.unpack.TarCursor.Extent;

/**
 * Makes a whole regular file.
 *
 * @param directory held; let go at the end
 * @param leaf its name in it
 * @param metadata what else it gets
 * @param extents its contents
 * @param weight bytes of them
 */
record FileJob(
    OpenDirectory directory, String leaf, Metadata metadata, List<Extent> extents, int weight)
    implements Job {
  private static final int NEW = OpenFlag.WRONLY | OpenFlag.CREAT | OpenFlag.EXCL;

  /** Creates a file that must not exist. */
  static int create(FileCalls calls, OpenDirectory directory, String leaf, Metadata metadata)
      throws TemplateException {
    int fd = calls.open(directory.fd, leaf, NEW | OpenFlag.NOFOLLOW, metadata.mode() & 0777);
    if (fd < 0) {
      throw Failures.system("create", metadata.path(), fd);
    }
    return fd;
  }

  @Override
  public void run(Tools tools) throws TemplateException {
    FileCalls calls = tools.calls;
    try {
      int fd = create(calls, directory, leaf, metadata);
      try {
        for (Extent extent : extents) {
          long written = calls.write(fd, extent.address(), extent.length());
          if (written < 0) {
            throw Failures.system("write", metadata.path(), written);
          }
        }
        tools.unsupportedAttributes += metadata.apply(calls, fd, tools.umaskCleared);
      } finally {
        calls.close(fd);
      }
    } finally {
      discard(calls);
    }
  }

  @Override
  public void discard(FileCalls calls) {
    for (Extent extent : extents) {
      extent.release();
    }
    directory.release(calls);
  }
}
