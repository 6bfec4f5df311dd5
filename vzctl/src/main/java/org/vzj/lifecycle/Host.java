package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.beancounters.cgroup.CgroupHost;
import org.vzj.config.GlobalConfig;
import org.vzj.container.CtId;
import org.vzj.container.ExitCode;
import org.vzj.container.Messages;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;
import org.vzj.layout.PlanRunner;
import org.vzj.lifecycle.apply.HostShare;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.LaunchTimeoutException;
import org.vzj.linux.launch.Launcher;
import org.vzj.linux.launch.Stdio;
import org.vzj.linux.proc.MountInfo;
import org.vzj.scripts.DistScripts;

/**
 * The machine that the containers live on: its directories, its configuration, its launcher and its
 * cgroups. What a command does not need is not looked at.
 */
public final class Host implements PlanRunner {
  private final VzPaths paths;
  private final GlobalConfig global;
  private @Nullable Launcher launcher;
  private @Nullable CgroupHost cgroups;
  private boolean cgroupsReady;
  private volatile boolean unbalanced;
  private final SeccompFilters filters = new SeccompFilters();
  private @Nullable DistScripts distScripts;
  private final Lxcfs lxcfs = new Lxcfs(this);

  /**
   * @param paths where things are
   * @param global vz.conf
   */
  public Host(VzPaths paths, GlobalConfig global) {
    this.paths = paths;
    this.global = global;
  }

  /** A machine that has these cgroups, whatever is mounted here. */
  Host(VzPaths paths, GlobalConfig global, CgroupHost cgroups) {
    this(paths, global);
    this.cgroups = cgroups;
  }

  /** Returns where things are. */
  public VzPaths paths() {
    return paths;
  }

  /** Returns vz.conf. */
  public GlobalConfig global() {
    return global;
  }

