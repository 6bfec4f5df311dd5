package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.proc.MountInfo;
import org.vzj.rootfs.DeviceNodes;

/**
 * Quota of users and groups inside a container: QUOTAUGIDLIMIT. It is that of the host's file
 * system, on which the container's ids are others than any of the host's or another container's;
 * its root manages it with the usual tools, whose calls the container's monitor makes.
 *
 * @param limit how many users and groups may have limits
 * @param device what the file system is on, as the host and the container name it, below /dev
 * @param major its number, likewise {@code minor}
 */
record UgidQuota(int limit, String device, int major, int minor) {
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final String DEV = "/dev/";

  /** Why it cannot be had. */
  static final class ImpossibleException extends Exception {
    private static final long serialVersionUID = 1L;

    ImpossibleException(String reason) {
      super(reason);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** Tells whether a configuration asks for it. */
  static boolean wanted(ContainerConfig config) {
    return config.number(Parameter.QUOTAUGIDLIMIT, 0) > 0
        && !"no".equals(config.get(Parameter.DISK_QUOTA));
  }

  /** Tells whether a running container has it. */
  static boolean isOn(Target target) {
    return Files.exists(target.container().ugidSocket());
  }

  /**
   * Returns what a start shall do.
   *
   * @return null if nothing, because it is not wanted or cannot be had; that is told
   */
  static @Nullable UgidQuota atStart(Target target) throws VzException {
    if (!wanted(target.config()) || isUnmountedImage(target)) {
      return null;
    }
    try {
      return of(target, mounts());
    } catch (ImpossibleException e) {
      target.messages().warn(warning(e));
      return null;
    }
  }

  /** What an image offers is known when it is mounted, which a start does first. */
  private static boolean isUnmountedImage(Target target) throws VzException {
    return target.layout().hasOwnSize() && !HostMounts.read().contains(target.root());
  }

  /** Warns of a configuration that asks for what cannot be had. */
  static void warnIfImpossible(Target target) throws VzException {
    atStart(target);
  }

  private static String warning(ImpossibleException e) {
    return "Warning: users and groups inside will have no quota: " + e.reason();
  }

  private static List<MountInfo> mounts() throws VzException {
    try {
      return MountInfo.read(MOUNTS);
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to read " + MOUNTS + ": " + e, e);
    }
  }

  /**
   * Works out what it would be.
   *
   * @param mounts those of the host
   * @throws ImpossibleException if the container shares the host's ids, or its disk has no such
   *     quota
   */
  static UgidQuota of(Target target, List<MountInfo> mounts)
      throws VzException, ImpossibleException {
    if (target.config().localUid() <= 0 || target.config().localGid() <= 0) {
      throw new ImpossibleException("the container has the user ids of the host");
    }
    Path place = target.layout().quotaPlace(target.volume());
    if (place == null) {
      throw new ImpossibleException(
          "layout " + target.layout().name() + " has none; ploop has, and simfs on ext4 and xfs");
    }
    MountInfo mount = MountInfo.holding(mounts, real(place).toString());
    if (mount == null) {
      throw new ImpossibleException("nothing is known of the file system of " + place);
    }
    String point = mount.mountPoint();
    if (!has(mount, "usr") || !has(mount, "grp")) {
      throw new ImpossibleException(
          point
              + " ("
              + mount.fsType()
              + ") is not mounted with usrquota and grpquota; \"vzctl check\" says more");
    }
    String source = mount.source();
    // Its name must be one that a node below the container's /dev can have.
    if (!source.startsWith(DEV) || source.contains("/../") || source.length() >= MAX_NAME) {
      throw new ImpossibleException(point + " is on " + source + ", which is no device in /dev");
    }
    return new UgidQuota(
        target.config().number(Parameter.QUOTAUGIDLIMIT, 0), source, mount.major(), mount.minor());
  }

  /** The monitor's room for it. */
  private static final int MAX_NAME = 256;

  private static Path real(Path area) {
    try {
      return area.toRealPath();
    } catch (IOException e) {
      return area.toAbsolutePath().normalize();
    }
  }

  /** ext4 has a second name for it, with the name of a file. */
  private static boolean has(MountInfo mount, String kind) {
    String options = "," + mount.superOptions() + ",";
    return options.contains("," + kind + "quota,") || options.contains("," + kind + "jquota=");
  }

  /** Returns what the container's processes may do: with quota their filter asks the monitor. */
  static Confinement confinement(Target target, @Nullable UgidQuota quota) throws VzException {
    return Confinement.of(
        target.config(),
        target.host().filters(),
        quota == null ? null : target.container().ugidSocket());
  }

  /**
   * Adds what comes before the container's first process: the node of the device, which the tools
   * look at and nobody may open, and the monitor's socket.
   */
  void addSteps(LaunchPlan.Builder plan, Target target) throws VzException {
    DeviceNodes.addDisk(
        plan,
        target.root(),
        device.substring(DEV.length()),
        major,
        minor,
        target.config().localUid(),
        target.config().localGid());
    // The root of an image is mounted as long as the monitor lives; nobody unmounts it before.
    Path place = Objects.requireNonNull(target.layout().quotaPlace(target.volume()));
    plan.ugidListen(place.toString(), target.container().ugidSocket().toString());
  }

  /** Adds what the monitor must be told. */
  void addWords(List<String> monitor, Target target) {
    monitor.add("--ugid");
    monitor.add(Integer.toString(target.config().localUid()));
    monitor.add(Integer.toString(target.config().localGid()));
    monitor.add(Integer.toString(limit));
    monitor.add(device);
  }

  /**
   * Gives a running container another number of users and groups.
   *
   * @throws VzException SET_USER_QUOTA if its monitor cannot be told
   */
  static void change(Target target, int limit) throws VzException {
    target
        .host()
        .runPlan(
            LaunchPlan.builder()
                .ugidLimit(target.container().ugidSocket().toString(), limit)
                .build(),
            ExitCode.SET_USER_QUOTA,
            "Unable to set the number of users and groups with quota");
  }

  /**
   * Takes the limits of a container's users and groups away, so that whoever gets its ids next
   * begins without.
   *
   * @param beside a directory on the file system that its private area was on
   * @throws VzException DELETE_FAILED if the kernel refuses
   */
  static void forget(Target target, Path beside) throws VzException {
    int uid = target.config().localUid();
    int gid = target.config().localGid();
    if (uid <= 0 || gid <= 0) {
      return;
    }
    MountInfo mount = MountInfo.holding(mounts(), real(beside).toString());
    if (mount == null || (!has(mount, "usr") && !has(mount, "grp"))) {
      return;
    }
    target
        .host()
        .runPlan(
            LaunchPlan.builder().ugidClear(beside.toString(), uid, gid, StartPlan.IDS).build(),
            ExitCode.DELETE_FAILED,
            "Unable to take away the limits of the container's users and groups");
  }
}
