package org.vzj.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.conf.ConfFile;

/** Whether each container's user ids are its own. */
final class UserIdProbes {
  private static final long COUNT = 65_536;

  private UserIdProbes() {}

  static List<Probe> all() {
    return List.of(
        new Probe(
            Area.USER_IDS,
            "containers among themselves",
            Need.FEATURE,
            "containers that cannot reach each other's files and processes",
            "LOCAL_UID of all containers",
            host -> overlap(containers(host))),
        new Probe(
            Area.USER_IDS,
            "subordinate ids",
            Need.FEATURE,
            "users of the host that cannot reach a container's files",
            "/etc/subuid and /etc/subgid",
            host ->
                clash(
                    containers(host),
                    subordinate(host.text("/etc/subuid"), host.text("/etc/subgid")))),
        new Probe(
            Area.USER_IDS,
            "users of the host",
            Need.FEATURE,
            "users of the host that cannot reach a container's files",
            "/etc/passwd and /etc/group",
            host ->
                clash(
                    containers(host), accounts(host.text("/etc/passwd"), host.text("/etc/group")))),
        new Probe(
            Area.USER_IDS,
            "privileged containers",
            Need.FEATURE,
            "root of the container not being root of the host",
            "LOCAL_UID=0 of a container",
            host -> privileged(containers(host))));
  }

  /**
   * Ids of the host that somebody has.
   *
   * @param who whom to name
   * @param first the first id
   * @param count how many; 0 for a container that has the host's own ids
   */
  record Ids(String who, long first, long count) {
    boolean overlaps(Ids other) {
      return first < other.first + other.count && other.first < first + count;
    }
  }

  private static List<Ids> containers(HostView host) throws IOException {
    List<Ids> all = new ArrayList<>();
    String inherited = host.global("LOCAL_UID");
    for (int id : host.containers()) {
      ConfFile file = host.configuration(host.paths().conf().resolve(id + ".conf"));
      String own = file == null ? null : file.get("LOCAL_UID");
      String value = own == null ? inherited : own;
      long first = value == null ? -1 : Lines.number(value);
      if (first >= 0) {
        all.add(new Ids("container " + id, first, first == 0 ? 0 : COUNT));
      }
    }
    return all;
  }

  static Finding overlap(List<Ids> containers) {
    List<Ids> sorted = new ArrayList<>();
    for (Ids ids : containers) {
      if (ids.count > 0) {
        sorted.add(ids);
      }
    }
    sorted.sort((a, b) -> Long.compare(a.first, b.first));
    for (int i = 1; i < sorted.size(); i++) {
      Ids low = sorted.get(i - 1);
      Ids high = sorted.get(i);
      if (low.overlaps(high)) {
        return Finding.limited(
            low.who + " and " + high.who + " share ids from " + high.first + " on",
            "create one of them anew without --local_uid, and copy its files over");
      }
    }
    return Finding.ok(sorted.isEmpty() ? "none yet" : "no two share any");
  }

  static Finding clash(List<Ids> containers, List<Ids> others) {
    for (Ids container : containers) {
      for (Ids other : others) {
        if (container.overlaps(other)) {
          return Finding.limited(
              other.who
                  + " has ids of "
                  + container.who
                  + " from "
                  + Math.max(other.first, container.first)
                  + " on",
              "give " + other.who + " other ids");
        }
      }
    }
    return Finding.ok("apart");
  }

  static Finding privileged(List<Ids> containers) {
    List<String> names = new ArrayList<>();
    for (Ids ids : containers) {
      if (ids.count == 0) {
        names.add(ids.who);
      }
    }
    return names.isEmpty()
        ? Finding.ok("none")
        : Finding.limited(
            String.join(", ", names) + ": only capabilities and filters confine its root",
            "create it anew without --local_uid 0");
  }

  /** Lines {@code name:first:count} of subuid(5) and subgid(5); others promise nothing. */
  static List<Ids> subordinate(@Nullable String... texts) {
    List<Ids> all = new ArrayList<>();
    for (String text : texts) {
      for (String line : Lines.of(text == null ? "" : text)) {
        List<String> fields = fields(line);
        long first = fields.size() == 3 ? Lines.number(fields.get(1)) : -1;
        long count = fields.size() == 3 ? Lines.number(fields.get(2)) : -1;
        if (first >= 0 && count > 0) {
          all.add(new Ids("user " + fields.get(0), first, count));
        }
      }
    }
    return all;
  }

  /** Lines {@code name:x:id:...} of passwd(5) and group(5). */
  static List<Ids> accounts(@Nullable String passwd, @Nullable String group) {
    List<Ids> all = new ArrayList<>();
    addAccounts(all, "user ", passwd);
    addAccounts(all, "group ", group);
    return all;
  }

  private static void addAccounts(List<Ids> all, String kind, @Nullable String text) {
    for (String line : Lines.of(text == null ? "" : text)) {
      List<String> fields = fields(line);
      long id = fields.size() > 2 ? Lines.number(fields.get(2)) : -1;
      if (id >= 0) {
        all.add(new Ids(kind + fields.get(0), id, 1));
      }
    }
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at <= line.length()) {
      int end = line.indexOf(':', at);
      if (end < 0) {
        end = line.length();
      }
      fields.add(line.substring(at, end));
      at = end + 1;
    }
    return fields;
  }
}
