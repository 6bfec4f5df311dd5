package org.vzj.linux.capability;

/**
 * The capabilities of a container: what its bounding set keeps, so what its root can ever have. In
 * a container with its own user namespace, the default, each of them counts only for what that
 * namespace owns; the list matters for what the kernel gives to namespace owners, and is all there
 * is between a privileged container (LOCAL_UID=0) and the host.
 */
public final class ContainerCapabilities {
  /**
   * What a container keeps if its configuration says nothing: OpenVZ's default, with SYS_ADMIN and
   * NET_ADMIN in place of what its kernel's VE_ADMIN allowed (mounts and host name, addresses and
   * firewall of its own), and less SYS_RESOURCE. Not in it, and why:
   *
   * <ul>
   *   <li>SYS_RESOURCE, the one deviation from OpenVZ: with it a container's root rewrites its user
   *       namespace's limits under /proc/sys/user and raises hard rlimits, which are our
   *       enforcement of several beancounters; in a privileged container it also goes past disk
   *       quotas. systemd does without it.
   *   <li>SYS_MODULE: modules are the host's kernel. A systemd that sees it tries to load some.
   *   <li>SYS_RAWIO: ports, /dev/mem, kernel memory of the host. It is also what systemd's
   *       sys-kernel-config.mount and sys-kernel-debug.mount wait for, which then fail.
   *   <li>SYS_TIME: there is one clock, the host's. With it systemd starts units that set it.
   *   <li>MAC_OVERRIDE, MAC_ADMIN: the security policy of the host.
   *   <li>SYS_PACCT: acct(2) accounts in the PID namespace, but writes with the kernel's rights.
   *   <li>SYSLOG: the kernel log is the host's; addresses in it help to attack it.
   *   <li>WAKE_ALARM, BLOCK_SUSPEND: the power state is the host's.
   *   <li>AUDIT_READ: the audit log is the host's.
   *   <li>PERFMON, BPF: they watch and extend the whole kernel.
   *   <li>CHECKPOINT_RESTORE: checkpoints are made from the host.
   * </ul>
   */
  public static final CapabilitySet DEFAULT =
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
          Capability.LINUX_IMMUTABLE,
          Capability.NET_BIND_SERVICE,
          Capability.NET_BROADCAST,
          Capability.NET_ADMIN,
          Capability.NET_RAW,
          Capability.IPC_LOCK,
          Capability.IPC_OWNER,
          Capability.SYS_CHROOT,
          Capability.SYS_PTRACE,
          Capability.SYS_ADMIN,
          Capability.SYS_BOOT,
          Capability.SYS_NICE,
          Capability.SYS_TTY_CONFIG,
          Capability.MKNOD,
          Capability.LEASE,
          Capability.AUDIT_WRITE,
          Capability.VE_ADMIN,
          Capability.SETFCAP);

  private ContainerCapabilities() {}

  /**
   * Computes what a container keeps, as OpenVZ does: {@code (default | on) & ~off}.
   *
   * @param on capabilities that the configuration turns on
   * @param off capabilities that it turns off; they win
   * @param bridge whether FEATURES has {@code bridge:on}, which turns NET_ADMIN on
   * @return the bounding set wanted. A new user namespace begins with all capabilities, whatever
   *     its maker lacks; for a container without one see {@link #available}.
   */
  public static CapabilitySet of(CapabilitySet on, CapabilitySet off, boolean bridge) {
    CapabilitySet wanted = DEFAULT.union(on);
    if (bridge) {
      wanted = wanted.with(Capability.NET_ADMIN);
    }
    return wanted.minus(off);
  }

  /**
   * What of a set a container without a user namespace of its own can really have: a bounding set
   * can only shrink, and a host that is itself confined lacks some.
   *
   * @param wanted what the container should keep
   * @param bounding the bounding set of the process that starts it
   * @return what is in both
   */
  public static CapabilitySet available(CapabilitySet wanted, CapabilitySet bounding) {
    return wanted.intersection(bounding);
  }
}
