package org.vzj.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.CgroupHost;
import org.vzj.beancounters.cgroup.CgroupHost.Layout;
import org.vzj.beancounters.cgroup.Hierarchy;

/** Control groups: the layout, and what needs each controller. */
final class CgroupProbes {
  private static final String MOUNTS = "/proc/self/mountinfo and cgroup.controllers";

  private CgroupProbes() {}

  static List<Probe> all() {
    List<Probe> probes = new ArrayList<>();
    add(
        probes,
        "layout",
        Need.ESSENTIAL,
        "keeping a container's processes together",
        host -> layout(host.cgroups().layout()));
    controller(probes, "pids", "pids", "CONFIG_CGROUP_PIDS", "--numproc");
    controller(probes, "memory", "memory", "CONFIG_MEMCG", "--ram, --swap and the memory limits");
    controller(probes, "cpu", "cpu", "CONFIG_CGROUP_SCHED", "--cpuunits, --cpulimit and --cpus");
    controller(probes, "cpuset", "cpuset", "CONFIG_CPUSETS", "--cpumask and --nodemask");
    controller(probes, "blkio", "io", "CONFIG_BLK_CGROUP", "--ioprio, --iolimit and --iopslimit");
    add(
        probes,
        "freezer",
        Need.FEATURE,
        "stopping all processes at once, to kill or to suspend them",
        host -> freezer(host.cgroups(), host.kernel()));
    add(
        probes,
        "devices",
        Need.ESSENTIAL,
        "keeping containers from the host's disks",
        CgroupProbes::devices);
    add(
        probes,
        "cgroup.kill",
        Need.HINT,
        "killing a container in one step",
        host -> unified(host.cgroups(), host.kernel(), 5, 14, "processes are killed one by one"));
    add(
        probes,
        "CLONE_INTO_CGROUP",
        Need.HINT,
        "starting a container's init within its limits",
        host -> unified(host.cgroups(), host.kernel(), 5, 7, "init is moved after its start"));
    add(
        probes,
        "systemd's hierarchy",
        Need.FEATURE,
        "systemd as a container's init",
        host -> systemd(host.cgroups()));
    return probes;
  }

  private static void add(
      List<Probe> probes, String name, Need need, String purpose, Probe.Look look) {
    probes.add(new Probe(Area.CGROUPS, name, need, purpose, MOUNTS, look));
  }

  private static void controller(
      List<Probe> probes, String v1, String v2, String option, String purpose) {
    add(
        probes,
        v2.equals(v1) ? v1 : v2 + " (" + v1 + ")",
        Need.FEATURE,
        purpose,
        host -> controller(host.cgroups(), v1, v2, option));
  }

  static Finding layout(Layout layout) {
    return switch (layout) {
      case NONE ->
          Finding.missing(
              "none is mounted", "mount -t cgroup2 cgroup2 /sys/fs/cgroup, or boot with systemd");
      case V1 -> Finding.ok("version 1");
      case HYBRID -> Finding.ok("hybrid: version 1 with controllers, version 2 beside it");
      case V2 -> Finding.ok("version 2");
    };
  }

  static Finding controller(CgroupHost host, String v1, String v2, String option) {
    Hierarchy on = host.with(v1) == null ? host.with(v2) : host.with(v1);
    if (on != null) {
      return Finding.ok(version(on) + ", " + on.mountPoint());
    }
    boolean memory = v1.equals("memory");
    return Finding.missing(
        "no hierarchy has it",
        host.layout() == Layout.V2
            ? "a kernel with "
                + option
                + "=y"
                + (memory ? " and without cgroup_disable=memory" : "")
            : "mkdir -p /sys/fs/cgroup/"
                + v1
                + " && mount -t cgroup -o "
                + v1
                + " "
                + v1
                + " /sys/fs/cgroup/"
                + v1);
  }

  private static String version(Hierarchy hierarchy) {
    return hierarchy.unified() ? "version 2" : "version 1";
  }

  static Finding freezer(CgroupHost host, @Nullable DottedVersion kernel) {
    if (host.with("freezer") != null) {
      return Finding.ok("version 1");
    }
    boolean has = hasUnified(host) && kernel != null && kernel.atLeast(5, 2);
    return has
        ? Finding.ok("version 2")
        : Finding.missing(
            "no hierarchy has it",
            "mkdir -p /sys/fs/cgroup/freezer && mount -t cgroup -o freezer freezer"
                + " /sys/fs/cgroup/freezer");
  }

  /** Without either, only capabilities and ownership keep containers from device nodes. */
  private static Finding devices(HostView view) throws IOException {
    CgroupHost host = view.cgroups();
    if (host.with("devices") != null) {
      return Finding.ok("version 1");
    }
    return hasUnified(host)
        ? devicePrograms(view.options().of("CONFIG_CGROUP_BPF"))
        : Finding.missing(
            "no hierarchy has it",
            "mkdir -p /sys/fs/cgroup/devices && mount -t cgroup -o devices devices"
                + " /sys/fs/cgroup/devices");
  }

  static Finding devicePrograms(KernelOptions.State state) {
    return switch (state) {
      case BUILT_IN, MODULE -> Finding.ok("version 2, by BPF programs");
      case OFF ->
          Finding.missing(
              "version 2, but no BPF programs for it", "a kernel with CONFIG_CGROUP_BPF=y");
      case UNKNOWN -> Finding.ok("version 2, by BPF programs (as practically every kernel has)");
    };
  }

  static Finding unified(
      CgroupHost host, @Nullable DottedVersion kernel, int major, int minor, String otherwise) {
    if (!hasUnified(host)) {
      return Finding.limited("needs version 2: " + otherwise, "boot with cgroup version 2 mounted");
    }
    return kernel != null && kernel.atLeast(major, minor)
        ? Finding.ok("since " + major + "." + minor)
        : Finding.limited(
            "since " + major + "." + minor + ": " + otherwise,
            "install a kernel from " + major + "." + minor + " on");
  }

  static Finding systemd(CgroupHost host) {
    if (host.with("name=systemd") != null) {
      return Finding.ok("version 1, name=systemd");
    }
    if (hasUnified(host)) {
      return host.layout() == Layout.V2
          ? Finding.ok("version 2")
          : Finding.limited(
              "only version 2: a systemd before 232 does not start",
              "mkdir -p /sys/fs/cgroup/systemd && mount -t cgroup -o none,name=systemd systemd"
                  + " /sys/fs/cgroup/systemd");
    }
    return Finding.missing(
        "none",
        "mkdir -p /sys/fs/cgroup/systemd && mount -t cgroup -o none,name=systemd systemd"
            + " /sys/fs/cgroup/systemd");
  }

  private static boolean hasUnified(CgroupHost host) {
    return host.layout() == Layout.V2 || host.layout() == Layout.HYBRID;
  }
}
