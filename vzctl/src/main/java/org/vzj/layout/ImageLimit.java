package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.quota.QuotaKind;

/**
 * Lets the file system of an image hold less than it could, while it is mounted: ext4 gets smaller
 * only unmounted. All its files belong to one project from the first on; the limit of that is what
 * statfs(2) shows as the size.
 *
 * @param image whose it is
 */
record ImageLimit(DiskImage image) {
  private static final long PROJECT = 1;
  private static final String KIND = QuotaKind.PROJECT.word();

  /** Tells whether the file system was made for it. */
  boolean isPossible() throws IOException {
    ExtSuperblock superblock = ExtSuperblock.read(image.file());
    return superblock != null && superblock.projects();
  }

  /** Makes a new file system, of which there is an empty root only, the project. */
  void begin(Path point) throws IOException, VzException {
    if (isPossible()) {
      LaunchPlan.Builder plan = LaunchPlan.builder();
      plan.project(point.toString(), PROJECT);
      Mounts.run(image.runner(), plan, ExitCode.CREATE_IMAGE, "Unable to prepare " + image.file());
    }
  }

  /**
   * Sets the limit.
   *
   * @param point where it is mounted
   * @param kb KB, 0 for none
   * @throws VzException RESIZE_IMAGE
   */
  void set(Path point, long kb) throws VzException {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    plan.projectTree(point.toString(), PROJECT, false);
    plan.quota(point.toString(), KIND, PROJECT, 0, kb, 0, 0);
    Mounts.run(image.runner(), plan, ExitCode.RESIZE_IMAGE, "Unable to limit " + image.file());
  }
}
