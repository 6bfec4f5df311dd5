package org.vzj.rootfs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.proc.MountInfo;

/**
 * lxcfs, a file system by which files of /proc and /sys tell of the container's own limits: it
 * looks up the control group of whoever reads. A container has them bound over the kernel's.
 */
public final class InsideView {
  private static final String TYPE = "fuse.lxcfs";

  /** What lxcfs can have, below its mount point as below the root. */
  private static final List<String> FILES =
      List.of(
          "/proc/cpuinfo",
          "/proc/diskstats",
          "/proc/loadavg",
          "/proc/meminfo",
          "/proc/stat",
          "/proc/swaps",
          "/proc/uptime");

  /** Those that tell of memory. */
  private static final List<String> MEMORY = List.of("/proc/meminfo", "/proc/swaps");

  /** All of it where lxcfs has all of it, from 5.0; else only what it has. */
  private static final String CPUS = "/sys/devices/system/cpu";

  private static final String CPUS_ONLINE = CPUS + "/online";

  private InsideView() {}

  /**
   * Finds a lxcfs that works. Of one that has died the mount is still there, and everything in it
   * gives ENOTCONN.
   *
   * @param mounts those of the host
   * @param own where that of the boot service is mounted, which is taken before all others
   * @return where it is mounted, or null
   */
  public static @Nullable Path find(List<MountInfo> mounts, Path own) {
    Path found = null;
    for (MountInfo mount : mounts) {
      if (mount.fsType().equals(TYPE)) {
        Path point = Path.of(mount.mountPoint());
        if (!own.equals(found) && Files.exists(point.resolve("proc/uptime"))) {
          found = point;
        }
      }
    }
    return found;
  }

  /**
   * Adds the steps that bind its files over those of a container that is being made, after /proc
   * and /sys are mounted. Read-only: lxcfs is root on the host and passes on what it is written.
   *
   * @param root the container's root on the host
   * @param lxcfs its mount point
   * @param memory whether memory is to be the container's, too
   */
  public static void add(LaunchPlan.Builder plan, String root, Path lxcfs, boolean memory) {
    for (String file : present(lxcfs, memory)) {
      plan.mount(lxcfs + file, root + file, "-", "bind,ro", "-");
    }
  }

  /**
   * Adds the steps that bind them anew in a container that runs, for mounts of a lxcfs that has
   * died stay dead.
   *
   * @param pid its init
   * @param startTime init's start time
   * @param lxcfs the mount point of the one that works, or null: the kernel's files are seen again
   * @param memory whether memory is to be the container's, too
   */
  public static void addAgain(
      LaunchPlan.Builder plan, long pid, long startTime, @Nullable Path lxcfs, boolean memory) {
    List<String> all = new ArrayList<>(FILES);
    all.add(CPUS);
    all.add(CPUS_ONLINE);
    replace(plan, pid, startTime, lxcfs, all, memory);
  }

  /**
   * Adds the steps by which a container that runs sees its own memory, or that of the host again.
   *
   * @param pid its init
   * @param startTime init's start time
   * @param lxcfs the mount point of the one that works
   * @param memory whether memory is to be the container's
   */
  public static void addMemoryAgain(
      LaunchPlan.Builder plan, long pid, long startTime, Path lxcfs, boolean memory) {
    replace(plan, pid, startTime, lxcfs, MEMORY, memory);
  }

  private static void replace(
      LaunchPlan.Builder plan,
      long pid,
      long startTime,
      @Nullable Path lxcfs,
      List<String> places,
      boolean memory) {
    List<String> files = lxcfs == null ? List.of() : present(lxcfs, memory);
    for (String file : places) {
      plan.graft(pid, startTime, files.contains(file) ? lxcfs + file : "-", file);
    }
  }

  /** Older ones have fewer. */
  private static List<String> present(Path lxcfs, boolean memory) {
    List<String> present = new ArrayList<>();
    for (String file : FILES) {
      if (!memory && MEMORY.contains(file)) {
        continue;
      }
      // A kernel without swap has no /proc/swaps to bind it on.
      if (Files.exists(Path.of(lxcfs + file)) && Files.exists(Path.of(file))) {
        present.add(file);
      }
    }
    if (Files.exists(Path.of(lxcfs + CPUS + "/uevent"))) {
      present.add(CPUS);
    } else if (Files.exists(Path.of(lxcfs + CPUS_ONLINE))) {
      present.add(CPUS_ONLINE);
    }
    return present;
  }
}
