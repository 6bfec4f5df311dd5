package org.vzj.layout;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.file.FileCallException;
import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.NativeName;
import org.vzj.linux.process.CommandResult;

/** What is done to whole trees. */
public final class Trees {
  private Trees() {}

  /** Returns what makes a new directory root's alone. */
  static FileAttribute<Set<PosixFilePermission>> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }

  /** Waits until the names in a directory are on its disk. */
  public static void flushNames(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** Makes two paths change places in one step; both are there, on one file system. */
  public static void exchange(Path one, Path other) throws IOException {
    try (FileCalls calls = new FileCalls()) {
      int result = calls.exchange(NativeName.of(one), NativeName.of(other));
      if (result < 0) {
        throw new FileCallException("cannot exchange " + one + " and " + other, -result);
      }
    }
  }

  /** Waits until all that was written to a path's file system is on its disk. */
  public static void flush(Path path) throws VzException {
    Programs.run(ExitCode.SYSTEM, "sync", "-f", path.toString());
  }

  /**
   * Copies all that is in a directory, and its own attributes, as it is: owners, extended
   * attributes, hard links, holes. Nothing is followed, no other file system entered. The copying
   * ends with this process, even if that is killed: the next command removes what was copied.
   *
   * @param to a directory that is there
   * @param code of the error
   */
  public static void copy(Path from, Path to, ExitCode code) throws VzException {
    CommandResult result =
        Programs.result(
            code,
            "setpriv",
            "--pdeathsig",
            "KILL",
            "cp",
            "--archive",
            "--one-file-system",
            "--reflink=auto",
            from + "/.",
            to + "/");
    if (!result.ok()) {
      String error = result.err();
      int end = error.indexOf('\n');
      // A full disk gives a line for each file.
      throw new VzException(
          code, "Unable to copy " + from + ": " + (end < 0 ? error : error.substring(0, end)));
    }
  }
}
