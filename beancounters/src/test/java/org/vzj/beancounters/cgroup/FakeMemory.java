package org.vzj.beancounters.cgroup;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;

/**
 * The control files of one group's memory, with the kernel's rules: v1 refuses RAM above RAM and
 * swap, and what cannot be reclaimed; v2 ends processes.
 */
final class FakeMemory implements CgroupFiles {
  static final Path GROUP = Path.of("/cgroup/vz/101");
  private static final String V1_NONE = "9223372036854771712";

  final Map<String, String> values = new LinkedHashMap<>();
  final List<String> writes = new ArrayList<>();

  /** Memory in use, and how much of it can be reclaimed. */
  long used;

  long reclaimable;
  boolean ended;

  static FakeMemory v1(boolean swap) {
    FakeMemory fake = new FakeMemory();
    fake.values.put("memory.limit_in_bytes", V1_NONE);
    if (swap) {
      fake.values.put("memory.memsw.limit_in_bytes", V1_NONE);
    }
    fake.values.put("memory.soft_limit_in_bytes", V1_NONE);
    fake.values.put("memory.kmem.tcp.limit_in_bytes", V1_NONE);
    return fake;
  }

  static FakeMemory v2() {
    FakeMemory fake = new FakeMemory();
    for (String file : new String[] {"memory.max", "memory.high", "memory.swap.max"}) {
      fake.values.put(file, "max");
    }
    fake.values.put("memory.low", "0");
    fake.values.put("../memory.low", "0");
    return fake;
  }

  private static String name(Path file) {
    return GROUP.relativize(file).toString();
  }

  @Override
  public boolean exists(Path file) {
    return values.containsKey(name(file));
  }

  @Override
  public String read(Path file) throws IOException {
    String name = name(file);
    if (name.equals("memory.current")
        || name.equals("memory.usage_in_bytes")
        || name.equals("memory.memsw.usage_in_bytes")) {
      return Long.toString(used);
    }
    String value = values.get(name);
    if (value == null) {
      throw new NoSuchFileException(file.toString());
    }
    return value;
  }

  private static long number(String text) {
    return text.equals("max") || text.equals("-1") || text.equals(V1_NONE)
        ? Long.MAX_VALUE
        : Long.parseLong(text);
  }

  private void reclaim(long wanted) {
    long most = Math.min(reclaimable, Math.max(0, used - wanted));
    used -= most;
    reclaimable -= most;
  }

  @Override
  public void write(Path file, String text) throws IOException {
    String name = name(file);
    if (!values.containsKey(name)) {
      throw new NoSuchFileException(file.toString());
    }
    long wanted = number(text);
    String other = values.get("memory.memsw.limit_in_bytes");
    switch (name) {
      case "memory.limit_in_bytes" -> {
        require(other == null || wanted <= number(other), "Invalid argument");
        reclaim(wanted);
        require(used <= wanted, "Device or resource busy");
      }
      case "memory.memsw.limit_in_bytes" -> {
        require(
            wanted >= number(values.getOrDefault("memory.limit_in_bytes", "0")),
            "Invalid argument");
        reclaim(wanted);
        require(used <= wanted, "Device or resource busy");
      }
      case "memory.high" -> reclaim(wanted);
      case "memory.max" -> {
        reclaim(wanted);
        if (used > wanted) {
          ended = true;
          used = wanted;
        }
      }
      default -> {}
    }
    values.put(name, text.equals("-1") ? V1_NONE : text);
    writes.add(name + " " + text);
  }

  private static void require(boolean right, String error) throws IOException {
    if (!right) {
      throw new IOException(error);
    }
  }

  @Override
  public List<Path> children(Path group) {
    return List.of(GROUP);
  }

  @Override
  public boolean make(Path group) {
    return false;
  }

  @Override
  public void remove(Path group) {}

  @Override
  public void own(Path path, int uid, int gid) {}

  @Override
  public void kill(long pid) {}
}
