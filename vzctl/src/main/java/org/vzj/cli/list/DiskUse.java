package org.vzj.cli.list;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.launch.Launcher;
import org.vzj.linux.proc.MountInfo;
import org.vzj.quota.DiskQuota;
import org.vzj.quota.NoQuota;
import org.vzj.quota.ProjectQuota;
import org.vzj.quota.QuotaKind;
import org.vzj.quota.QuotaTable;
import org.vzj.quota.QuotaUse;

/** What containers take of their disks; each file system is asked once, for all of them. */
final class DiskUse {
  private final Launcher launcher;
  private final List<MountInfo> mounts;
  private final Map<String, QuotaTable> tables = new HashMap<>();

  /**
   * @param mounts the mounts of the machine
   */
  DiskUse(Launcher launcher, List<MountInfo> mounts) {
    this.launcher = launcher;
    this.mounts = mounts;
  }

  /** What the kernel counts for a container; null if it does not count. */
  @Nullable QuotaUse of(int id, Path area) {
    try {
      DiskQuota quota = DiskQuota.of(mounts, area);
      // Not a switch over the types: the JVM makes one of those anew at each start.
      if (quota instanceof ProjectQuota project) {
        return table(project).of(id);
      }
      return quota instanceof NoQuota ? null : quota.use(launcher, area, id);
    } catch (IOException e) {
      return null; // It is not asked for again on the same file system.
    }
  }

  private QuotaTable table(ProjectQuota quota) throws IOException {
    QuotaTable table = tables.get(quota.mountPoint());
    if (table == null) {
      // Should it fail, nothing is known of all its containers.
      tables.put(quota.mountPoint(), new QuotaTable(0, 0, 0, List.of()));
      table = QuotaTable.read(launcher, quota.place(), QuotaKind.PROJECT, 1, Integer.MAX_VALUE);
      tables.put(quota.mountPoint(), table);
    }
    return table;
  }
}
