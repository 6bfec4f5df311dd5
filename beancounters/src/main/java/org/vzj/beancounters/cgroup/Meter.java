package org.vzj.beancounters.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.GroupUse.DeviceIo;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;

/**
 * Reads what a group uses. Pressure (PSI) is a matter of v2 directories without any controller: a
 * hybrid host has it too.
 */
public final class Meter {
  private final CgroupFiles files;
  private final Controllers group;

  Meter(CgroupFiles files, Controllers group) {
    this.files = files;
    this.group = group;
  }

  /** Reads everything. What is missing or goes away meanwhile is unknown: nothing fails. */
  public GroupUse read() {
    Path v2 = group.unified();
    Path memory = group.v1("memory");
    Path io = group.v1("blkio");
    String cpuStat = text(v2, "cpu.stat");
    String v1CpuStat = text(group.v1("cpu"), "cpu.stat");
    long usage = number(text(group.v1("cpuacct"), "cpuacct.usage"));
    String memoryStat = text(memory == null ? v2 : memory, "memory.stat");
    return new GroupUse(
        usage >= 0 ? usage : thousand(value(cpuStat, "usage_usec")),
        v1CpuStat.isEmpty()
            ? thousand(value(cpuStat, "throttled_usec"))
            : value(v1CpuStat, "throttled_time"),
        number(memory == null ? text(v2, "memory.current") : text(memory, "memory.usage_in_bytes")),
        value(memoryStat, memory == null ? "file" : "total_cache"),
        limit(memory == null ? text(v2, "memory.max") : text(memory, "memory.limit_in_bytes")),
        number(text(pids(v2), "pids.current")),
        io == null
            ? ioOfV2(text(v2, "io.stat"))
            : ioOfV1(text(io, "blkio.throttle.io_service_bytes_recursive")),
        oomKills(),
        value(text(pids(v2), "pids.events"), "max"),
        pressure(text(v2, "cpu.pressure")),
        pressure(text(v2, "memory.pressure")),
        pressure(text(v2, "io.pressure")));
  }

  /** How many processes the kernel killed for want of memory, Linux 4.13; -1: unknown. */
  public long oomKills() {
    Path v1 = group.v1("memory");
    return value(
        v1 == null ? text(group.unified(), "memory.events") : text(v1, "memory.oom_control"),
        "oom_kill");
  }

  private @Nullable Path pids(@Nullable Path v2) {
    Path v1 = group.v1("pids");
    return v1 == null ? v2 : v1;
  }

  private String text(@Nullable Path directory, String name) {
    if (directory == null) {
      return "";
    }
    try {
      return files.read(directory.resolve(name));
    } catch (IOException e) {
      return ""; // Not there, PSI switched off (EOPNOTSUPP), or the group is gone.
    }
  }

  private static long thousand(long micros) {
    return micros < 0 ? GroupUse.UNKNOWN : micros * 1000;
  }

  private static long number(String text) {
    if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '9') {
      return GroupUse.UNKNOWN;
    }
    return Long.parseLong(text);
  }

  private static long limit(String text) {
    return text.equals("max") ? Long.MAX_VALUE : number(text);
  }

  /** The number after a name at the beginning of a line. */
  static long value(String text, String name) {
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        end = text.length();
      }
      int after = at + name.length();
      if (text.startsWith(name, at) && after < end && text.charAt(after) == ' ') {
        return number(text.substring(after + 1, end));
      }
      at = end + 1;
    }
    return GroupUse.UNKNOWN;
  }

  /** {@code some avg10=1.25 avg60=...}; the first line. */
  static double pressure(String text) {
    int at = text.indexOf("avg10=");
    int end = text.indexOf(' ', at + 1);
    if (!text.startsWith("some ") || at < 0 || end < 0) {
      return GroupUse.UNKNOWN;
    }
    return Double.parseDouble(text.substring(at + 6, end));
  }

  /** Lines of {@code 8:0 Read 4096}, and sums of each device and of all. */
  static List<DeviceIo> ioOfV1(String text) {
    List<DeviceIo> list = new ArrayList<>();
    String device = "";
    long read = 0;
    for (String line : text.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      if (words.length == 3 && words[1].equals("Read")) {
        device = words[0];
        read = number(words[2]);
      } else if (words.length == 3 && words[1].equals("Write") && words[0].equals(device)) {
        list.add(new DeviceIo(device, read, number(words[2])));
      }
    }
    return list;
  }

  /** Lines of {@code 8:0 rbytes=4096 wbytes=0 rios=1 ...}. */
  static List<DeviceIo> ioOfV2(String text) {
    List<DeviceIo> list = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      long read = GroupUse.UNKNOWN;
      long written = GroupUse.UNKNOWN;
      String[] words = line.split(" ", -1);
      for (String word : words) {
        if (word.startsWith("rbytes=")) {
          read = number(word.substring(7));
        } else if (word.startsWith("wbytes=")) {
          written = number(word.substring(7));
        }
      }
      if (read >= 0 && written >= 0) {
        list.add(new DeviceIo(words[0], read, written));
      }
    }
    return list;
  }
}
