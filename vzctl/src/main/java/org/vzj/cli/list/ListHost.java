package org.vzj.cli.list;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.account.ResourceRow;
import org.vzj.beancounters.cgroup.CgroupHost;
import org.vzj.cli.resources.LiveContainer;
import org.vzj.config.GlobalConfig;
import org.vzj.config.Settings;
import org.vzj.container.ContainerStore;
import org.vzj.container.InitProcess;
import org.vzj.container.VzPaths;
import org.vzj.lifecycle.Host;
import org.vzj.lifecycle.LoadAverage;
import org.vzj.linux.launch.Launcher;
import org.vzj.linux.proc.MountInfo;
import org.vzj.linux.proc.ProcStat;
import org.vzj.quota.QuotaUse;

/** What vzlist asks of the host; each thing is read when it is first asked for, and once. */
final class ListHost {
  /**
   * Whoever asks for everything, as JSON does, is not made to wait for lists of rules and for
   * lxcfs.
   */
  private static final int ALL_BUT_ONE = 20;

  private final VzPaths paths;
  private final Path proc;
  private final ContainerStore store;
  private @Nullable ConfValues global;
  private @Nullable List<MountInfo> mounts;
  private @Nullable Set<String> mountPoints;
  private @Nullable Set<String> dumps;
  private long upMillis = -1;
  private final List<Beancounter> wanted = new ArrayList<>();
  private @Nullable CgroupHost cgroups;
  private @Nullable Host machine;
  private @Nullable DiskUse disks;

  /**
   * @param paths where the tools keep things
   * @param proc where procfs is mounted
   */
  ListHost(VzPaths paths, Path proc) {
    this.paths = paths;
    this.proc = proc;
    this.store = new ContainerStore(paths);
  }

  /** Notes that a beancounter of each container will be asked for. */
  void want(Beancounter counter) {
    if (!wanted.contains(counter)) {
      wanted.add(counter);
    }
  }

  /** The beancounters that are wanted of a running container; none if the kernel does not tell. */
  List<ResourceRow> rows(LiveContainer live) {
    try {
      if (cgroups == null) {
        cgroups = CgroupHost.detect(mounts());
      }
      return live.rows(proc, cgroups, wanted, wanted.size() < ALL_BUT_ONE);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Load averages of a running container; null if nothing counts them. */
  @Nullable List<String> loadAverage(LiveContainer live, long tasks) {
    if (wanted.size() >= ALL_BUT_ONE || "no".equals(global().first("LXCFS"))) {
      return null;
    }
    if (machine == null) {
      machine = new Host(paths, new GlobalConfig(Settings.NONE));
    }
    return LoadAverage.read(machine, live.init(), tasks);
  }

  /** What a container takes of its disk; null if nobody counts. */
  @Nullable QuotaUse diskUse(int id, String area) {
    if (disks == null) {
      disks = new DiskUse(new Launcher(paths.launcher(), paths.plans()), mountsOrNone());
    }
    return disks.of(id, Path.of(area));
  }

  VzPaths paths() {
    return paths;
  }

  ContainerStore store() {
    return store;
  }

  /** Whether this process may do everything. */
  boolean isRoot() {
    String status = read(proc.resolve("self/status"));
    int at = status.indexOf("\nUid:");
    int effective = status.indexOf('\t', status.indexOf('\t', Math.max(at, 0)) + 1);
    return at >= 0 && effective > 0 && status.startsWith("\t0\t", effective);
  }

  /** The values of vz.conf; none if it cannot be read. */
  ConfValues global() {
    if (global == null) {
      global = ConfValues.read(paths.globalConfig());
      if (global == null) {
        global = ConfValues.NONE;
      }
    }
    return global;
  }

  /** Whether something is mounted exactly there. */
  boolean isMounted(String directory) {
    if (mountPoints == null) {
      mountPoints = new HashSet<>();
      // Without any, no container is shown as mounted, which is what we know.
      for (MountInfo mount : mountsOrNone()) {
        mountPoints.add(mount.mountPoint());
      }
    }
    return mountPoints.contains(directory);
  }

  /** Whether there is a dump of a container, which is suspended then. */
  boolean isSuspended(int id) {
    if (dumps == null) {
      String directory = global().first("DUMPDIR");
      String[] names = new File(directory == null ? "/vz/dump" : directory).list();
      dumps = new HashSet<>();
      for (String name : names == null ? new String[0] : names) {
        dumps.add(name);
      }
    }
    return !dumps.isEmpty() && dumps.contains("Dump." + id);
  }

  private List<MountInfo> mounts() throws IOException {
    if (mounts == null) {
      mounts = MountInfo.read(proc.resolve("self/mountinfo"));
    }
    return mounts;
  }

  private List<MountInfo> mountsOrNone() {
    try {
      return mounts();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Whether the very process still lives; one that only waits to be collected does not. */
  boolean isAlive(InitProcess init) {
    try {
      ProcStat stat = ProcStat.read(proc, init.pid());
      return stat != null && stat.startTime() == init.startTime() && !stat.isZombie();
    } catch (IOException e) {
      return false;
    }
  }

  /** For how many milliseconds the host has been up; 0 if the kernel does not tell. */
  long upMillis() {
    if (upMillis < 0) {
      String text = read(proc.resolve("uptime"));
      int blank = text.indexOf(' ');
      try {
        upMillis =
            blank < 0 ? 0 : new BigDecimal(text.substring(0, blank)).movePointRight(3).longValue();
      } catch (NumberFormatException e) {
        upMillis = 0;
      }
    }
    return upMillis;
  }

  /** A small file as text, empty if it cannot be read. */
  static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
