package org.vzj.quota;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.proc.MountInfo;

/** Which mount a directory lies on, and what its options say of quota. */
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

  /** The mount that a path lies on: of several at one place, the last covers the others. */
  public static @Nullable MountInfo mount(List<MountInfo> mounts, String path) {
    MountInfo best = null;
    for (int i = 0; i < mounts.size(); i++) {
      MountInfo mount = mounts.get(i);
      String point = mount.mountPoint();
      boolean above =
          point.equals("/")
              || (path.startsWith(point)
                  && (path.length() == point.length() || path.charAt(point.length()) == '/'));
      if (above && (best == null || point.length() >= best.mountPoint().length())) {
        best = mount;
      }
    }
    return best;
  }

  /** Whether the file system limits projects; xfs can also be told only to count them. */
  public static boolean hasProjectQuota(MountInfo mount) {
    String options = "," + mount.superOptions() + ",";
    return options.contains(",prjquota,") || options.contains(",pquota,");
  }
}
