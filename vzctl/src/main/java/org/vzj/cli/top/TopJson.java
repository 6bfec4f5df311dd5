package org.vzj.cli.top;

import java.io.OutputStream;
import java.util.List;
import org.vzj.cli.json.JsonOutput;
import org.vzj.usage.Blame;
import org.vzj.usage.HostUse;
import org.vzj.usage.Usage;

/** The same for programs: an object with {@code host} and an array {@code containers}. */
final class TopJson {
  private TopJson() {}

  static void print(OutputStream out, HostUse host, List<Usage> rows) {
    try (JsonOutput json = new JsonOutput(out)) {
      begin(json, host);
      for (Usage usage : rows) {
        json.beginObject();
        container(json, usage);
        json.endObject();
      }
      json.endArray();
      json.endObject();
    }
  }

  static void printBlame(OutputStream out, HostUse host, List<Blame> ranked) {
    try (JsonOutput json = new JsonOutput(out)) {
      begin(json, host);
      for (Blame blame : ranked) {
        json.beginObject();
        json.field("blame", rounded(blame.total()));
        json.field("blame_cpu", rounded(blame.cpu()));
        json.field("blame_memory", rounded(blame.memory()));
        json.field("blame_io", rounded(blame.io()));
        container(json, blame.usage());
        json.endObject();
      }
      json.endArray();
      json.endObject();
    }
  }

  private static void begin(JsonOutput json, HostUse host) {
    json.beginObject();
    json.beginObject("host");
    json.field("load", host.load());
    json.field("uptime", host.upSeconds());
    json.field("cpus", host.cpus());
    json.field("memory", host.memory());
    json.field("memory_available", host.memoryAvailable());
    number(json, "cpu_pressure", host.cpuPressure());
    number(json, "memory_pressure", host.memoryPressure());
    number(json, "io_pressure", host.ioPressure());
    json.endObject();
    json.beginArray("containers");
  }

  private static void container(JsonOutput json, Usage usage) {
    json.field("ctid", usage.id().value());
    json.field("name", usage.name().isEmpty() ? null : usage.name());
    json.field("cpu", rounded(usage.cpu()));
    json.field("throttled", rounded(usage.throttled()));
    count(json, "memory", usage.now().memory());
    count(json, "cache", usage.now().cache());
    count(json, "numproc", usage.now().tasks());
    json.field("read", Math.round(usage.readRate()));
    json.field("written", Math.round(usage.writeRate()));
    number(json, "cpu_pressure", usage.now().cpuPressure());
    number(json, "memory_pressure", usage.now().memoryPressure());
    number(json, "io_pressure", usage.now().ioPressure());
    count(json, "oom_kills", usage.now().oomKills());
    count(json, "forks_refused", usage.now().forksRefused());
  }

  private static void count(JsonOutput json, String name, long value) {
    if (value < 0) {
      json.fieldNull(name);
    } else {
      json.field(name, value);
    }
  }

  private static void number(JsonOutput json, String name, double value) {
    if (value < 0) {
      json.fieldNull(name);
    } else {
      json.field(name, rounded(value));
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
