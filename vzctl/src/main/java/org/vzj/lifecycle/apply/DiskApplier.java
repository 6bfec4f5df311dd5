package org.vzj.lifecycle.apply;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Target;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.proc.MountInfo;
import org.vzj.quota.DiskLimit;
import org.vzj.quota.DiskQuota;
import org.vzj.quota.NoQuota;
import org.vzj.quota.ProjectQuota;
import org.vzj.quota.QuotaFiles;
import org.vzj.quota.QuotaLimits;
import org.vzj.quota.QuotaRecord;
import org.vzj.quota.UgidDump;

/**
 * DISK_QUOTA, DISKSPACE, DISKINODES and QUOTATIME, as far as the file system of the host enforces
 * them. Once on, a quota stays on while the container is stopped: the kernel counts anyway, and a
 * container whose grace time runs does not gain time by a restart.
 */
public final class DiskApplier {
  /** What vzquota would exit with, which the messages name. */
  static final int SYSCALL_FAILED = 3;

  private static final int MOUNT_INSIDE = 8;

  private final Target target;
  final Path tree;
  final DiskQuota quota;
  private final QuotaLimits limits;
  final @Nullable QuotaRecord known;

  private DiskApplier(
      Target target, Path tree, DiskQuota quota, QuotaLimits limits, @Nullable QuotaRecord known) {
    this.target = target;
    this.tree = tree;
    this.quota = quota;
    this.limits = limits;
    this.known = known;
  }

  /**
   * Looks what can and shall limit a container, before anything is done.
   *
   * @throws VzException DISKSPACE_NOT_SET or DISKINODES_NOT_SET
   */
  public static DiskApplier of(Target target) throws VzException {
    return of(target, detect(target));
  }

  /** As {@link #of(Target)}, knowing what can limit it. */
  public static DiskApplier of(Target target, DiskQuota quota) throws VzException {
    DiskApplier found = find(target, quota);
    if (found.isAbsent()) {
      return found;
    }
    ContainerConfig config = target.config();
    return new DiskApplier(
        target,
        found.tree,
        quota,
        new QuotaLimits(
            required(config.diskSpace(), ExitCode.DISKSPACE_NOT_SET, "diskspace"),
            required(config.diskInodes(), ExitCode.DISKINODES_NOT_SET, "diskinodes"),
            grace(config),
            grace(config)),
        found.known);
  }

  private static DiskLimit required(@Nullable DiskLimit limit, ExitCode code, String name)
      throws VzException {
    if (limit == null) {
      throw new VzException(code, "Error: Not enough parameters, " + name + " quota not set");
    }
    return limit;
  }

  static long grace(ContainerConfig config) {
    return config.number(Parameter.QUOTATIME, (int) QuotaLimits.DEFAULT_GRACE);
  }

  static DiskQuota detect(Target target) throws VzException {
    Path tree = target.layout().counted(target.volume());
    if (tree == null || "no".equals(target.config().get(Parameter.DISK_QUOTA))) {
      return new NoQuota("");
    }
    try {
      return DiskQuota.of(MountInfo.read(Path.of("/proc/self/mountinfo")), tree);
    } catch (IOException e) {
      return new NoQuota(String.valueOf(e.getMessage()));
    }
  }

  /** What limits a container, whatever its configuration says of limits. */
  static DiskApplier find(Target target, DiskQuota quota) throws VzException {
    Path area = target.privateArea();
    Path tree = target.layout().counted(target.volume());
    QuotaRecord known = null;
    if (!(quota instanceof NoQuota)) {
      try {
        known = files(target).read(target.id().value());
      } catch (IOException e) {
        target.messages().warn("Warning: " + e.getMessage() + ": it is made anew");
      }
    }
    return new DiskApplier(
        target,
        tree == null ? area : tree,
        quota,
        known == null ? QuotaLimits.NONE : known.limits(),
        known);
  }

  static QuotaFiles files(Target target) {
    return new QuotaFiles(target.host().paths().quota());
  }

  boolean isAbsent() {
    return quota instanceof NoQuota;
  }

  /** Warns if the configuration wants limits and the host has none to offer. */
  public void warn() {
    ContainerConfig config = target.config();
    if (!quota.missing().isEmpty() && (config.diskSpace() != null || config.diskInodes() != null)) {
      target
          .messages()
          .warn("Warning: disk use is not limited: " + quota.missing() + ", see vzctl check");
    }
  }

  /**
   * Makes an empty directory the container's: what is unpacked there is counted and limited.
   *
   * @param empty the tree under a temporary name
   * @throws VzException DQ_INIT
   */
  public void begin(Path empty) throws VzException {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    quota.begin(plan, empty, target.id().value(), limits);
    execute(plan, ExitCode.DQ_INIT, "init");
  }

