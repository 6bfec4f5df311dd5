package org.vzj.linux.seccomp;

import static org.vzj.linux.seccomp.SyscallRule.Errno.EAFNOSUPPORT;
import static org.vzj.linux.seccomp.SyscallRule.Errno.ENOPROTOOPT;
import static org.vzj.linux.seccomp.SyscallRule.Errno.ENOSYS;
import static org.vzj.linux.seccomp.SyscallRule.Errno.EPERM;
import static org.vzj.linux.seccomp.SyscallRule.Errno.EPROTONOSUPPORT;
import static org.vzj.linux.seccomp.SyscallRule.NONE;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.capability.Capability;
import org.vzj.linux.capability.CapabilitySet;
import org.vzj.linux.seccomp.SyscallRule.Argument;
import org.vzj.linux.seccomp.SyscallRule.Errno;

/**
 * The system calls that a container may not make. Calls that are missing here on purpose, and why,
 * are listed in kernel-notes/seccomp.md.
 *
 * <p>Most of these the kernel itself refuses to a user namespace's root, by a check somewhere in
 * the call. The filter is the second barrier: it stops before that code, and what is wrong in it,
 * is reached.
 */
public final class ContainerSyscalls {
  private static final int TIOCSTI = 0x5412;
  private static final int TIOCLINUX = 0x541c;
  private static final int AF_ALG = 38;
  private static final int AF_VSOCK = 40;
  private static final int NETLINK_NETFILTER = 12;
  private static final int IPT_SO_SET_REPLACE = 64;

  /** Every rule. Columns: name; its number on x86-64, i386, arm64; the error it gives. */
  public static final List<SyscallRule> TABLE = table();

  /**
   * The rules beside those for a container that may not filter packets: it finds the kernel of one
   * who has no netfilter. Of socket's arguments the last is enough, as the protocol 12 of other
   * families is PUP; of setsockopt's the second, as 64 at other levels is what only 32-bit programs
   * with 64-bit time use.
   */
  public static final List<SyscallRule> NETFILTER = netfilter();

  /**
   * The rules beside those for a container that has quota of users and groups: its monitor listens.
   */
  public static final List<SyscallRule> QUOTA = quota();

  private ContainerSyscalls() {}

  /**
   * The filter of a container.
   *
   * @param machine the host
   * @param userNamespace whether the container has its own user namespace
   * @param kept the capabilities that it keeps
   * @param netfilter whether it may filter packets
   * @param quota whether its monitor makes its calls of quotactl(2)
   * @return the program
   */
  public static SeccompProgram filter(
      Machine machine,
      boolean userNamespace,
      CapabilitySet kept,
      boolean netfilter,
      boolean quota) {
    List<SyscallRule> rules = new ArrayList<>(rules(userNamespace, kept));
    if (!netfilter) {
      rules.addAll(NETFILTER);
    }
    if (quota) {
      rules.addAll(QUOTA);
    }
    return SeccompCompiler.compile(machine, rules);
  }

