package org.vzj.quota;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Launcher;
import org.vzj.linux.proc.MountInfo;

/**
 * One quota and what vzquota does with it. It is on if its file says so: the kernel's limits
 * survive a crash as the file does.
 */
public final class QuotaControl {
  /** Hears what is not an error. */
  public interface Listener {
    /** Something that the administrator should know. */
    void warn(String text);
  }

  private final Launcher launcher;
  private final List<MountInfo> mounts;
  private final Listener listener;
  private final Path file;
  private final long id;

  /**
   * @param mounts the mounts of the machine
   * @param file the quota's file
   * @param id the quota's number, which is the project's
   */
  public QuotaControl(
      Launcher launcher, List<MountInfo> mounts, Listener listener, Path file, long id) {
    this.launcher = launcher;
    this.mounts = mounts;
    this.listener = listener;
    this.file = file;
    this.id = id;
  }

  /**
   * Reads the quota's file.
   *
   * @return null if there is none
   * @throws QuotaException FILE
   */
  public @Nullable QuotaRecord find() throws QuotaException {
    try {
      return QuotaFiles.read(file, id);
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.FILE, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads the quota's file, which must be there.
   *
   * @throws QuotaException FILE or NO_FILE
   */
  public QuotaRecord record() throws QuotaException {
    QuotaRecord record = find();
    if (record == null) {
      throw new QuotaException(QuotaStatus.NO_FILE, "Quota file " + file + " does not exist");
    }
    return record;
  }

  /**
   * Saves the quota's file.
   *
   * @throws QuotaException FILE
   */
  public void save(QuotaRecord record) throws QuotaException {
    try {
      QuotaFiles.save(file, record);
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.FILE, String.valueOf(e.getMessage()));
    }
  }

  /** What limits a tree; an error if nothing does. */
  private DiskQuota quota(Path tree) throws QuotaException {
    DiskQuota quota;
    try {
      if (!Files.isDirectory(tree)) {
        throw new QuotaException(QuotaStatus.NO_MOUNT, tree + " is no directory");
      }
      quota = DiskQuota.of(mounts, tree);
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.NO_MOUNT, tree + ": " + e.getMessage());
    }
    if (quota instanceof NoQuota) {
      throw new QuotaException(
          QuotaStatus.SYSCALL, "Quota cannot be used for id " + id + ": " + quota.missing());
    }
    return quota;
  }

