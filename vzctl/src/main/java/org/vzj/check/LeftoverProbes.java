package org.vzj.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.beancounters.cgroup.CgroupHost;
import org.vzj.beancounters.cgroup.Hierarchy;
import org.vzj.container.CtId;
import org.vzj.linux.proc.ProcStat;

/** What interrupted commands and crashes left behind. */
final class LeftoverProbes {
  private static final int SHOWN = 5;

  /** How deep in a guest's groups we look. */
  private static final int DEPTH = 8;

  private LeftoverProbes() {}

  static List<Probe> all() {
    List<Probe> probes = new ArrayList<>();
    add(probes, "stale locks", "LOCKDIR/*.lck", LeftoverProbes::locks);
    add(probes, "dead containers", "CTID/init in the state directory", LeftoverProbes::states);
    add(probes, "control groups", "groups without a running container", LeftoverProbes::groups);
    add(
        probes,
        "half-made private areas",
        "*.tmp beside the private areas",
        host -> unfinished(host, "", ".tmp", "vzctl create with the same id removes it"));
    add(
        probes,
        "half-removed private areas",
        ".vzctl-rm-me.* beside the private areas",
        host -> unfinished(host, ".vzctl-rm-me.", "", "the next vzctl destroy removes it"));
    add(probes, "names", "links without a container", LeftoverProbes::names);
    return probes;
  }

  private static void add(List<Probe> probes, String name, String source, Probe.Look look) {
    probes.add(
        new Probe(
            Area.LEFTOVERS, name, Need.HINT, "order: leftovers only take room", source, look));
  }

  private static Finding of(List<String> found, String remedy) {
    if (found.isEmpty()) {
      return Finding.ok("none");
    }
    String shown = String.join(", ", found.subList(0, Math.min(SHOWN, found.size())));
    int more = found.size() - SHOWN;
    return Finding.limited(more > 0 ? shown + " and " + more + " more" : shown, remedy);
  }

  private static Finding locks(HostView host) throws IOException {
    String value = host.global("LOCKDIR");
    if (value == null) {
      return Finding.ok("none");
    }
    Path directory = Path.of(value);
    List<String> stale = new ArrayList<>();
    for (String name : host.names(directory)) {
      if (name.endsWith(".lck") && !held(host, directory.resolve(name))) {
        stale.add(directory.resolve(name).toString());
      }
    }
    return of(stale, "none needed: the next command on that container removes it");
  }

  /** Tells whether a command is at work on a container: what it makes is no leftover. */
  private static boolean locked(HostView host, CtId id) throws IOException {
    String value = host.global("LOCKDIR");
    Path lock = value == null ? null : Path.of(value, id + ".lck");
    return lock != null && Files.exists(host.at(lock)) && held(host, lock);
  }

  /** A lock names its holder's pid, ours also the holder's start time in a third line. */
  private static boolean held(HostView host, Path lock) throws IOException {
    String text = host.text(lock);
    if (text == null) {
      return true;
    }
    List<String> lines = Lines.of(text);
    long pid = lines.isEmpty() ? -1 : Lines.number(lines.getFirst());
    long start = lines.size() < 3 ? -1 : Lines.number(lines.get(2));
    return pid > 0 && alive(host, pid, start);
  }

  /** Tells whether a process lives; one that was reaped by nobody yet does not. */
  static boolean alive(HostView host, long pid, long startTime) throws IOException {
    ProcStat stat = ProcStat.read(host.at("/proc"), pid);
    return stat != null && !stat.isZombie() && (startTime <= 0 || stat.startTime() == startTime);
  }

  private static Finding states(HostView host) throws IOException {
    List<String> dead = new ArrayList<>();
    for (String name : host.names(host.paths().run())) {
      CtId id = CtId.parse(name);
      if (id != null && !running(host, id) && !locked(host, id)) {
        dead.add(name);
      }
    }
    return of(
        dead,
        allConfigured(host, dead)
            ? "vzctl stop " + String.join(" ", dead)
            : "cd " + host.paths().run() + " && rm -r " + String.join(" ", dead));
  }

  private static boolean running(HostView host, CtId id) throws IOException {
    String text = host.text(host.paths().run().resolve(id + "/init"));
    List<String> words = text == null ? List.of() : Lines.words(text);
    return words.size() == 2
        && Lines.number(words.get(0)) > 0
        && alive(host, Lines.number(words.get(0)), Lines.number(words.get(1)));
  }

  /** A group with processes is no leftover: it may be of a container of another configuration. */
  private static Finding groups(HostView host) throws IOException {
    List<String> busy = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Hierarchy hierarchy : host.cgroups().hierarchies()) {
      Path parent = hierarchy.mountPoint().resolve(CgroupHost.PARENT);
      for (String name : HostView.namesIn(parent)) {
        CtId id = CtId.parse(name);
        if (id == null || !Files.isDirectory(parent.resolve(name))) {
          continue;
        }
        if (running(host, id) || locked(host, id) || hasProcesses(parent.resolve(name), DEPTH)) {
          busy.add(name);
        } else if (!ids.contains(name)) {
          ids.add(name);
        }
      }
    }
    ids.removeAll(busy);
    if (allConfigured(host, ids)) {
      return of(ids, "vzctl stop " + String.join(" ", ids));
    }
    StringBuilder remedy = new StringBuilder("find /sys/fs/cgroup -depth -type d '(' -false");
    for (String id : ids) {
      remedy.append(" -o -path '*/vz/").append(id).append("' -o -path '*/vz/").append(id);
      remedy.append("/*'");
    }
    return of(ids, remedy.append(" ')' -exec rmdir {} ';'").toString());
  }

  private static boolean hasProcesses(Path group, int depth) throws IOException {
    for (String name : HostView.namesIn(group)) {
      Path entry = group.resolve(name);
      if (name.equals("cgroup.procs") && !Files.readString(entry).isBlank()) {
        return true;
      }
      if (depth > 0 && Files.isDirectory(entry) && hasProcesses(entry, depth - 1)) {
        return true;
      }
    }
    return false;
  }

  /** The tools tidy up after containers that they know. */
  private static boolean allConfigured(HostView host, List<String> ids) throws IOException {
    for (String id : ids) {
      if (!host.exists(host.paths().conf().resolve(id + ".conf").toString())) {
        return false;
      }
    }
    return true;
  }

  private static Finding unfinished(HostView host, String prefix, String suffix, String remedy)
      throws IOException {
    Place place = Place.of(host, "VE_PRIVATE");
    List<String> found = new ArrayList<>();
    if (place != null) {
      for (String name : host.names(place.directory())) {
        if (name.startsWith(prefix) && name.endsWith(suffix)) {
          found.add(place.directory().resolve(name).toString());
        }
      }
    }
    return of(found, "none needed unless a command is at work there now: " + remedy);
  }

  private static Finding names(HostView host) throws IOException {
    List<String> dangling = new ArrayList<>();
    Path directory = host.paths().names();
    for (String name : host.names(directory)) {
      Path link = host.at(directory.resolve(name));
      if (Files.isSymbolicLink(link)
          && !Files.exists(
              host.at(host.paths().conf().resolve(target(link))), LinkOption.NOFOLLOW_LINKS)) {
        dangling.add(directory.resolve(name).toString());
      }
    }
    return of(dangling, "rm " + Lines.quoted(dangling));
  }

  /** Only the last part counts: in old installations the directory had another name. */
  private static String target(Path link) throws IOException {
    return String.valueOf(Files.readSymbolicLink(link).getFileName());
  }
}
