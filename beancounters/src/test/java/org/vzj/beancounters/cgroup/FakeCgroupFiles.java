package org.vzj.beancounters.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.KernelCgroupFiles;

/**
 * Ordinary directories that behave as cgroup file systems do, as far as the contract asks: control
 * files appear with a group, and writing some has effects.
 */
final class FakeCgroupFiles implements CgroupFiles {
  private final KernelCgroupFiles plain = new KernelCgroupFiles();
  final Map<Path, String> owners = new HashMap<>();
  private final List<Path> roots = new ArrayList<>();
  private final Set<String> dying = new LinkedHashSet<>();

  /** How many more attempts to remove a group fail, as they do while the kernel cleans up. */
  int busy;

  /** Makes the root of a v1 hierarchy. */
  Path addV1(Path root, String... controllers) throws IOException {
    Files.createDirectories(root);
    roots.add(root);
    fillV1(root, List.of(controllers));
    for (String controller : controllers) {
      if (controller.equals("cpuset")) {
        put(root.resolve("cpuset.cpus"), "0-3");
        put(root.resolve("cpuset.mems"), "0");
      }
    }
    return root;
  }

  /** Makes the root of the v2 hierarchy. */
  Path addV2(Path root, String controllers) throws IOException {
    Files.createDirectories(root);
    roots.add(root);
    put(root.resolve("cgroup.controllers"), controllers);
    put(root.resolve("cgroup.subtree_control"), "");
    put(root.resolve("cgroup.procs"), "");
    return root;
  }

