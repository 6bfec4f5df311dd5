package org.vzj.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kernel's version and what comes with it. */
final class KernelProbes {
  private static final String RELEASE = "/proc/sys/kernel/osrelease";

  private KernelProbes() {}

  static List<Probe> all() {
    List<Probe> probes = new ArrayList<>();
    probes.add(
        new Probe(
            Area.KERNEL,
            "kernel version",
            Need.ESSENTIAL,
            "everything: the tools are written for Linux 5.15 and later",
            RELEASE,
            host -> version(host.release())));
    add(probes, "clone3", 5, 3, Need.ESSENTIAL, "starting containers");
    add(probes, "pidfd", 5, 8, Need.ESSENTIAL, "entering containers without mistaking a process");
    add(probes, "openat2", 5, 6, Need.ESSENTIAL, "files beneath a container's root");
    add(probes, "close_range", 5, 11, Need.ESSENTIAL, "no open file of the host inside");
    add(probes, "idmapped mounts", 5, 12, Need.FEATURE, "sharing one tree among containers");
    add(probes, "project ids on any file", 6, 17, Need.HINT, "disk quota counting symbolic links");
    return probes;
  }

  private static void add(
      List<Probe> probes, String name, int major, int minor, Need need, String purpose) {
    probes.add(
        new Probe(
            Area.KERNEL, name, need, purpose, RELEASE, host -> since(host.kernel(), major, minor)));
  }

  static Finding version(String release) {
    DottedVersion version = DottedVersion.parse(release);
    if (version == null) {
      return Finding.limited("unknown: \"" + release + "\"", "mount /proc");
    }
    return version.atLeast(5, 15)
        ? Finding.ok(release)
        : Finding.missing(release + " is older than 5.15", "install a kernel from 5.15 on");
  }

  static Finding since(@Nullable DottedVersion kernel, int major, int minor) {
    String wanted = major + "." + minor;
    if (kernel == null) {
      return Finding.limited("the kernel's version is unknown", "");
    }
    return kernel.atLeast(major, minor)
        ? Finding.ok("since " + wanted)
        : Finding.missing("since " + wanted, "install a kernel from " + wanted + " on");
  }

  /**
   * Looks for a part of the kernel that may be a module.
   *
   * @param option its CONFIG_ name
   * @param module the module's name
   */
  static Finding part(HostView host, String option, String module) throws IOException {
    return part(host.options().of(option), host.hasModule(module), option, module);
  }

  static Finding part(KernelOptions.State state, boolean listed, String option, String module) {
    return switch (state) {
      case BUILT_IN -> Finding.ok("part of the kernel");
      case MODULE ->
          listed
              ? Finding.ok("module " + module)
              : Finding.limited(
                  "module " + module + " is not installed",
                  "install the modules of the running kernel");
      case OFF -> Finding.missing("left out of this kernel", "a kernel with " + option + "=m");
      case UNKNOWN ->
          listed
              ? Finding.ok("module " + module)
              : Finding.limited(
                  "cannot be told: neither /proc/config.gz nor /boot/config-* is there",
                  "modprobe " + module);
    };
  }
}
