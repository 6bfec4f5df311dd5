package org.vzj.cli.list;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vzj.container.Container;
import org.vzj.container.CtId;
import org.vzj.container.InitProcess;

/**
 * Finds containers: the running ones by their files in /run/vz, the others by their configuration.
 */
final class ContainerScan {
  private static final String SUFFIX = ".conf";

  private final ListHost host;
  private final PrintStream err;

  ContainerScan(ListHost host, PrintStream err) {
    this.host = host;
    this.err = err;
  }

  /** All running containers and, if asked for, all configured ones, by ascending id. */
  List<Ct> all(boolean alsoConfigured) throws IOException {
    TreeMap<Integer, Ct> found = new TreeMap<>();
    String[] running = host.paths().run().toFile().list();
    for (String name : running == null ? new String[0] : running) {
      CtId id = canonical(name);
      InitProcess init = id == null ? null : running(host.store().container(id));
      if (id != null && init != null) {
        found.put(id.value(), new Ct(host, host.store().container(id), init));
      }
    }
    if (alsoConfigured) {
      for (CtId id : configured()) {
        if (!found.containsKey(id.value())) {
          found.put(id.value(), new Ct(host, host.store().container(id), null));
        }
      }
    }
    return new ArrayList<>(found.values());
  }

  /** Those of these containers that run or are configured, by ascending id. */
  List<Ct> these(SortedSet<CtId> ids) {
    List<Ct> found = new ArrayList<>();
    for (CtId id : ids) {
      Container container = host.store().container(id);
      InitProcess init = running(container);
      if (init != null || container.configFile().toFile().exists()) {
        found.add(new Ct(host, container, init));
      }
    }
    return found;
  }

  private @Nullable InitProcess running(Container container) {
    InitProcess init = InitProcess.recorded(container);
    return init != null && host.isAlive(init) ? init : null;
  }

  private List<CtId> configured() throws IOException {
    File directory = host.paths().conf().toFile();
    String[] names = directory.list();
    if (names == null) {
      String why = directory.exists() ? "Permission denied" : "No such file or directory";
      throw new IOException("Unable to open " + directory + ": " + why);
    }
    List<CtId> ids = new ArrayList<>(names.length);
    for (String name : names) {
      if (!name.endsWith(SUFFIX)) {
        continue;
      }
      String number = name.substring(0, name.length() - SUFFIX.length());
      CtId id = canonical(number);
      if (id != null) {
        ids.add(id);
      } else if (isNumber(number)) {
        err.println("Warning: invalid CTID in config file name: " + name + ", skipping");
      }
    }
    return ids;
  }

  /** The id whose usual form the digits are: {@code 0101.conf} belongs to no container. */
  private static @Nullable CtId canonical(String digits) {
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      return null;
    }
    return CtId.parse(digits);
  }

  private static boolean isNumber(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    if (text.startsWith("0")) {
      return false;
    }
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > from;
  }
}