  /**
   * The rules for a container. In a privileged one, a capability that its configuration turned on
   * lifts the rules that would make it useless; in a user namespace it would change nothing, as the
   * kernel asks for the capability outside of it.
   *
   * @param userNamespace whether the container has its own user namespace
   * @param kept the capabilities that it keeps
   * @return the rules, in the table's order
   */
  public static List<SyscallRule> rules(boolean userNamespace, CapabilitySet kept) {
    List<SyscallRule> rules = new ArrayList<>(TABLE.size());
    for (SyscallRule rule : TABLE) {
      Capability unless = rule.unless();
      if (userNamespace || unless == null || !kept.contains(unless)) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private static List<SyscallRule> table() {
    List<SyscallRule> t = new ArrayList<>();

    String kexec = "starts another kernel in place of the host's";
    add(t, "kexec_load", 246, 283, 104, EPERM, kexec);
    add(t, "kexec_file_load", 320, NONE, 294, EPERM, kexec);

    String modules = "loads or removes code of the host's kernel";
    Capability module = Capability.SYS_MODULE;
    add(t, "init_module", 175, 128, 105, EPERM, module, modules);
    add(t, "finit_module", 313, 350, 273, EPERM, module, modules);
    add(t, "delete_module", 176, 129, 106, EPERM, module, modules);
    String oldModules = "call of Linux 2.4's module tools: tells of the host's kernel";
    add(t, "create_module", 174, 127, NONE, ENOSYS, oldModules);
    add(t, "query_module", 178, 167, NONE, ENOSYS, oldModules);
    add(t, "get_kernel_syms", 177, 130, NONE, ENOSYS, oldModules);

    String clock = "there is one clock, the host's";
    Capability time = Capability.SYS_TIME;
    add(t, "clock_settime", 227, 264, 112, EPERM, time, clock);
    add(t, "clock_settime64", NONE, 404, NONE, EPERM, time, clock);
    add(t, "settimeofday", 164, 79, 170, EPERM, time, clock);
    add(t, "stime", NONE, 25, NONE, EPERM, time, clock);
    String tune =
        "speeds or slows the host's clock; reading it goes with it, as what is asked for"
            + " stands in memory, where a filter cannot look";
    add(t, "adjtimex", 159, 124, 171, EPERM, time, tune);
    add(t, "clock_adjtime", 305, 343, 266, EPERM, time, tune);
    add(t, "clock_adjtime64", NONE, 405, NONE, EPERM, time, tune);

    String ports = "opens the machine's input and output ports";
    Capability rawIo = Capability.SYS_RAWIO;
    add(t, "iopl", 172, 110, NONE, EPERM, rawIo, ports);
    add(t, "ioperm", 173, 101, NONE, EPERM, rawIo, ports);

    // ENOSYS, not EPERM: systemd then takes the kernel for one without BPF and attaches nothing.
    // A program that it holds open cannot be checkpointed.
    add(t, "bpf", 321, 357, 280, ENOSYS, "programs in the host's kernel; no checkpoint with them");
    add(t, "perf_event_open", 298, 336, 241, EPERM, "watches the whole machine, much attacked");
    add(
        t,
        "userfaultfd",
        323,
        374,
        282,
        EPERM,
        "holds the kernel in the middle of a call, which" + " makes races in it easy to win");
    String ring =
        "a second way to most calls that no filter sees; no checkpoint with it; programs"
            + " fall back";
    add(t, "io_uring_setup", 425, 425, 425, ENOSYS, ring);
    add(t, "io_uring_enter", 426, 426, 426, ENOSYS, ring);
    add(t, "io_uring_register", 427, 427, 427, ENOSYS, ring);
    add(t, "memfd_secret", 447, 447, 447, ENOSYS, "memory that no checkpoint can read");

    String keys =
        "a process inherits the session keyring of the administrator that started it, and no"
            + " checkpoint saves keyrings; systemd and PAM do without";
    add(t, "add_key", 248, 286, 217, ENOSYS, keys);
    add(t, "request_key", 249, 287, 218, ENOSYS, keys);
    add(t, "keyctl", 250, 288, 219, ENOSYS, keys);

    String swap = "swap space is the host's";
    add(t, "swapon", 167, 87, 224, EPERM, swap);
    add(t, "swapoff", 168, 115, 225, EPERM, swap);
    add(
        t,
        "acct",
        163,
        51,
        89,
        EPERM,
        Capability.SYS_PACCT,
        "the kernel writes a file for it, of" + " any size, with its own rights");
    add(
        t,
        "open_by_handle_at",
        304,
        342,
        265,
        EPERM,
        "opens any file of a file system by its"
            + " inode, also those outside the container's root");
    add(t, "syslog", 103, 103, 116, EPERM, Capability.SYSLOG, "the kernel's log is the host's");
    add(t, "lookup_dcookie", 212, 253, 18, EPERM, "names files of the whole host");
    add(t, "nfsservctl", 180, 169, 42, ENOSYS, "controls the host's NFS server in old kernels");
    String vm86 = "16-bit mode: much attacked, used by nothing in a container";
    add(t, "vm86", NONE, 166, NONE, ENOSYS, vm86);
    add(t, "vm86old", NONE, 113, NONE, ENOSYS, vm86);
    add(t, "uselib", 134, 86, NONE, ENOSYS, "libraries of libc 4: dead and attacked");

    // A process that an administrator starts in a container may have his terminal.
    String typing = "types into the terminal, which may be an administrator's";
    Argument sti = new Argument(1, TIOCSTI);
    t.add(new SyscallRule("ioctl", 16, 54, 29, EPERM, sti, null, typing));
    Argument paste = new Argument(1, TIOCLINUX);
    t.add(new SyscallRule("ioctl", 16, 54, 29, EPERM, paste, null, typing));

    // 32-bit programs can also ask for these by socketcall(2), whose arguments lie in memory.
    Argument vsock = new Argument(0, AF_VSOCK);
    String machine = "leads to the hypervisor: no network namespace confines it";
    t.add(new SyscallRule("socket", 41, 359, 198, EAFNOSUPPORT, vsock, null, machine));
    Argument alg = new Argument(0, AF_ALG);
    String crypto = "loads cipher modules into the host's kernel on demand; libraries do without";
    t.add(new SyscallRule("socket", 41, 359, 198, EAFNOSUPPORT, alg, null, crypto));
    return List.copyOf(t);
  }

  private static List<SyscallRule> netfilter() {
    String nft = "nftables, and iptables by it";
    Argument netlink = new Argument(2, NETLINK_NETFILTER);
    String iptables = "a table of the older iptables";
    Argument replace = new Argument(2, IPT_SO_SET_REPLACE);
    return List.of(
        new SyscallRule("socket", 41, 359, 198, EPROTONOSUPPORT, netlink, null, nft),
        new SyscallRule("setsockopt", 54, 366, 208, ENOPROTOOPT, replace, null, iptables));
  }

  private static List<SyscallRule> quota() {
    String quota = "made by the monitor, for ids of the container's own";
    return List.of(
        new SyscallRule("quotactl", 179, 131, 60, null, null, null, quota),
        new SyscallRule("quotactl_fd", 443, 443, 443, null, null, null, quota));
  }

  private static void add(
      List<SyscallRule> t, String name, int x86, int i386, int arm, Errno error, String reason) {
    add(t, name, x86, i386, arm, error, null, reason);
  }

  private static void add(
      List<SyscallRule> t,
      String name,
      int x86,
      int i386,
      int arm,
      Errno error,
      @Nullable Capability unless,
      String reason) {
    t.add(new SyscallRule(name, x86, i386, arm, error, null, unless, reason));
  }
}
