package org.vzj.rootfs;

import java.util.List;
import org.vzj.beancounters.cgroup.InsideMount;
import org.vzj.linux.launch.LaunchPlan;

/**
 * The file systems that a container finds when its init starts, and what of /proc and /sys it may
 * not see.
 */
public final class ContainerMounts {
  /** What only the host's administrator has business with, as runc and LXC cover it. */
  private static final List<String> MASKED =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/sys/devices/virtual/powercap",
          "/sys/firmware",
          "/sys/fs/bpf",
          "/sys/fs/pstore",
          "/sys/fs/selinux",
          "/sys/hypervisor",
          "/sys/kernel/debug",
          "/sys/kernel/security",
          "/sys/kernel/tracing");

  /** What may be read but would change the host if written. */
  private static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sysrq-trigger");

  private static final String SAFE = "nosuid,nodev,noexec";

  private ContainerMounts() {}

  /**
   * Adds the steps that mount everything, in order, before the root is changed.
   *
   * <p>The kernel lets a user namespace mount proc and sysfs only while an unmasked instance of
   * each is still visible (mount_too_revealing() in fs/namespace.c), so this comes before the
   * pivot, and the masks come last.
   *
   * @param plan where to add
   * @param root the container's root on the host, where the launcher changes root to afterwards
   * @param cgroups what to mount below /sys/fs/cgroup, outermost first
   * @param limits what /dev/pts and /dev/shm may hold
   */
  public static void add(
      LaunchPlan.Builder plan, String root, List<InsideMount> cgroups, MountLimits limits) {
    for (String directory : List.of("/proc", "/sys", "/dev", "/run")) {
      plan.mkdir(root + directory, 0755);
    }
    plan.mount("proc", root + "/proc", "proc", SAFE, "-");
    plan.mount("sysfs", root + "/sys", "sysfs", "ro," + SAFE, "-");
    plan.mount(root + "/dev", root + "/dev", "-", "bind", "-");
    plan.mkdir(root + "/dev/pts", 0755);
    plan.mkdir(root + "/dev/shm", 01777);
    plan.mount("devpts", root + "/dev/pts", "devpts", "nosuid,noexec", limits.devptsOptions());
    plan.mount("tmpfs", root + "/dev/shm", "tmpfs", "nosuid,nodev", limits.sharedMemoryOptions());
    plan.mount("tmpfs", root + "/run", "tmpfs", "nosuid,nodev", "mode=755");
    for (InsideMount mount : cgroups) {
      addCgroup(plan, root, mount);
    }
    for (String path : MASKED) {
      plan.mask(root + path);
    }
    for (String path : READ_ONLY) {
      plan.readonly(root + path);
    }
  }

  private static void addCgroup(LaunchPlan.Builder plan, String root, InsideMount mount) {
    String path = root + mount.target();
    // Not a switch over the types: the JVM makes one of those anew at each start.
    if (mount instanceof InsideMount.FileSystem fs) {
      plan.mount(
          fs.source(),
          path,
          fs.type(),
          fs.flags().isEmpty() ? "-" : fs.flags(),
          fs.data().isEmpty() ? "-" : fs.data());
    } else if (mount instanceof InsideMount.Directory) {
      plan.mkdir(path, 0755);
    } else if (mount instanceof InsideMount.Link link) {
      plan.symlink(link.content(), path);
    }
  }
}
