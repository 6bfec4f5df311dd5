package org.vzj.cli.resources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.Limits;
import org.vzj.beancounters.account.Accounting;
import org.vzj.beancounters.account.ResourceRow;
import org.vzj.beancounters.cgroup.CgroupHost;
import org.vzj.config.GlobalConfig;
import org.vzj.config.Settings;
import org.vzj.container.Container;
import org.vzj.container.InitProcess;
import org.vzj.lifecycle.Host;
import org.vzj.lifecycle.RuleCount;

/**
 * A container that runs, as its resources are asked for.
 *
 * @param container which
 * @param init its first process
 */
public record LiveContainer(Container container, InitProcess init) {

  /** Returns its number. */
  public int id() {
    return container.id().value();
  }

  /** Returns the limits in force, with those that follow from RAM and swap. */
  public Limits limits() {
    return limits(container);
  }

  /** The limits in force in a running container; without the file that tells, none. */
  public static Limits limits(Container container) {
    try {
      return Limits.parse(Files.readString(container.limitsFile())).withImplied();
    } catch (IOException e) {
      return Limits.NONE;
    }
  }

  /**
   * Asks the kernel for some beancounters.
   *
   * @param proc where procfs is mounted
   * @param cgroups the host's
   * @param rules whether netfilter rules are counted, which costs two processes; else they are 0
   * @throws IOException if it does not tell, as when the container has stopped
   */
  public List<ResourceRow> rows(
      Path proc, CgroupHost cgroups, List<Beancounter> wanted, boolean rules) throws IOException {
    return accounting(proc, cgroups, rules).rows(wanted);
  }

  /** As {@link #rows(Path, CgroupHost, List, boolean)}, for all of them: swappages is the last. */
  public List<ResourceRow> rows(Path proc, CgroupHost cgroups, boolean rules) throws IOException {
    return accounting(proc, cgroups, rules).rows();
  }

  private Accounting accounting(Path proc, CgroupHost cgroups, boolean rules) {
    return new Accounting(
        proc,
        cgroups.group(container.id().toString()),
        init.pid(),
        limits(),
        container.runDirectory(),
        rules ? this::countRules : null);
  }

  /** A firewall that cannot be listed must not hide all the other numbers. */
  private long countRules() {
    try {
      Host host = new Host(container.paths(), new GlobalConfig(Settings.NONE));
      return new RuleCount(host, init).count();
    } catch (IOException e) {
      return 0;
    }
  }
}