  private static void put(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  private void fillV1(Path group, List<String> controllers) throws IOException {
    put(group.resolve("fake.v1"), String.join(" ", controllers));
    for (String file : List.of("cgroup.procs", "tasks")) {
      put(group.resolve(file), "");
    }
    put(group.resolve("notify_on_release"), "1");
    put(group.resolve("cgroup.clone_children"), "0");
    for (String controller : controllers) {
      switch (controller) {
        case "freezer" -> put(group.resolve("freezer.state"), "THAWED");
        case "pids" -> put(group.resolve("pids.max"), "max");
        case "cpu" -> {
          put(group.resolve("cpu.shares"), "1024");
          put(group.resolve("cpu.cfs_quota_us"), "-1");
          put(group.resolve("cpu.cfs_period_us"), "100000");
          put(group.resolve("cpu.cfs_burst_us"), "0");
          put(group.resolve("cpu.idle"), "0");
        }
        case "blkio" -> {
          for (String file : List.of("read_bps", "write_bps", "read_iops", "write_iops")) {
            put(group.resolve("blkio.throttle." + file + "_device"), "");
          }
          put(group.resolve("blkio.bfq.weight"), "100");
        }
        case "devices" -> {
          put(group.resolve("devices.list"), "a *:* rwm");
          put(group.resolve("devices.allow"), "");
          put(group.resolve("devices.deny"), "");
        }
        case "cpuset" -> {
          put(group.resolve("cpuset.cpus"), "");
          put(group.resolve("cpuset.mems"), "");
          put(group.resolve("cpuset.memory_migrate"), "0");
        }
        default -> {}
      }
    }
  }

  private void fillV2(Path group, String controllers) throws IOException {
    put(group.resolve("cgroup.controllers"), controllers);
    put(group.resolve("cgroup.events"), "populated 0\nfrozen 0");
    for (String file :
        List.of(
            "cgroup.procs",
            "cgroup.threads",
            "cgroup.subtree_control",
            "cgroup.kill",
            "cgroup.freeze")) {
      put(group.resolve(file), "");
    }
    put(group.resolve("cgroup.type"), "domain");
    put(group.resolve("cgroup.max.depth"), "max");
    put(group.resolve("cgroup.max.descendants"), "max");
    for (String controller : controllers.split(" ")) {
      switch (controller) {
        case "pids" -> put(group.resolve("pids.max"), "max");
        case "cpu" -> {
          put(group.resolve("cpu.weight"), "100");
          put(group.resolve("cpu.max"), "max 100000");
          put(group.resolve("cpu.max.burst"), "0");
          put(group.resolve("cpu.idle"), "0");
        }
        case "cpuset" -> {
          put(group.resolve("cpuset.cpus"), "");
          put(group.resolve("cpuset.mems"), "");
        }
        case "io" -> {
          put(group.resolve("io.max"), "");
          put(group.resolve("io.bfq.weight"), "default 100");
        }
        default -> {}
      }
    }
  }

  @Override
  public boolean exists(Path path) {
    return plain.exists(path);
  }

  @Override
  public boolean make(Path group) throws IOException {
    if (!plain.make(group)) {
      return false;
    }
    Path above = group.resolveSibling(".");
    if (exists(above.resolve("fake.v1"))) {
      fillV1(group, List.of(read(above.resolve("fake.v1")).split(" ")));
    } else {
      fillV2(group, read(above.resolve("cgroup.subtree_control")));
    }
    return true;
  }

  @Override
  public List<Path> children(Path group) throws IOException {
    return plain.children(group);
  }

  @Override
  public void remove(Path group) throws IOException {
    if (!exists(group)) {
      return;
    }
    if (busy > 0) {
      busy--;
      throw new IOException("Device or resource busy");
    }
    for (Path each : tree(group)) {
      if (!read(each.resolve("cgroup.procs")).isEmpty()) {
        throw new IOException("Device or resource busy");
      }
    }
    for (Path each : tree(group)) {
      try (Stream<Path> files = Files.list(each)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(each);
    }
  }

  /** A group and all below, the deepest first. */
  private static List<Path> tree(Path group) throws IOException {
    try (Stream<Path> all = Files.walk(group)) {
      return all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    }
  }

  @Override
  public String read(Path file) throws IOException {
    return plain.read(file);
  }

  @Override
  public void write(Path file, String text) throws IOException {
    if (!exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    Path group = file.resolveSibling(".").normalize();
    switch (file.getName(file.getNameCount() - 1).toString()) {
      case "cgroup.procs" -> {
        List<String> pids = lines(file);
        pids.add(text);
        store(group, pids);
      }
      case "cgroup.kill" -> {
        for (Path each : tree(group)) {
          dying.addAll(lines(each.resolve("cgroup.procs")));
        }
        bury();
      }
      case "cgroup.freeze" -> {
        String events = read(group.resolve("cgroup.events"));
        put(group.resolve("cgroup.events"), events.substring(0, events.length() - 1) + text);
      }
      case "freezer.state" -> {
        put(file, text);
        bury();
      }
      case "cgroup.subtree_control" -> {
        String before = read(file);
        put(file, before.isEmpty() ? text.substring(1) : before + " " + text.substring(1));
      }
      case "devices.deny" -> {
        List<String> rules = lines(group.resolve("devices.list"));
        if (text.equals("a")) {
          rules.clear();
        }
        rules.remove(text);
        put(group.resolve("devices.list"), String.join("\n", rules));
      }
      case "devices.allow" -> {
        List<String> rules = lines(group.resolve("devices.list"));
        rules.add(text);
        put(group.resolve("devices.list"), String.join("\n", rules));
      }
      case "cpu.idle" -> {
        put(file, text);
        Path weight = group.resolve("cpu.weight");
        if (exists(weight)) {
          put(weight, text.equals("1") ? "0" : "100");
        } else {
          put(group.resolve("cpu.shares"), text.equals("1") ? "3" : "1024");
        }
      }
      case "cpu.shares", "cpu.weight" -> {
        if (read(group.resolve("cpu.idle")).equals("1")) {
          throw new IOException("Invalid argument");
        }
        put(file, text);
      }
      case "cpu.max.burst", "cpu.cfs_burst_us" -> {
        if (Long.parseLong(text) > quota(group)) {
          throw new IOException("Invalid argument");
        }
        put(file, text);
      }
      case "cpu.max", "cpu.cfs_quota_us" -> {
        String before = read(file);
        put(file, text);
        Path v2 = group.resolve("cpu.max.burst");
        long burst = Long.parseLong(read(exists(v2) ? v2 : group.resolve("cpu.cfs_burst_us")));
        if (burst > quota(group)) {
          put(file, before);
          throw new IOException("Invalid argument");
        }
      }
      case "io.max" -> putLine(file, text, text.replaceAll("[^=]*=max", "").contains("="));
      case "blkio.throttle.read_bps_device",
          "blkio.throttle.write_bps_device",
          "blkio.throttle.read_iops_device",
          "blkio.throttle.write_iops_device" ->
          putLine(file, text, !text.endsWith(" 0"));
      default -> Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private long quota(Path group) throws IOException {
    Path v2 = group.resolve("cpu.max");
    String text = exists(v2) ? read(v2).split(" ")[0] : read(group.resolve("cpu.cfs_quota_us"));
    return text.equals("max") || text.equals("-1") ? Long.MAX_VALUE : Long.parseLong(text);
  }

  /** One line for each disk. */
  private void putLine(Path file, String text, boolean kept) throws IOException {
    List<String> lines = lines(file);
    lines.removeIf(line -> line.startsWith(text.substring(0, text.indexOf(' ') + 1)));
    if (kept) {
      lines.add(text);
    }
    put(file, String.join("\n", lines));
  }

  private List<String> lines(Path file) throws IOException {
    String text = read(file);
    return text.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(text.split("\n")));
  }

  private void store(Path group, List<String> pids) throws IOException {
    put(group.resolve("cgroup.procs"), String.join("\n", pids));
    for (Path at = group; exists(at.resolve("cgroup.events")); at = at.resolve("..").normalize()) {
      boolean populated = false;
      for (Path each : tree(at)) {
        populated |= !read(each.resolve("cgroup.procs")).isEmpty();
      }
      String events = read(at.resolve("cgroup.events"));
      put(
          at.resolve("cgroup.events"),
          "populated " + (populated ? 1 : 0) + events.substring(events.indexOf('\n')));
    }
  }

  /** Whoever was killed and is not frozen by v1 leaves all hierarchies. */
  private void bury() throws IOException {
    Set<String> buried = new LinkedHashSet<>(dying);
    for (Path root : roots) {
      for (Path each : tree(root)) {
        Path state = each.resolve("freezer.state");
        if (exists(state) && read(state).equals("FROZEN")) {
          buried.removeAll(lines(each.resolve("cgroup.procs")));
        }
      }
    }
    for (Path root : roots) {
      for (Path each : tree(root)) {
        List<String> pids = lines(each.resolve("cgroup.procs"));
        if (pids.removeAll(buried)) {
          store(each, pids);
        }
      }
    }
  }

  @Override
  public void own(Path path, int uid, int gid) {
    owners.put(path, uid + ":" + gid);
  }

  @Override
  public void kill(long pid) {
    dying.add(Long.toString(pid));
    try {
      bury();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
