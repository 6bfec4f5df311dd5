package org.vzj.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.capability.Capability;
import org.vzj.linux.capability.CapabilitySet;
import org.vzj.linux.proc.ProcStatus;

/** What we may do ourselves, and what the kernel can forbid containers. */
final class RightsProbes {
  private static final String STATUS = "/proc/self/status";
  private static final String ACTIONS = "/proc/sys/kernel/seccomp/actions_avail";

  /** What create and start do, each by one of these. */
  private static final CapabilitySet NEEDED =
      CapabilitySet.of(
          Capability.CHOWN,
          Capability.DAC_OVERRIDE,
          Capability.DAC_READ_SEARCH,
          Capability.FOWNER,
          Capability.FSETID,
          Capability.KILL,
          Capability.SETGID,
          Capability.SETUID,
          Capability.SETPCAP,
          Capability.SYS_CHROOT,
          Capability.SYS_PTRACE,
          Capability.SYS_ADMIN,
          Capability.MKNOD,
          Capability.SETFCAP);

  private RightsProbes() {}

  static List<Probe> all() {
    return List.of(
        new Probe(
            Area.RIGHTS,
            "root",
            Need.ESSENTIAL,
            "everything but reading help and this report",
            STATUS,
            host -> root(host.text(STATUS))),
        new Probe(
            Area.RIGHTS,
            "capabilities",
            Need.ESSENTIAL,
            "making files of other owners, namespaces and mounts",
            STATUS,
            host -> capabilities(host.text(STATUS))),
        new Probe(
            Area.RIGHTS,
            "CAP_NET_ADMIN",
            Need.FEATURE,
            "the network of containers",
            STATUS,
            host -> one(host.text(STATUS), Capability.NET_ADMIN, "")),
        new Probe(
            Area.RIGHTS,
            "CAP_SYS_RESOURCE",
            Need.FEATURE,
            "raising limits; suspending containers without a user namespace",
            STATUS,
            host ->
                one(
                    host.text(STATUS),
                    Capability.SYS_RESOURCE,
                    ": no limit can be raised above the host's")),
        new Probe(
            Area.RIGHTS,
            "seccomp filters",
            Need.ESSENTIAL,
            "refusing system calls that have no place in a container",
            ACTIONS,
            host -> filters(host.text(ACTIONS))),
        new Probe(
            Area.RIGHTS,
            "seccomp notification",
            Need.FEATURE,
            "quota tools inside containers",
            ACTIONS,
            host -> notification(host.text(ACTIONS))));
  }

  static Finding root(@Nullable String status) {
    if (status == null) {
      return Finding.limited("cannot be told", "mount /proc");
    }
    long uid = ProcStatus.parse(status).uids().effective();
    return uid == 0
        ? Finding.ok("yes")
        : Finding.limited("no, user " + uid + ": some answers are guesses", "run this as root");
  }

  static Finding capabilities(@Nullable String status) {
    if (status == null) {
      return Finding.limited("cannot be told", "mount /proc");
    }
    ProcStatus parsed = ProcStatus.parse(status);
    CapabilitySet available =
        parsed.uids().effective() == 0 ? parsed.effective() : parsed.bounding();
    List<String> lacking = new ArrayList<>();
    for (Capability capability : NEEDED.minus(available).toList()) {
      lacking.add("CAP_" + capability);
    }
    return lacking.isEmpty()
        ? Finding.ok("all that are needed")
        : Finding.missing(
            "root lacks " + String.join(", ", lacking),
            "run the tools outside of the sandbox that took them away");
  }

  static Finding one(@Nullable String status, Capability capability, String consequence) {
    if (status == null) {
      return Finding.limited("cannot be told", "mount /proc");
    }
    return ProcStatus.parse(status).bounding().contains(capability)
        ? Finding.ok("there")
        : Finding.limited(
            "root lacks it" + consequence,
            "run the tools outside of the sandbox that took it away");
  }

  static Finding filters(@Nullable String actions) {
    return actions != null && Lines.words(actions).contains("errno")
        ? Finding.ok("there")
        : Finding.missing("this kernel has none", "a kernel with CONFIG_SECCOMP_FILTER=y");
  }

  static Finding notification(@Nullable String actions) {
    return actions != null && Lines.words(actions).contains("user_notif")
        ? Finding.ok("there")
        : Finding.missing("this kernel has none", "a kernel from 5.0 on");
  }
}
