package org.vzj.cli.quota;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.quota.QuotaControl;
import org.vzj.quota.QuotaException;
import org.vzj.quota.QuotaFiles;
import org.vzj.quota.QuotaStatus;
import org.vzj.quota.UgidDump;

/** Limits of users and groups that vzdqload has read and the kernel has not got yet. */
final class LoadedUsers {
  private LoadedUsers() {}

  /** Gives them to the kernel, if there are any. */
  static void apply(QuotaTool tool, QuotaControl control, long id, Path tree)
      throws QuotaException {
    QuotaFiles files = new QuotaFiles(tool.paths().quota());
    try {
      UgidDump dump = files.loaded(id);
      if (dump == null) {
        return;
      }
      InsideUsers inside = InsideUsers.of(tool.paths(), tool.launcher(), id, tree);
      LaunchPlan.Builder plan = LaunchPlan.builder();
      dump.addTo(plan, tree.toString(), inside.uid(), inside.gid());
      control.execute(plan);
      files.forgetLoaded(id);
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.FILE, String.valueOf(e.getMessage()));
    }
  }
}
