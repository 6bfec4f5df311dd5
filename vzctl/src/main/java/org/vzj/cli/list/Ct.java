package org.vzj.cli.list;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.Limits;
import org.vzj.beancounters.account.ResourceRow;
import org.vzj.cli.resources.LiveContainer;
import org.vzj.config.VeidPattern;
import org.vzj.container.Container;
import org.vzj.container.CtId;
import org.vzj.container.InitProcess;
import org.vzj.quota.QuotaUse;

/** A container in the list. What the chosen columns do not ask for is not read. */
final class Ct {
  private final ListHost host;
  private final Container container;
  private final @Nullable InitProcess init;
  private @Nullable ConfValues conf;
  private @Nullable Limits limits;
  private @Nullable List<ResourceRow> rows;
  private boolean diskAsked;
  private @Nullable QuotaUse disk;

  /**
   * @param init its first process if it runs, else null
   */
  Ct(ListHost host, Container container, @Nullable InitProcess init) {
    this.host = host;
    this.container = container;
    this.init = init;
  }

  int id() {
    return container.id().value();
  }

  boolean isRunning() {
    return init != null;
  }

  /** The limits in force if it runs and something has been limited, else null. */
  @Nullable Limits limits() {
    if (init == null) {
      return null;
    }
    if (limits == null) {
      limits = LiveContainer.limits(container);
    }
    return limits.isEmpty() ? null : limits;
  }

  /**
   * What the kernel tells of a beancounter; null if it does not run. The first question asks for
   * all that the columns need.
   */
  @Nullable ResourceRow row(Beancounter counter) {
    if (init == null) {
      return null;
    }
    if (rows == null) {
      rows = host.rows(new LiveContainer(container, init));
    }
    for (ResourceRow row : rows) {
      if (row.parameter() == counter) {
        return row;
      }
    }
    return null;
  }

  /** What it takes of its disk, whether it runs or not; null if nobody counts. */
  @Nullable QuotaUse diskUse() {
    if (!diskAsked) {
      diskAsked = true;
      String area = path("VE_PRIVATE");
      disk = area == null ? null : host.diskUse(id(), area);
    }
    return disk;
  }

  Container container() {
    return container;
  }

  /** Its own configuration; defaults of vz.conf are not in it. */
  ConfValues conf() {
    if (conf == null) {
      conf = ConfValues.read(container.configFile());
      if (conf == null) {
        conf = ConfValues.NONE;
      }
    }
    return conf;
  }

  /** VE_PRIVATE or VE_ROOT, from vz.conf if its own file does not say; null if neither does. */
  @Nullable String path(String key) {
    String path = conf().first(key);
    if (path == null) {
      path = host.global().first(key);
    }
    return path == null ? null : expand(path);
  }

  /** Whether it is shown: a container that neither runs nor has a private area is not there. */
  boolean isShown() {
    if (isRunning()) {
      return true;
    }
    String area = path("VE_PRIVATE");
    return area != null && new File(area).exists();
  }

  /** The name, if its link says the same; else null. */
  @Nullable String name() {
    String name = conf().first("NAME");
    return name != null && new CtId(id()).equals(host.store().named(name)) ? name : null;
  }

  /** running, mounted, suspended or stopped. */
  String status() {
    if (isRunning()) {
      return "running";
    }
    String root = path("VE_ROOT");
    if (root != null && host.isMounted(root)) {
      return "mounted";
    }
    return host.isSuspended(id()) ? "suspended" : "stopped";
  }

  /** How long its init has been there, in milliseconds; -1 if it does not run. */
  long uptimeMillis() {
    if (init == null) {
      return -1;
    }
    // /proc counts in ticks of 10 ms, whatever the kernel's own clock is.
    return Math.max(0, host.upMillis() - init.startTime() * 10);
  }

  /** Its load averages; null if it does not run, or nothing counts them. */
  @Nullable List<String> loadAverage() {
    return init == null
        ? null
        : host.loadAverage(new LiveContainer(container, init), TaskCount.of(container));
  }

  private String expand(String path) {
    String expanded = VeidPattern.expand(path, id());
    int end = expanded.length();
    while (end > 1 && expanded.charAt(end - 1) == '/') {
      end--;
    }
    return expanded.substring(0, end);
  }
}