  /**
   * Limits what could not be limited before, and remembers it.
   *
   * @param full the tree, still under a temporary name
   * @throws VzException DQ_ON
   */
  public void created(Path full) throws VzException {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    quota.filled(plan, full, limits);
    execute(plan, ExitCode.DQ_ON, "on");
    if (!isAbsent()) {
      remember(fresh().turnedOn());
    }
  }

  QuotaRecord fresh() {
    return QuotaRecord.of(tree, target.id().value(), limits);
  }

  /**
   * Adds the steps that turn it on, if it is not, with the limits of the configuration.
   *
   * @param raised whether scripts are to run inside first, which get a little more
   */
  public void addSteps(LaunchPlan.Builder plan, boolean raised) {
    int id = target.id().value();
    quota.claimTree(plan, tree, id, known != null && known.dirty());
    quota.limit(plan, tree, id, limits, raised);
    if (known != null && !known.on()) {
      quota.resume(plan, tree, known.last());
    }
    if (quota instanceof ProjectQuota && target.config().localUid() > 0) {
      addLoaded(plan);
    }
  }

  /** What vzdqload brought from another host. */
  private void addLoaded(LaunchPlan.Builder plan) {
    try {
      UgidDump dump = files(target).loaded(target.id().value());
      if (dump != null) {
        dump.addTo(plan, tree.toString(), target.config().localUid(), target.config().localGid());
      }
    } catch (IOException e) {
      target.messages().warn("Warning: " + e.getMessage());
    }
  }

  /** Adds the step that takes away what was added for scripts. */
  public void addAfterGate(LaunchPlan.Builder plan) {
    quota.limitAfterGate(plan, tree, target.id().value(), limits);
  }

  /** Says so if a tree is to be looked through. */
  public void announce() {
    if (known == null && !isAbsent()) {
      target.messages().say("Initializing quota ...");
    }
  }

  /** Remembers that it is on. */
  public void turnedOn() {
    if (isAbsent()) {
      return;
    }
    QuotaRecord now = (known == null ? fresh() : known.with(limits).at(tree)).turnedOn();
    int users = target.config().number(Parameter.QUOTAUGIDLIMIT, 0);
    now = now.withUsers(users > 0, users);
    if (!now.equals(known)) {
      remember(now);
    }
    try {
      files(target).forgetLoaded(target.id().value());
    } catch (IOException e) {
      target.messages().warn("Warning: " + e.getMessage());
    }
  }

  void remember(QuotaRecord record) {
    try {
      files(target).save(target.id().value(), record);
    } catch (IOException e) {
      // The limits themselves stand.
      target.messages().warn("Warning: " + e.getMessage());
    }
  }

  /** Tells whether a failed step is one of ours. */
  public static boolean isAbout(LaunchReport.Failed failed) {
    String what = failed.what();
    return what.startsWith("quota") || what.startsWith("project") || what.startsWith("qgroup ");
  }

  /** The error for a failed step of a start or mount: DQ_INIT or DQ_ON. */
  public static VzException failure(LaunchReport.Failed failed) {
    boolean init = failed.what().startsWith("project");
    return failure(failed, init ? ExitCode.DQ_INIT : ExitCode.DQ_ON, init ? "init" : "on");
  }

  private static VzException failure(LaunchReport.Failed failed, ExitCode code, String verb) {
    int status = failed.errno().equals("EXDEV") ? MOUNT_INSIDE : SYSCALL_FAILED;
    return new VzException(
        code, "Disk quota: " + failed.text() + "\nvzquota " + verb + " failed [" + status + "]");
  }

  void execute(LaunchPlan.Builder plan, ExitCode code, String verb) throws VzException {
    if (plan.isEmpty()) {
      return;
    }
    try {
      if (target.host().launcher().execute(plan.build()) instanceof LaunchReport.Failed failed) {
        throw failure(failed, code, verb);
      }
    } catch (IOException e) {
      throw new VzException(code, "Unable to run the launcher: " + e.getMessage(), e);
    }
  }

  /** Ends all of it, the tree being gone; a failure is worth a warning. */
  public void drop() {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    quota.release(plan, tree, target.id().value());
    try {
      execute(plan, ExitCode.DQ_OFF, "drop");
      files(target).delete(target.id().value());
    } catch (VzException e) {
      target.messages().warn("Warning: " + e.text());
    } catch (IOException e) {
      target.messages().warn("Warning: " + e.getMessage());
    }
  }

  /** Returns it for a container that is to be removed; nobody cares for its limits. */
  public static DiskApplier ending(Target target) throws VzException {
    return find(target, detect(target));
  }
}
