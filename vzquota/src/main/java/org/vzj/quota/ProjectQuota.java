package org.vzj.quota;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.Launcher;

/**
 * Project quota of ext4, xfs and f2fs; a tree's project id is the container's number.
 *
 * @param place an existing directory of the file system
 * @param mountPoint where the file system is mounted
 */
public record ProjectQuota(Path place, String mountPoint) implements DiskQuota {
  private static final String PROJECT = QuotaKind.PROJECT.word();

  @Override
  public String missing() {
    return "";
  }

  @Override
  public void begin(LaunchPlan.Builder plan, Path tree, long id, QuotaLimits limits) {
    plan.project(tree.toString(), id);
    limit(plan, tree, id, limits, false);
  }

  @Override
  public void filled(LaunchPlan.Builder plan, Path tree, QuotaLimits limits) {}

  @Override
  public void resume(LaunchPlan.Builder plan, Path tree, QuotaUse last) {
    if (last.end() != 0 || last.inodeEnd() != 0) {
      plan.quotaClock(tree.toString(), PROJECT, last.id(), last.end(), last.inodeEnd());
    }
  }

  @Override
  public void claimTree(LaunchPlan.Builder plan, Path tree, long id, boolean all) {
    plan.projectTree(tree.toString(), id, all);
  }

  @Override
  public void limit(
      LaunchPlan.Builder plan, Path tree, long id, QuotaLimits limits, boolean raised) {
    if (limits.grace() > 0 && limits.inodeGrace() > 0) {
      plan.quotaGrace(tree.toString(), PROJECT, limits.grace(), limits.inodeGrace());
    }
    QuotaLimits.Kernel kernel = limits.kernel(raised);
    plan.quota(
        tree.toString(),
        PROJECT,
        id,
        kernel.soft(),
        kernel.hard(),
        kernel.inodesSoft(),
        kernel.inodesHard());
  }

  @Override
  public void limitAfterGate(LaunchPlan.Builder plan, Path tree, long id, QuotaLimits limits) {
    QuotaLimits.Kernel kernel = limits.kernel(false);
    plan.quotaAfterGate(
        tree.toString(),
        PROJECT,
        id,
        kernel.soft(),
        kernel.hard(),
        kernel.inodesSoft(),
        kernel.inodesHard());
  }

  @Override
  public void release(LaunchPlan.Builder plan, Path tree, long id) {
    Path parent = tree.getParent();
    Path there = Files.exists(tree) || parent == null ? tree : parent;
    plan.quota(there.toString(), PROJECT, id, 0, 0, 0, 0);
  }

  @Override
  public QuotaUse use(Launcher launcher, Path tree, long id) throws IOException {
    return QuotaTable.read(launcher, tree, QuotaKind.PROJECT, id, id).of(id);
  }
}
