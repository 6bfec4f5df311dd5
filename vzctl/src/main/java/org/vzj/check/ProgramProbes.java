package org.vzj.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.lifecycle.LoadAverage;
import org.vzj.linux.proc.MountInfo;
import org.vzj.linux.process.CommandResult;

/** Programs of the host that some functions need. */
final class ProgramProbes {
  private ProgramProbes() {}

  static List<Probe> all() {
    List<Probe> probes = new ArrayList<>();
    add(probes, "ip", Need.FEATURE, "network of containers", "iproute2", "iproute");
    add(probes, "nft", Need.FEATURE, "keeping containers to their addresses", "nftables", null);
    add(probes, "iptables", Need.HINT, "--netfilter with old rule sets", "iptables", null);
    add(probes, "rsync", Need.FEATURE, "moving containers to another host", "rsync", null);
    add(
        probes,
        "ssh",
        Need.FEATURE,
        "moving containers to another host",
        "openssh-client",
        "openssh-clients");
    add(probes, "mkfs.ext4", Need.HINT, "--layout ploop", "e2fsprogs", null);
    add(probes, "btrfs", Need.HINT, "disk limits with --layout btrfs", "btrfs-progs", null);
    add(probes, "mmdebstrap", Need.HINT, "making Debian templates", "mmdebstrap", null);
    probes.add(
        new Probe(
            Area.PROGRAMS,
            "gunzip",
            Need.HINT,
            "unpacking .tar.gz templates faster",
            "igzip and pigz in PATH",
            host -> inflater(host.program("igzip"), host.program("pigz"), host.packages())));
    probes.add(
        new Probe(
            Area.PROGRAMS,
            "criu",
            Need.FEATURE,
            "suspending and live migration",
            "criu --version",
            ProgramProbes::criu));
    probes.add(
        new Probe(
            Area.PROGRAMS,
            "lxcfs",
            Need.FEATURE,
            "free, uptime and /proc/meminfo inside showing the container",
            "lxcfs in PATH, /proc/self/mountinfo",
            ProgramProbes::lxcfs));
    return probes;
  }

  private static void add(
      List<Probe> probes,
      String name,
      Need need,
      String purpose,
      String deb,
      @Nullable String rpm) {
    probes.add(
        new Probe(
            Area.PROGRAMS,
            name,
            need,
            purpose,
            name + " in PATH",
            host -> program(host, name, host.packages().install(deb, rpm == null ? deb : rpm))));
  }

  static Finding program(HostView host, String name, String remedy) {
    Path file = host.program(name);
    return file == null
        ? Finding.missing("not found in PATH", remedy)
        : Finding.ok(file.toString());
  }

  static Finding inflater(@Nullable Path igzip, @Nullable Path pigz, Packages packages) {
    if (igzip != null) {
      return Finding.ok(igzip.toString());
    }
    String remedy = packages.install("isal", "isa-l-tools");
    return pigz != null
        ? Finding.limited(pigz + "; igzip is faster", remedy)
        : Finding.missing("neither igzip nor pigz: Java's own is used", remedy);
  }

  private static Finding criu(HostView host) throws IOException {
    Path file = host.program("criu");
    if (file == null) {
      return Finding.missing("not found in PATH", host.packages().install("criu", "criu"));
    }
    return criu(host.run(List.of(file.toString(), "--version")), host.kernel());
  }

  /**
   * Judges criu's version: Linux 6.16 took socket options away that criu before 4.2 asks for, so
   * that every container with an Internet socket fails; before 4.1 the vDSO of new kernels is not
   * understood.
   *
   * @param result what {@code criu --version} printed: {@code Version: 4.1.1}
   */
  static Finding criu(CommandResult result, @Nullable DottedVersion kernel) throws IOException {
    DottedVersion version = null;
    for (String line : Lines.of(result.out())) {
      if (line.startsWith("Version:")) {
        version = DottedVersion.parse(line.substring(8).strip());
      }
    }
    if (version == null) {
      throw new IOException("criu --version does not tell: " + result.err().strip());
    }
    int minor = kernel != null && kernel.atLeast(6, 16) ? 2 : 1;
    String forKernel = kernel == null ? "" : " for Linux " + kernel;
    return version.atLeast(4, minor)
        ? Finding.ok(version.toString())
        : Finding.missing(
            version + " is too old" + forKernel + ": 4." + minor + " is needed",
            "install criu 4." + minor + " or later (https://criu.org/Installation)");
  }

  private static Finding lxcfs(HostView host) throws IOException {
    if ("no".equals(host.global("LXCFS"))) {
      return Finding.ok("not wanted: LXCFS=no");
    }
    List<MountInfo> working = new ArrayList<>();
    List<MountInfo> dead = new ArrayList<>();
    for (MountInfo mount : host.mounts()) {
      if (mount.fsType().equals("fuse.lxcfs")) {
        (host.exists(mount.mountPoint() + "/proc/uptime") ? working : dead).add(mount);
      }
    }
    boolean counts =
        working.isEmpty()
            || LoadAverage.mayBeCounted(
                host.text("/proc/loadavg"),
                host.text(working.getLast().mountPoint() + "/proc/loadavg"),
                host.text("/proc/loadavg"));
    return lxcfs(host.program("lxcfs"), working, dead, counts, host.packages());
  }

  /**
   * Judges lxcfs.
   *
   * @param file the program
   * @param working where one is mounted
   * @param dead where one was mounted that has ended
   * @param counts whether the one that is mounted may count the loads of containers
   */
  static Finding lxcfs(
      @Nullable Path file,
      List<MountInfo> working,
      List<MountInfo> dead,
      boolean counts,
      Packages packages) {
    if (!working.isEmpty()) {
      String fact = "runs at " + working.getLast().mountPoint();
      return counts
          ? Finding.ok(fact)
          : Finding.limited(
              fact + " without -l: containers see the host's load",
              "vzctl service start runs another beside it; then for what runs: vzctl rewire --all");
    }
    if (file == null) {
      return Finding.missing(
          "not found in PATH: containers see the host's numbers",
          packages.install("lxcfs", "lxcfs"));
    }
    if (!dead.isEmpty()) {
      return Finding.limited(
          "has ended at " + dead.getLast().mountPoint() + ": free and top fail in containers",
          "start it again, then: vzctl rewire --all");
    }
    return Finding.limited(
        "installed, does not run: containers see the host's numbers",
        "systemctl enable --now lxcfs, or vzctl service start; then for what runs: vzctl rewire"
            + " --all");
  }
}
