package org.vzj.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.proc.IdMap;

/** The kinds of namespaces, and whether new ones may be made. */
final class NamespaceProbes {
  private static final String MAX_USER = "/proc/sys/user/max_user_namespaces";
  private static final String UNPRIVILEGED = "/proc/sys/kernel/unprivileged_userns_clone";
  private static final String APPARMOR = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";

  /** All ids of 32 bits but the last, which means "no id". */
  private static final long ALL_IDS = 4_294_967_295L;

  private NamespaceProbes() {}

  static List<Probe> all() {
    List<Probe> probes = new ArrayList<>();
    kind(probes, "user", "CONFIG_USER_NS", "own user ids: root inside is nobody outside");
    kind(probes, "pid", "CONFIG_PID_NS", "own processes");
    kind(probes, "mnt", "CONFIG_NAMESPACES", "own mounts");
    kind(probes, "net", "CONFIG_NET_NS", "own network");
    kind(probes, "ipc", "CONFIG_IPC_NS", "own System V IPC and message queues");
    kind(probes, "uts", "CONFIG_UTS_NS", "own host name");
    kind(probes, "cgroup", "CONFIG_CGROUPS", "own view of control groups");
    probes.add(
        new Probe(
            Area.NAMESPACES,
            "number of user namespaces",
            Need.ESSENTIAL,
            "every container is one",
            MAX_USER,
            host -> maximum(host.text(MAX_USER), host.containers().size())));
    probes.add(
        new Probe(
            Area.NAMESPACES,
            "unprivileged user namespaces",
            Need.HINT,
            "containers and sandboxes made inside containers",
            UNPRIVILEGED,
            host ->
                unprivileged(host.text(UNPRIVILEGED), "1", "kernel.unprivileged_userns_clone")));
    probes.add(
        new Probe(
            Area.NAMESPACES,
            "AppArmor and user namespaces",
            Need.HINT,
            "containers and sandboxes made inside containers",
            APPARMOR,
            host ->
                unprivileged(
                    host.text(APPARMOR), "0", "kernel.apparmor_restrict_unprivileged_userns")));
    probes.add(
        new Probe(
            Area.NAMESPACES,
            "all user ids",
            Need.ESSENTIAL,
            "giving each container ids of its own",
            "/proc/self/uid_map",
            host -> ownMap(host.text("/proc/self/uid_map"))));
    return probes;
  }

  private static void kind(List<Probe> probes, String kind, String option, String purpose) {
    String file = "/proc/self/ns/" + kind;
    probes.add(
        new Probe(
            Area.NAMESPACES,
            kind + " namespace",
            Need.ESSENTIAL,
            purpose,
            file,
            host ->
                host.names(java.nio.file.Path.of("/proc/self/ns")).contains(kind)
                    ? Finding.ok("there")
                    : Finding.missing("this kernel has none", "a kernel with " + option + "=y")));
  }

  static Finding maximum(@Nullable String text, int containers) throws IOException {
    if (text == null) {
      return Finding.missing("this kernel has none", "a kernel with CONFIG_USER_NS=y");
    }
    long most = Lines.number(text);
    // Services inside make some of their own.
    long wanted = Math.max(1000, 20L * containers);
    String remedy = "sysctl -w user.max_user_namespaces=" + Math.max(wanted, 63_000);
    if (most < 0) {
      throw new IOException("not a number: " + text.strip());
    }
    if (most == 0) {
      return Finding.missing("0: none may be made", remedy);
    }
    return most < wanted
        ? Finding.limited(most + ", too few for many containers", remedy)
        : Finding.ok(Long.toString(most));
  }

  /** Our own are made with all rights, so these switches do not concern them. */
  static Finding unprivileged(@Nullable String text, String free, String sysctl) {
    if (text == null || text.strip().equals(free)) {
      return Finding.ok("allowed");
    }
    return Finding.limited(
        "refused; containers themselves are not concerned", "sysctl -w " + sysctl + "=" + free);
  }

  static Finding ownMap(@Nullable String text) {
    if (text == null) {
      return Finding.limited("cannot be told", "mount /proc");
    }
    List<IdMap.Range> ranges = IdMap.parse(text).ranges();
    boolean all =
        ranges.size() == 1
            && ranges.getFirst().inside() == 0
            && ranges.getFirst().outside() == 0
            && ranges.getFirst().count() == ALL_IDS;
    return all
        ? Finding.ok("this is the host's own user namespace")
        : Finding.missing(
            "we are in a container ourselves: its root may not make device nodes or take ids",
            "run the tools on the host");
  }
}
