package org.vzj.lifecycle;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.config.ContainerConfig;
import org.vzj.container.Container;
import org.vzj.container.CtId;
import org.vzj.container.VzException;
import org.vzj.layout.GuestFiles;
import org.vzj.lifecycle.apply.DiskApplier;
import org.vzj.lifecycle.apply.LimitsApplier;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.Namespace;
import org.vzj.linux.launch.StdioMode;
import org.vzj.network.NetworkPlan;
import org.vzj.rootfs.ContainerMounts;
import org.vzj.rootfs.DeviceNodes;
import org.vzj.rootfs.InsideView;

/** The plan that brings a container's init to life: computed here, executed by the launcher. */
final class StartPlan {
  /** Number of user ids that each container has. */
  static final int IDS = 65_536;

  private static final int CONSOLE_RING = 64 * 1024;

  /** Group tty of practically every distribution. */
  private static final int TTY_GROUP = 5;

  private static final List<String> INIT = List.of("init", "-z", "      ");

  /** Bytes, gethostname(2). */
  private static final int HOST_NAME_MAX = 64;

  private StartPlan() {}

  /**
   * Computes the plan of a start.
   *
   * @param group the container's cgroup, which does not exist yet
   * @param mount whether the private area is still to be mounted on the root
   * @param gate whether init waits for work that is done inside before it runs
   * @param disk what limits its files
   * @param network what is to be done about its network
   * @param ugidQuota quota of its users and groups, null for none
   */
  static LaunchPlan of(
      Target target,
      Cgroup group,
      Confinement confinement,
      @Nullable UgidQuota ugidQuota,
      boolean mount,
      boolean gate,
      DiskApplier disk,
      NetworkPlan network)
      throws VzException {
    Container container = target.container();
    LaunchPlan.Builder plan = LaunchPlan.builder();
    plan.detach();
    if (mount) {
      plan.unmounted(target.root().toString());
    }
    Environment.addSteps(plan, target, group);
    // What follows becomes the monitor.
    for (Path path : target.host().monitors().joinPaths()) {
      plan.cgroup(path.toString());
    }
    disk.addSteps(plan, gate);
    if (mount) {
      Mount.addSteps(plan, target);
    }
    plan.console(
        container.consoleLog().toString(),
        container.consoleSocket().toString(),
        CONSOLE_RING,
        target.config().localUid(),
        target.config().localGid() + TTY_GROUP);
    plan.stdio(StdioMode.CONSOLE);
    environment(plan, target, group, confinement, network, ugidQuota);
    plan.env("HOME", "/").env("TERM", "linux").env("container", "lxc");
    if (gate) {
      plan.gate();
      disk.addAfterGate(plan);
    }
    return plan.tryExec("/sbin/init", INIT)
        .tryExec("/etc/init", INIT)
        .exec("/bin/init", INIT)
        .build();
  }

  /**
   * Adds the steps that make a container's environment and enter it as its first process; what is
   * to be executed follows.
   *
   * @param network of one that goes on by itself, with a console and a monitor; null for one that
   *     lives and dies with the launcher
   * @param ugidQuota null for none
   */
  static void environment(
      LaunchPlan.Builder plan,
      Target target,
      Cgroup group,
      Confinement confinement,
      @Nullable NetworkPlan network,
      @Nullable UgidQuota ugidQuota)
      throws VzException {
    Path root = target.root();
    long uid = target.config().localUid();
    long gid = target.config().localGid();
    DeviceNodes.add(plan, root, uid, gid);
    DeviceRules.addNodes(plan, target);
    if (ugidQuota != null) {
      ugidQuota.addSteps(plan, target);
    }
    LimitsApplier.addHostSteps(plan, target.config());
    boolean merging = MemoryMerging.wanted(target);
    if (merging) {
      // So that what enters later is as what it enters.
      plan.file(target.container().mergeFile().toString(), 0600, "yes\n");
    }
    Path into = group.cloneInto();
    plan.cloneInto(uid, gid, into == null ? "-" : into.toString(), namespaces(uid));
    for (Path path : group.joinPathsAfterClone()) {
      plan.cgroup(path.toString());
    }
    if (uid != 0) {
      plan.uidmap(0, uid, IDS);
      plan.gidmap(0, gid, IDS);
    }
    plan.pidfile(target.container().initFile().toString());
    // Commands that enter later get the same filter, whatever the configuration says by then.
    plan.filterFile(target.container().seccompFile().toString());
    if (network != null) {
      network.addTo(plan);
      plan.monitor(target.host().paths().monitor().toString(), monitorWords(target, ugidQuota));
    }
    inside(plan, target, group, network != null);
    if (merging) {
      plan.mergeMemory();
    }
    confinement.add(plan);
  }

