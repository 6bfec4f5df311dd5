package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.quota.QuotaKind;
import org.vzj.quota.QuotaTable;
import org.vzj.quota.QuotaUse;

/** Limits of a container's users and groups, which are kept by the file system of its files. */
final class UserLimits {
  private static final QuotaKind[] KINDS = {QuotaKind.USER, QuotaKind.GROUP};

  private UserLimits() {}

  /**
   * Takes them along to another file system. If that keeps none they are lost, which is told.
   *
   * @param from where the files are
   * @param to where they have been copied to
   */
  static void carry(Target target, Path from, Path to) throws VzException {
    long[] base = {target.config().localUid(), target.config().localGid()};
    if (base[0] <= 0 || base[1] <= 0) {
      return;
    }
    try {
      if (Files.getAttribute(from, "unix:dev").equals(Files.getAttribute(to, "unix:dev"))) {
        return;
      }
      LaunchPlan.Builder plan = LaunchPlan.builder();
      for (int i = 0; i < KINDS.length; i++) {
        for (QuotaUse use : limited(target, from, KINDS[i], base[i])) {
          plan.quota(
              to.toString(),
              KINDS[i].word(),
              use.id(),
              use.space().soft(),
              use.space().hard(),
              use.inodeLimits().soft(),
              use.inodeLimits().hard());
        }
      }
      if (!plan.isEmpty()
          && target.host().run(plan.build()) instanceof LaunchReport.Failed failed) {
        warn(target, failed.text());
      }
    } catch (IOException e) {
      warn(target, String.valueOf(e.getMessage()));
    }
  }

  private static void warn(Target target, String cause) {
    target.messages().warn("Warning: limits of users and groups inside are lost: " + cause);
  }

  private static List<QuotaUse> limited(Target target, Path from, QuotaKind kind, long base)
      throws VzException {
    List<QuotaUse> found = new ArrayList<>();
    try {
      QuotaTable table =
          QuotaTable.read(target.host().launcher(), from, kind, base, base + StartPlan.IDS - 1);
      for (QuotaUse use : table.uses()) {
        if (use.isLimited()) {
          found.add(use);
        }
      }
    } catch (IOException e) {
      target.messages().detail("No limits of users and groups at " + from + ": " + e.getMessage());
    }
    return found;
  }
}