  /**
   * Returns the launcher.
   *
   * @throws VzException SYSTEM if the directory for its plans cannot be made
   */
  public synchronized Launcher launcher() throws VzException {
    Launcher known = launcher;
    if (known == null) {
      Path plans = paths.plans();
      try {
        if (!Files.isDirectory(plans)) {
          Files.createDirectories(
              plans,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
      } catch (IOException e) {
        throw new VzException(ExitCode.SYSTEM, "Unable to create " + plans + ": " + e, e);
      }
      known = new Launcher(paths.launcher(), plans);
      launcher = known;
    }
    return known;
  }

  /**
   * Returns the group of a container, whether it exists or not.
   *
   * @throws VzException BAD_KERNEL if the host has no cgroup hierarchy mounted
   */
  public Cgroup cgroup(CtId id) throws VzException {
    return cgroups().group(id.toString());
  }

  /**
   * Makes what all containers share, unless that has been done: the groups above theirs and the one
   * of their monitors, which nobody removes.
   *
   * @throws VzException BAD_KERNEL as {@link #cgroup}, ENVIRONMENT if the kernel refuses
   */
  synchronized void prepareCgroups() throws VzException {
    if (cgroupsReady) {
      return;
    }
    try {
      cgroups().group("any").createAbove();
      Cgroup monitors = monitors();
      for (Path directory : monitors.directories()) {
        if (!Files.isDirectory(directory)) {
          monitors.create();
          break;
        }
      }
    } catch (IOException e) {
      throw new VzException(
          ExitCode.ENVIRONMENT, "Unable to set up the cgroup: " + e.getMessage(), e);
    }
    cgroupsReady = true;
  }

  /**
   * Returns the group of a container whose systemd knows no cgroup v2, whether it exists or not.
   * Where the host has v2 alone, systemd's v1 hierarchy is mounted for it, out of sight of the
   * host's own; it stays until the next boot.
   *
   * @throws VzException ENVIRONMENT if it cannot be mounted; BAD_KERNEL if the host has no cgroup
   *     hierarchy
   */
  Cgroup cgroupOfOldGuest(CtId id) throws VzException {
    if (cgroups().lacksOldHierarchy()) {
      LaunchReport report = run(oldCgroups(paths.oldCgroups()));
      synchronized (this) {
        cgroups = null;
      }
      // Another start may just have done it.
      if (report instanceof LaunchReport.Failed failed && cgroups().lacksOldHierarchy()) {
        throw new VzException(
            ExitCode.ENVIRONMENT,
            "Unable to mount the cgroup hierarchy that the container's systemd, older than 232,"
                + " needs: "
                + failed.text());
      }
    }
    return cgroups().groupOfOldGuest(id.toString());
  }

  /**
   * Returns the group of the monitors of all containers, whether it exists or not.
   *
   * @throws VzException BAD_KERNEL if the host has no cgroup hierarchy mounted
   */
  Cgroup monitors() throws VzException {
    return cgroups().monitors();
  }

  /** Tells whether cgroup v2 is all that the host has. */
  boolean hasOnlyCgroupV2() throws VzException {
    return cgroups().layout() == CgroupHost.Layout.V2;
  }

  /** Says that what containers weigh together has changed, see {@link #balanceCpu}. */
  public void unbalanceCpu() {
    unbalanced = true;
  }

  /**
   * Weighs all containers together against the host, if anything has changed. A command does so
   * once at its end, as it has to look at all containers for that.
   *
   * @throws IOException if the kernel refuses
   * @throws VzException BAD_KERNEL if the host has no cgroup hierarchy mounted
   */
  public void balanceCpu() throws IOException, VzException {
    if (unbalanced) {
      unbalanced = false;
      cgroups().balanceCpu(HostShare.units(paths, global));
    }
  }

  /** {@code none} says that it shall have no controllers, instead of all free ones. */
  private static LaunchPlan oldCgroups(Path point) {
    return LaunchPlan.builder()
        .mkdir(point.toString(), 0755)
        .mount(
            "systemd", point.toString(), "cgroup", "nosuid,nodev,noexec", "none,name=systemd,xattr")
        .build();
  }

  private synchronized CgroupHost cgroups() throws VzException {
    CgroupHost known = cgroups;
    if (known == null) {
      try {
        known = CgroupHost.detect(lxcfs.look(MountInfo.read(Path.of("/proc/self/mountinfo"))));
      } catch (IOException e) {
        throw new VzException(ExitCode.SYSTEM, "Unable to look for cgroups: " + e, e);
      }
      if (known.layout() == CgroupHost.Layout.NONE) {
        throw new VzException(
            ExitCode.BAD_KERNEL, "No cgroup hierarchy is mounted below /sys/fs/cgroup");
      }
      cgroups = known;
    }
    return known;
  }

  /** Returns the lxcfs of the machine. */
  public Lxcfs lxcfs() {
    return lxcfs;
  }

  /** Returns the filters that this command has compiled. */
  SeccompFilters filters() {
    return filters;
  }

  /**
   * Returns the scripts of a distribution, see {@link DistScripts#find}.
   *
   * @throws VzException NO_DIST_CONFIG if there is not even a default
   */
  synchronized DistScripts distScripts(@Nullable String template, Messages messages)
      throws VzException {
    DistScripts known = distScripts;
    distScripts =
        known != null && known.isFor(template)
            ? known.toldTo(messages)
            : DistScripts.find(paths, template, messages);
    return distScripts;
  }

  /** Returns LOCKDIR. */
  public Path lockDirectory() throws VzException {
    Path directory = global.lockDir();
    if (directory == null) {
      throw new VzException(ExitCode.SYSTEM, "lockdir is not set");
    }
    return directory;
  }

  /**
   * Executes a plan.
   *
   * @return how it ended; a failed step is a result
   * @throws VzException SYSTEM if the launcher itself cannot be started
   */
  public LaunchReport run(LaunchPlan plan, Stdio stdio) throws VzException {
    try {
      return launcher().run(plan, stdio);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.SYSTEM, "Unable to run " + paths.launcher() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Executes a plan whose program is the container's own, and so may never end.
   *
   * @param seconds how long to wait, 0 for ever
   * @throws VzException EXEC_TIMEOUT if it has not ended after so many seconds
   */
  LaunchReport run(LaunchPlan plan, Stdio stdio, int seconds) throws VzException {
    try {
      return launcher().run(plan, stdio, Duration.ofSeconds(seconds));
    } catch (LaunchTimeoutException e) {
      throw new VzException(
          ExitCode.EXEC_TIMEOUT, "Timeout of " + seconds + " s executing in the container", e);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.SYSTEM, "Unable to run " + paths.launcher() + ": " + e.getMessage(), e);
    }
  }

  /** Executes a plan that concerns the host alone; its failure is this error. */
  void runPlan(LaunchPlan plan, ExitCode code, String message) throws VzException {
    if (run(plan) instanceof LaunchReport.Failed failed) {
      throw new VzException(code, message + ": " + failed.text());
    }
  }

  @Override
  public LaunchReport run(LaunchPlan plan) throws VzException {
    try {
      return launcher().execute(plan);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.SYSTEM, "Unable to run " + paths.launcher() + ": " + e.getMessage(), e);
    }
  }
}
