package org.vzj.cli.quota;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.Session;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.container.VzPaths;
import org.vzj.linux.launch.Launcher;
import org.vzj.linux.proc.MountInfo;
import org.vzj.quota.QuotaControl;
import org.vzj.quota.QuotaException;
import org.vzj.quota.QuotaFiles;
import org.vzj.quota.QuotaStatus;

/** What the tools of disk quota have in common: messages, files, the machine. */
final class QuotaTool implements QuotaControl.Listener {
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  private final String name;
  private final Session session;
  private final boolean quiet;

  QuotaTool(String name, Session session, boolean quiet) {
    this.name = name;
    this.session = session;
    this.quiet = quiet;
  }

  Session session() {
    return session;
  }

  VzPaths paths() {
    return VzPaths.of(session.environment());
  }

  /** Says an error, if there is anything to say, and returns the exit status. */
  int fail(QuotaException e) {
    if (!e.text().isEmpty()) {
      session.err().println(name + " : (error) " + TerminalText.of(e.text()));
    }
    return e.status().number();
  }

  @Override
  public void warn(String text) {
    if (!quiet) {
      session.err().println(name + " : (warning) " + TerminalText.of(text));
    }
  }

  Launcher launcher() {
    return new Launcher(paths().launcher(), paths().plans());
  }

  /**
   * Returns the quota of a number.
   *
   * @param file its file, null for the usual one
   */
  QuotaControl control(long id, @Nullable Path file) throws QuotaException {
    List<MountInfo> mounts;
    try {
      mounts = MountInfo.read(MOUNTS);
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.NO_MOUNT, String.valueOf(e.getMessage()));
    }
    Path usual = new QuotaFiles(paths().quota()).file(id);
    return new QuotaControl(launcher(), mounts, this, file == null ? usual : file, id);
  }

  /**
   * The file that options name: one beside the tree is preferred if it is there.
   *
   * @throws QuotaException USAGE for both ways at once
   */
  static @Nullable Path file(QuotaWords words, Path directory) throws QuotaException {
    String named = words.value("quota-file");
    boolean relative = words.has("relative");
    if (named != null && relative) {
      throw new QuotaException(QuotaStatus.USAGE, "-c and -R options can't be set together");
    }
    if (named != null) {
      return directory.resolve(named).toAbsolutePath();
    }
    Path tree = words.path(directory);
    if (tree == null || tree.getParent() == null) {
      return null;
    }
    Path beside = tree.resolveSibling("quota." + tree.getFileName());
    return relative || Files.isRegularFile(beside) ? beside : null;
  }

  /** The number of a quota: that of a container, or any other; -1 if it is none. */
  static long id(String word) {
    long id = QuotaWords.decimal(word);
    return id < 1 || id > Integer.MAX_VALUE ? -1 : id;
  }
}
