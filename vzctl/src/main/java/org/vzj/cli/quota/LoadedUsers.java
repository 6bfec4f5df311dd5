package org.vzj.cli.quota;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.linux.conf.AtomicFile;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.quota.QuotaControl;
import org.vzj.quota.QuotaException;
import org.vzj.quota.QuotaFiles;
import org.vzj.quota.QuotaStatus;
import org.vzj.quota.UgidDump;

/**
 * Limits of users and groups that vzdqload has read and the kernel has not got yet: perhaps the
 * container they belong to has no files here so far.
 */
final class LoadedUsers {
  private LoadedUsers() {}

  private static Path file(QuotaTool tool, long id) {
    return new QuotaFiles(tool.paths().quota()).file(id).resolveSibling("loaded." + id);
  }

  /** Keeps them for {@link #apply}. */
  static void keep(QuotaTool tool, long id, UgidDump dump) throws QuotaException {
    Path file = file(tool, id);
    try {
      Files.createDirectories(tool.paths().quota());
      AtomicFile.write(file, dump.text(true, true).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.FILE, String.valueOf(e.getMessage()));
    }
  }

  /** Gives them to the kernel, if there are any. */
  static void apply(QuotaTool tool, QuotaControl control, long id, Path tree)
      throws QuotaException {
    Path file = file(tool, id);
    if (!Files.exists(file)) {
      return;
    }
    try {
      UgidDump dump = UgidDump.parse(Files.readString(file), id, true, true);
      if (dump == null) {
        throw new QuotaException(QuotaStatus.FILE, file + " is no dump of limits");
      }
      InsideUsers inside = InsideUsers.of(tool.paths(), tool.launcher(), id, tree);
      LaunchPlan.Builder plan = LaunchPlan.builder();
      dump.addTo(plan, tree.toString(), inside.uid(), inside.gid());
      control.execute(plan);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.FILE, String.valueOf(e.getMessage()));
    }
  }
}
