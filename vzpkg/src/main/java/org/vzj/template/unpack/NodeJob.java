package org.vzj.template.unpack;

import org.vzj.linux.file.FileCalls;
import org.vzj.template.TemplateException;

/**
 * Makes a symbolic link, a device node or a FIFO.
 *
 * @param directory held; let go at the end
 * @param leaf its name in it
 * @param type which of them
 * @param target what a link says
 * @param major of a device
 * @param minor of a device
 * @param metadata what else it gets
 */
record NodeJob(
    OpenDirectory directory,
    String leaf,
    MemberType type,
    String target,
    int major,
    int minor,
    Metadata metadata)
    implements Job {
  private static final int S_IFIFO = 0010000;
  private static final int S_IFCHR = 0020000;
  private static final int S_IFBLK = 0060000;

  @Override
  public void run(Tools tools) throws TemplateException {
    FileCalls calls = tools.calls;
    try {
      int format =
          switch (type) {
            case FIFO -> S_IFIFO;
            case CHARACTER_DEVICE -> S_IFCHR;
            case BLOCK_DEVICE -> S_IFBLK;
            default -> 0;
          };
      boolean link = format == 0;
      int result =
          link
              ? calls.symlink(target, directory.fd, leaf)
              : calls.mknod(directory.fd, leaf, format | (metadata.mode() & 0777), major, minor);
      if (result < 0) {
        throw Failures.system("create", metadata.path(), result);
      }
      boolean modeIsSet = link || (tools.umaskCleared && (metadata.mode() & 07000) == 0);
      metadata.applyAt(calls, directory.fd, leaf, modeIsSet);
    } finally {
      directory.release(calls);
    }
  }

  @Override
  public void discard(FileCalls calls) {
    directory.release(calls);
  }

  @Override
  public int weight() {
    return 4096;
  }
}
