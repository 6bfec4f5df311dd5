package org.vzj.template.unpack;

import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.OpenFlag;
import org.vzj.template.TemplateException;

/**
 * Gives a directory its owner, mode, attributes and time, once nothing more is put into it.
 *
 * @param root the tree's root
 * @param metadata what it gets; its path says which directory
 */
record DirectoryJob(int root, Metadata metadata) implements Job {
  @Override
  public void run(Tools tools) throws TemplateException {
    String path = metadata.path();
    int fd =
        tools.calls.openBeneath(
            root, path, OpenFlag.RDONLY | OpenFlag.DIRECTORY, OpenFlag.RESOLVE_INSIDE);
    if (fd < 0) {
      throw Failures.unreachable(path, fd);
    }
    try {
      tools.unsupportedAttributes += metadata.apply(tools.calls, fd, false);
    } finally {
      tools.calls.close(fd);
    }
  }

  @Override
  public void discard(FileCalls calls) {}

  @Override
  public int weight() {
    return 4096;
  }
}
