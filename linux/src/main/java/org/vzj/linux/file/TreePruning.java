package org.vzj.linux.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Does to a tree that is a whole copy already, a snapshot for instance, what {@link TreeCopy} would
 * have done by its rules: what is not to be copied is removed, what is to be empty is emptied.
 * Directories stay. Nothing in the tree is followed.
 */
public final class TreePruning {
  private TreePruning() {}

  /**
   * Prunes a tree that nobody else uses.
   *
   * @param directories where the rules have a say, as paths below the top
   * @throws IOException with the first thing that went wrong
   */
  public static void prune(Path tree, List<String> directories, CopyRules rules)
      throws IOException {
    try (FileCalls calls = new FileCalls();
        CopyCalls copies = new CopyCalls();
        Arena arena = Arena.ofConfined()) {
      int top =
          calls.open(
              FileCalls.AT_FDCWD,
              NativeName.of(tree.toAbsolutePath().normalize()),
              OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW,
              0);
      CopyWorker.check("open " + tree, top);
      DirectoryReader reader = new DirectoryReader(calls, arena);
      for (String path : directories) {
        int flags = OpenFlag.RDONLY | OpenFlag.DIRECTORY;
        int fd = calls.openBeneath(top, path, flags, OpenFlag.RESOLVE_INSIDE);
        // A link leads to where the rules have no say, for a copy compares names, too.
        if (fd >= 0) {
          for (String name : names(reader, fd)) {
            apply(calls, copies, fd, name, rules.fate(path, name));
          }
          calls.close(fd);
        } else if (fd != -Errno.ENOENT && fd != -Errno.ENOTDIR && fd != -Errno.ELOOP) {
          throw new FileCallException("cannot open " + path, -fd);
        }
      }
      calls.close(top);
    }
  }

  private static List<String> names(DirectoryReader reader, int fd) throws FileCallException {
    List<String> names = new ArrayList<>();
    while (reader.fill(fd)) {
      for (String name = reader.next(); !name.isEmpty(); name = reader.next()) {
        names.add(name);
      }
    }
    return names;
  }

  private static void apply(
      FileCalls calls, CopyCalls copies, int dir, String name, CopyRules.Fate fate)
      throws FileCallException {
    if (fate == CopyRules.Fate.COPY) {
      return;
    }
    int type = copies.status(dir, name).type();
    if (fate == CopyRules.Fate.OMIT && type != FileStatus.DIRECTORY) {
      CopyWorker.check("remove " + NativeName.display(name), calls.unlink(dir, name));
    } else if (fate == CopyRules.Fate.EMPTY && type == FileStatus.REGULAR) {
      int flags = OpenFlag.WRONLY | OpenFlag.NOFOLLOW | OpenFlag.NONBLOCK;
      int fd =
          CopyWorker.check("open " + NativeName.display(name), calls.open(dir, name, flags, 0));
      int result = calls.truncate(fd, 0);
      calls.close(fd);
      CopyWorker.check("empty " + NativeName.display(name), result);
    }
  }
}
