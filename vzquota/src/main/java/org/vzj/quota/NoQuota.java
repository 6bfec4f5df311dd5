package org.vzj.quota;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.Launcher;

/**
 * Nothing limits the tree.
 *
 * @param missing why, in the words of a sentence that begins with something like "disk use is not
 *     limited:"
 */
public record NoQuota(String missing) implements DiskQuota {
  @Override
  public void begin(LaunchPlan.Builder plan, Path tree, long id, QuotaLimits limits) {}

  @Override
  public void filled(LaunchPlan.Builder plan, Path tree, QuotaLimits limits) {}

  @Override
  public void resume(LaunchPlan.Builder plan, Path tree, QuotaUse last) {}

  @Override
  public void claimTree(LaunchPlan.Builder plan, Path tree, long id, boolean all) {}

  @Override
  public void limit(
      LaunchPlan.Builder plan, Path tree, long id, QuotaLimits limits, boolean raised) {}

  @Override
  public void limitAfterGate(LaunchPlan.Builder plan, Path tree, long id, QuotaLimits limits) {}

  @Override
  public void release(LaunchPlan.Builder plan, Path tree, long id) {}

  @Override
  public QuotaUse use(Launcher launcher, Path tree, long id) throws IOException {
    throw new IOException(missing);
  }
}
