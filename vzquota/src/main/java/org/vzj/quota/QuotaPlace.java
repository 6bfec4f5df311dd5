package org.vzj.quota;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.linux.proc.MountInfo;

/** What there is of the way to a directory, and what the options of its mount say of quota. */
public final class QuotaPlace {
  private QuotaPlace() {}

  /** What exists of the way to a directory, without symbolic links. */
  static Path existing(Path directory) throws IOException {
    Path existing = directory.toAbsolutePath();
    while (!Files.exists(existing)) {
      Path parent = existing.getParent();
      if (parent == null) {
        break;
      }
      existing = parent;
    }
    return existing.toRealPath();
  }

  /** Whether the file system limits projects; xfs can also be told only to count them. */
  public static boolean hasProjectQuota(MountInfo mount) {
    String options = "," + mount.superOptions() + ",";
    return options.contains(",prjquota,") || options.contains(",pquota,");
  }
}
