package org.vzj.lifecycle.apply;

import java.io.IOException;
import java.nio.file.Files;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.config.Settings;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Target;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.quota.DiskLimit;
import org.vzj.quota.QuotaLimits;
import org.vzj.quota.QuotaRecord;
import org.vzj.quota.QuotaUse;

/** Changes to the disk quota of a container that is there, whether it runs or not. */
public final class DiskChange {
  private DiskChange() {}

  /**
   * Changes the limits at once, of a container that runs or not.
   *
   * @param target with the configuration as it will be
   * @param options what was given: only that changes, or all with a sample
   * @param needed whether it is an error if the quota is off
   * @throws VzException DQ_SET
   */
  public static void change(Target target, Settings options, boolean needed) throws VzException {
    if (!needed && !Files.exists(DiskApplier.files(target).file(target.id().value()))) {
      return;
    }
    DiskApplier found = DiskApplier.find(target, DiskApplier.detect(target));
    QuotaRecord known = found.known;
    if (found.isAbsent()) {
      found.warn();
      return;
    }
    if (known == null || !known.on()) {
      if (needed) {
        throw new VzException(
            ExitCode.DQ_SET, "Error: Unable to apply new quota values: quota not running");
      }
      return;
    }
    QuotaLimits wanted = changed(known.limits(), target.config(), options);
    LaunchPlan.Builder plan = LaunchPlan.builder();
    found.quota.limit(plan, found.tree, target.id().value(), wanted, false);
    found.execute(plan, ExitCode.DQ_SET, "setlimit");
    found.remember(known.with(wanted));
  }

  private static QuotaLimits changed(QuotaLimits before, ContainerConfig config, Settings options) {
    boolean sample = options.has(Parameter.APPLYCONFIG);
    DiskLimit space = config.diskSpace();
    DiskLimit inodes = config.diskInodes();
    boolean grace = sample || options.has(Parameter.QUOTATIME);
    return new QuotaLimits(
        space != null && (sample || options.has(Parameter.DISKSPACE)) ? space : before.space(),
        inodes != null && (sample || options.has(Parameter.DISKINODES)) ? inodes : before.inodes(),
        grace ? DiskApplier.grace(config) : before.grace(),
        grace ? DiskApplier.grace(config) : before.inodeGrace());
  }

  /** Turns it on as {@code vzctl quotaon} does. */
  public static void turnOn(Target target, boolean again) throws VzException {
    DiskApplier disk = DiskApplier.of(target);
    if (disk.isAbsent()) {
      throw new VzException(
          again ? ExitCode.DQ_INIT : ExitCode.DQ_ON,
          "vzquota " + (again ? "init" : "on") + " failed [" + DiskApplier.SYSCALL_FAILED + "]");
    }
    LaunchPlan.Builder plan = LaunchPlan.builder();
    if (again) {
      disk.quota.claimTree(plan, disk.tree, target.id().value(), true);
      disk.execute(plan, ExitCode.DQ_INIT, "init");
      disk.remember(disk.fresh());
      return;
    }
    disk.announce();
    disk.addSteps(plan, false);
    disk.execute(plan, ExitCode.DQ_ON, "on");
    disk.turnedOn();
  }

  /** Turns it off: nothing limits the container, and grace times stand still. */
  public static void turnOff(Target target) throws VzException {
    DiskApplier disk = DiskApplier.find(target, DiskApplier.detect(target));
    QuotaRecord known = disk.known;
    if (known == null || !known.on()) {
      return;
    }
    try {
      QuotaUse use = disk.quota.use(target.host().launcher(), disk.tree, target.id().value());
      LaunchPlan.Builder plan = LaunchPlan.builder();
      disk.quota.release(plan, disk.tree, target.id().value());
      disk.execute(plan, ExitCode.DQ_OFF, "off");
      disk.remember(known.turnedOff(use));
    } catch (IOException e) {
      throw new VzException(
          ExitCode.DQ_OFF,
          e.getMessage() + "\nvzquota off failed [" + DiskApplier.SYSCALL_FAILED + "]",
          e);
    }
  }
}
