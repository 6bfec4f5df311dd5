package org.vzj.cli.quota;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.config.ConfigReader;
import org.vzj.config.ContainerConfig;
import org.vzj.config.GlobalConfig;
import org.vzj.config.Settings;
import org.vzj.container.VzPaths;
import org.vzj.linux.launch.Launcher;
import org.vzj.quota.QuotaException;
import org.vzj.quota.QuotaKind;
import org.vzj.quota.QuotaStatus;
import org.vzj.quota.QuotaTable;
import org.vzj.quota.QuotaUse;

/**
 * The users and groups inside a container, whom the host's file system knows by the container's own
 * range of ids.
 *
 * @param tree the container's files
 * @param uid the first of its user ids on the host
 * @param gid the first of its group ids
 */
record InsideUsers(Launcher launcher, Path tree, long uid, long gid) {
  /** How many ids a container has. */
  static final long IDS = 65_536;

  /** Finds the ranges in the container's configuration. */
  static InsideUsers of(VzPaths paths, Launcher launcher, long id, Path tree)
      throws QuotaException {
    Path file = paths.conf().resolve(id + ".conf");
    if (!Files.exists(file)) {
      throw new QuotaException(
          QuotaStatus.CONFIG, "There is no " + file + ": the ids of users inside are not known");
    }
    try {
      ContainerConfig config =
          ConfigReader.readContainer((int) id, file, new GlobalConfig(Settings.NONE)).config();
      if (config.localUid() <= 0 || config.localGid() <= 0) {
        throw new QuotaException(
            QuotaStatus.CONFIG, "The container has no user ids of its own: " + file);
      }
      return new InsideUsers(launcher, tree, config.localUid(), config.localGid());
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.CONFIG, String.valueOf(e.getMessage()));
    }
  }

  /** The first id on the host. */
  long base(QuotaKind kind) {
    return kind == QuotaKind.USER ? uid : gid;
  }

  /**
   * Reads the users or groups, with their ids as inside.
   *
   * @throws QuotaException UGID_INACTIVE if the file system does not count them
   */
  QuotaTable read(QuotaKind kind) throws QuotaException {
    long base = base(kind);
    try {
      QuotaTable table = QuotaTable.read(launcher, tree, kind, base, base + IDS - 1);
      List<QuotaUse> inside = new ArrayList<>();
      for (QuotaUse use : table.uses()) {
        inside.add(
            new QuotaUse(
                use.id() - base,
                use.bytes(),
                use.inodes(),
                use.space(),
                use.inodeLimits(),
                use.end(),
                use.inodeEnd()));
      }
      return new QuotaTable(table.grace(), table.inodeGrace(), table.flags(), inside);
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.UGID_INACTIVE, String.valueOf(e.getMessage()));
    }
  }
}
