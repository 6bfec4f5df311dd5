package org.vzj.cli.resources;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.CgroupHost;
import org.vzj.beancounters.report.HostRows;
import org.vzj.beancounters.report.ReportGroup;
import org.vzj.container.Container;
import org.vzj.container.ContainerStore;
import org.vzj.container.CtId;
import org.vzj.container.InitProcess;
import org.vzj.container.VzPaths;
import org.vzj.linux.proc.MountInfo;

/** What the running containers and the host use now. Reading it refreshes the files of it. */
public final class LiveResources {
  private final VzPaths paths;
  private final Path proc;
  private final ContainerStore store;
  private @Nullable CgroupHost cgroups;

  /**
   * @param paths where the tools keep things
   * @param proc where procfs is mounted
   */
  public LiveResources(VzPaths paths, Path proc) {
    this.paths = paths;
    this.proc = proc;
    this.store = new ContainerStore(paths);
  }

  /** Returns the containers that run, by ascending numbers. */
  public List<LiveContainer> running() {
    TreeMap<Integer, LiveContainer> found = new TreeMap<>();
    String[] names = paths.run().toFile().list();
    for (String name : names == null ? new String[0] : names) {
      CtId id = CtId.parse(name);
      LiveContainer live = id == null || !name.equals(id.toString()) ? null : running(id);
      if (live != null) {
        found.put(live.id(), live);
      }
    }
    return new ArrayList<>(found.values());
  }

  /** Returns a container if it runs, else null. */
  public @Nullable LiveContainer running(CtId id) {
    Container container = store.container(id);
    InitProcess init = InitProcess.running(container);
    return init == null ? null : new LiveContainer(container, init);
  }

  /**
   * Reads the rows of all running containers, by ascending numbers, then those of the host, whose
   * number is 0; and writes them into the files that scripts may read.
   *
   * @throws IOException if the host's cgroups cannot be found
   */
  public List<ReportGroup> all() throws IOException {
    List<ReportGroup> groups = new ArrayList<>();
    for (LiveContainer live : running()) {
      add(groups, live, false);
    }
    groups.add(HostRows.read(proc, groups));
    new ResourceFiles(paths).writeAll(groups);
    return groups;
  }

  /**
   * The same for some containers; those that do not run are left out. For them netfilter rules are
   * counted too.
   */
  public List<ReportGroup> these(Iterable<CtId> ids) throws IOException {
    List<ReportGroup> groups = new ArrayList<>();
    for (CtId id : ids) {
      if (id.equals(CtId.HOST)) {
        return chosen(ids, all());
      }
      LiveContainer live = running(id);
      if (live != null) {
        add(groups, live, true);
      }
    }
    for (ReportGroup group : groups) {
      new ResourceFiles(paths).write(group);
    }
    return groups;
  }

  /** What the host uses for itself is known only when all containers' use is. */
  private static List<ReportGroup> chosen(Iterable<CtId> ids, List<ReportGroup> all) {
    List<ReportGroup> groups = new ArrayList<>();
    for (ReportGroup group : all) {
      for (CtId id : ids) {
        if (id.value() == group.id()) {
          groups.add(group);
        }
      }
    }
    return groups;
  }

  /** One that stops meanwhile is left out. */
  private void add(List<ReportGroup> groups, LiveContainer live, boolean rules) throws IOException {
    CgroupHost host = cgroups();
    try {
      groups.add(ReportGroup.of(live.id(), live.rows(proc, host, rules)));
    } catch (IOException e) {
      if (InitProcess.running(live.container()) != null) {
        throw e;
      }
    }
  }

  private CgroupHost cgroups() throws IOException {
    CgroupHost known = cgroups;
    if (known == null) {
      known = CgroupHost.detect(MountInfo.read(proc.resolve("self/mountinfo")));
      cgroups = known;
    }
    return known;
  }
}
