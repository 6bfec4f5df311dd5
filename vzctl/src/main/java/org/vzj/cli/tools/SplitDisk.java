package org.vzj.cli.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.capacity.DiskShare;
import org.vzj.config.GlobalConfig;
import org.vzj.container.VzPaths;
import org.vzj.linux.file.FileCallException;
import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.FileSystemSpace;
import org.vzj.linux.file.OpenFlag;

/** The file system of containers' private areas, divided by vzsplit. */
final class SplitDisk {
  private SplitDisk() {}

  /** The share of each of {@code count} containers; what is wrong is told. */
  static DiskShare share(GlobalConfig global, VzPaths paths, int count, PrintStream err) {
    String directory = directory(global.vePrivatePattern());
    if (directory == null) {
      err.println("WARNING: unable to get VE_PRIVATE value from " + paths.globalConfig() + ".");
      err.println("Default disk space values to be used.\n");
      return DiskShare.DEFAULT;
    }
    try {
      return share(space(directory), directory, count, err);
    } catch (IOException e) {
      err.println("WARNING: statfs on " + directory + " failed: " + ToolFiles.cause(e));
      err.println("Default disk space values to be used.\n");
      return DiskShare.DEFAULT;
    }
  }

  static DiskShare share(FileSystemSpace space, String directory, int count, PrintStream err) {
    long kb = space.totalBytes() / 1024;
    if (DiskShare.isSmall(kb, space.inodes())) {
      err.println(
          "WARNING: Recommended minimal size of partition holding " + directory + " is 20 Gb!");
    }
    long forSpace = DiskShare.forContainers(kb);
    long forInodes = DiskShare.inodesForContainers(space.inodes());
    long most = forSpace / DiskShare.LEAST_SPACE;
    if (space.limitsInodes()) {
      most = Math.min(most, forInodes / DiskShare.LEAST_INODES);
    } else {
      forInodes = 2L * count * DiskShare.LEAST_INODES;
    }
    if (most < count) {
      err.println(
          "WARNING: partition holding "
              + directory
              + " do not have space required for "
              + count
              + " containers");
      err.println("The maximum allowed value is " + most);
      err.println("Default disk space values will be used\n");
      return DiskShare.DEFAULT;
    }
    return DiskShare.of(forSpace, forInodes, count);
  }

  /** The directory above those of all containers. */
  private static @Nullable String directory(@Nullable String pattern) {
    if (pattern == null) {
      return null;
    }
    int plain = pattern.indexOf("$VEID");
    int braces = pattern.indexOf("${VEID}");
    int end = plain >= 0 ? plain : braces;
    return end < 0 ? pattern : pattern.substring(0, end);
  }

  private static FileSystemSpace space(String directory) throws IOException {
    Path path = Path.of(directory).toRealPath();
    if (!Files.isDirectory(path)) {
      throw new IOException("Not a directory");
    }
    try (FileCalls calls = new FileCalls()) {
      int fd = calls.open(FileCalls.AT_FDCWD, path.toString(), OpenFlag.DIRECTORY, 0);
      if (fd < 0) {
        throw new FileCallException("cannot open it", -fd);
      }
      try {
        return calls.space(fd);
      } finally {
        calls.close(fd);
      }
    }
  }
}
