package org.vzj.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings of the host's kernel that run out when there are many containers. */
final class LimitProbes {
  private LimitProbes() {}

  static List<Probe> all() {
    List<Probe> probes = new ArrayList<>();
    // Since Linux 5.11 a user namespace's instances count for its owner too, here one container.
    add(
        probes,
        "fs.inotify.max_user_instances",
        512,
        0,
        "services that watch files, systemd first");
    add(probes, "fs.inotify.max_user_watches", 65_536, 0, "services that watch files");
    // One for a console, some for logins.
    add(probes, "kernel.pty.max", 4_096, 16, "consoles and logins");
    // IPv4 neighbours of all network namespaces share one table.
    add(probes, "net.ipv4.neigh.default.gc_thresh3", 1_024, 16, "the network of containers");
    add(probes, "net.ipv6.neigh.default.gc_thresh3", 1_024, 16, "the network of containers");
    add(probes, "vm.max_map_count", 262_144, 0, "databases and search engines in containers");
    add(probes, "kernel.keys.maxkeys", 200, 0, "the host: containers themselves have no key rings");
    add(probes, "kernel.pid_max", 65_536, 1_024, "processes of all containers together");
    add(probes, "kernel.threads-max", 65_536, 1_024, "threads of all containers together");
    add(probes, "fs.file-max", 1_000_000, 10_000, "open files of all containers together");
    add(probes, "fs.aio-max-nr", 65_536, 4_096, "databases in containers");
    return probes;
  }

  private static void add(
      List<Probe> probes, String sysctl, long least, long perContainer, String purpose) {
    String file = "/proc/sys/" + sysctl.replace('.', '/');
    probes.add(
        new Probe(
            Area.LIMITS,
            sysctl,
            Need.HINT,
            purpose,
            file,
            host ->
                limit(
                    sysctl,
                    host.text(file),
                    Math.max(least, perContainer * host.containers().size()))));
  }

  /**
   * Judges a limit.
   *
   * @param wanted what it should be at least
   */
  static Finding limit(String sysctl, @Nullable String text, long wanted) throws IOException {
    if (text == null) {
      return Finding.ok("this kernel has no such limit");
    }
    long value = Lines.number(text);
    if (value < 0) {
      throw new IOException("not a number: " + text.strip());
    }
    return value >= wanted
        ? Finding.ok(Long.toString(value))
        : Finding.limited(
            value + ", better " + wanted,
            "echo '"
                + sysctl
                + " = "
                + wanted
                + "' >> /etc/sysctl.d/90-vz.conf && sysctl --system");
  }
}