  private static List<String> monitorWords(Target target, @Nullable UgidQuota ugidQuota) {
    List<String> words = new ArrayList<>();
    if (ugidQuota != null) {
      ugidQuota.addWords(words, target);
    }
    words.add(target.container().runDirectory().toString());
    words.add(target.host().paths().vzctl().toString());
    words.add("--quiet");
    words.add("reap");
    words.add(target.id().toString());
    return words;
  }

  private static void inside(LaunchPlan.Builder plan, Target target, Cgroup group, boolean console)
      throws VzException {
    plan.inside();
    plan.unshareCgroup();
    plan.mount("-", "/", "-", "rprivate", "-");
    String root = target.root().toString();
    // Mounts that come from a more privileged mount namespace are locked (mount_namespaces(7)), and
    // pivot_root(2) refuses those: it takes one of the container's own.
    plan.mount(root, root, "-", "rbind", "-");
    ContainerMounts.add(
        plan, root, group.insideMounts(), LimitsApplier.mounts(target.config().limits()));
    Path lxcfs = target.host().lxcfs().mountPoint();
    if (lxcfs != null) {
      InsideView.add(plan, root, lxcfs, !MemoryView.isOfHost(target.config()));
    }
    if (console) {
      plan.bindConsole(root + "/dev/console");
    }
    plan.hostname(hostname(target.config(), target.id()));
    plan.pivot(root);
    if (wantsMachineId(target.files())) {
      plan.file("/etc/machine-id", 0444, MachineId.random() + "\n");
    }
    plan.session();
  }

  /**
   * systemd wants the file. A system without /etc has no systemd, and what a container's owner put
   * in its place, a link or a pipe, is no reason not to start.
   */
  private static boolean wantsMachineId(GuestFiles files) {
    Path etc = files.find("etc");
    Path file = files.find("etc", "machine-id");
    return etc != null
        && Files.isDirectory(etc, LinkOption.NOFOLLOW_LINKS)
        && (file == null || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
  }

  /** Root of the host as root of the container needs the word of the administrator: LOCAL_UID=0. */
  private static Namespace[] namespaces(long uid) {
    return uid == 0
        ? new Namespace[] {
          Namespace.PID, Namespace.MOUNT, Namespace.NET, Namespace.IPC, Namespace.UTS
        }
        : new Namespace[] {
          Namespace.USER,
          Namespace.PID,
          Namespace.MOUNT,
          Namespace.NET,
          Namespace.IPC,
          Namespace.UTS
        };
  }

  /** The kernel refuses a longer name; it is what stands before any dot. */
  private static String hostname(ContainerConfig config, CtId id) {
    String name = config.hostname();
    if (name == null || name.isEmpty()) {
      return "CT" + id;
    }
    int dot = name.indexOf('.');
    String first = dot > 0 ? name.substring(0, dot) : name;
    while (first.getBytes(StandardCharsets.UTF_8).length > HOST_NAME_MAX) {
      first = first.substring(0, first.length() - 1);
    }
    return first;
  }
}