  /**
   * Executes a plan.
   *
   * @throws QuotaException SYSCALL, MOUNT_INSIDE or SYSTEM
   */
  public void execute(LaunchPlan.Builder plan) throws QuotaException {
    try {
      if (!plan.isEmpty() && launcher.execute(plan.build()) instanceof LaunchReport.Failed failed) {
        boolean mount = failed.errno().equals("EXDEV");
        throw new QuotaException(
            mount ? QuotaStatus.MOUNT_INSIDE : QuotaStatus.SYSCALL,
            mount ? "a mount point is inside the tree: " + failed.text() : failed.text());
      }
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.SYSTEM, String.valueOf(e.getMessage()));
    }
  }

  private static QuotaRecord changed(QuotaRecord record, QuotaChange change) throws QuotaException {
    QuotaRecord result = record.with(change.in(record.limits()));
    if (change.path() != null) {
      result = result.at(change.path());
    }
    return result.withUsers(
        change.users() == null ? record.users() : change.users(),
        change.userLimit() == null ? record.userLimit() : change.userLimit());
  }

  /** Makes a new quota, which is off: looks through the tree and writes the file. */
  public void init(QuotaChange change) throws QuotaException {
    QuotaRecord old = null;
    try {
      old = find();
      if (old != null) {
        listener.warn("Quota file exists, it will be overwritten");
      }
    } catch (QuotaException e) {
      listener.warn("Quota file exists, it will be overwritten");
    }
    if (old != null && old.on()) {
      throw new QuotaException(QuotaStatus.RUNNING, "Quota is running, stop it first");
    }
    Path tree = Objects.requireNonNull(change.path());
    QuotaRecord record = changed(QuotaRecord.of(tree, id, change.in(QuotaLimits.NONE)), change);
    DiskQuota quota = quota(tree);
    LaunchPlan.Builder plan = LaunchPlan.builder();
    quota.claimTree(plan, tree, id, true);
    execute(plan);
    QuotaUse use = use(quota, tree);
    tellIfOver(use, record.limits());
    save(record.with(use));
  }

  /**
   * Turns it on.
   *
   * @param force look through the tree
   * @param check look through it if the file asks for it
   */
  public void on(QuotaChange change, boolean force, boolean check) throws QuotaException {
    QuotaRecord old = record();
    if (old.on()) {
      throw new QuotaException(QuotaStatus.RUNNING, "Quota is running for id " + id + " already");
    }
    QuotaRecord record = changed(old, change);
    boolean moved = !record.path().equals(old.path());
    boolean dirty = check && old.dirty();
    if (dirty) {
      listener.warn("quota usage is invalid for id " + id + ", recalculating disk usage...");
    }
    DiskQuota quota = quota(record.path());
    LaunchPlan.Builder plan = LaunchPlan.builder();
    quota.claimTree(plan, record.path(), id, force || dirty || moved);
    quota.limit(plan, record.path(), id, record.limits(), false);
    quota.resume(plan, record.path(), old.last());
    execute(plan);
    tellIfOver(use(quota, record.path()), record.limits());
    save(record.turnedOn());
  }

  /** Turns it off; the use and the clocks are kept in the file. */
  public void off(boolean force) throws QuotaException {
    QuotaRecord record = record();
    if (!record.on()) {
      throw new QuotaException(QuotaStatus.NOT_RUNNING, "Quota is not running for id " + id);
    }
    try {
      DiskQuota quota = quota(record.path());
      QuotaUse use = use(quota, record.path());
      LaunchPlan.Builder plan = LaunchPlan.builder();
      quota.release(plan, record.path(), id);
      execute(plan);
      save(record.turnedOff(use));
    } catch (QuotaException e) {
      if (!force) {
        throw e;
      }
      save(record.turnedOff(record.last()));
    }
  }

  /** Forgets it. */
  public void drop(boolean force) throws QuotaException {
    QuotaRecord record = force ? findAnyhow() : record();
    if (record != null && record.on()) {
      if (!force) {
        throw new QuotaException(QuotaStatus.RUNNING, "Quota is running for id " + id);
      }
      off(true);
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.FILE, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable QuotaRecord findAnyhow() {
    try {
      return find();
    } catch (QuotaException e) {
      return null;
    }
  }

  /**
   * Changes limits, at once if it is on.
   *
   * @param dirty look through the tree when it is turned on next
   */
  public void setLimits(QuotaChange change, boolean dirty) throws QuotaException {
    QuotaRecord old = record();
    QuotaRecord record = changed(old, change);
    if (old.on()) {
      DiskQuota quota = quota(record.path());
      LaunchPlan.Builder plan = LaunchPlan.builder();
      quota.limit(plan, record.path(), id, record.limits(), false);
      execute(plan);
      tellIfOver(use(quota, record.path()), record.limits());
    }
    boolean newUsers = record.users() && !old.users();
    save(record.marked(old.dirty() || dirty || newUsers));
  }

  private void tellIfOver(QuotaUse use, QuotaLimits limits) {
    tellIfOver("block", use.kilobytes(), limits.space());
    tellIfOver("inode", use.inodes(), limits.inodes());
  }

  private void tellIfOver(String name, long used, DiskLimit limit) {
    if (limit.hard() != 0 && used > limit.hard()) {
      listener.warn(
          name + "_hard_limit [" + limit.hard() + "] < " + name + "_current_usage [" + used + "]");
    } else if (limit.soft() != 0 && used > limit.soft()) {
      listener.warn(
          name + "_soft_limit [" + limit.soft() + "] < " + name + "_current_usage [" + used + "]");
    }
  }

  /** What the kernel counts for a quota that is known. */
  public QuotaUse use(QuotaRecord record) throws QuotaException {
    return use(quota(record.path()), record.path());
  }

  private QuotaUse use(DiskQuota quota, Path tree) throws QuotaException {
    try {
      return quota.use(launcher, tree, id);
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.SYSCALL, String.valueOf(e.getMessage()));
    }
  }
}
