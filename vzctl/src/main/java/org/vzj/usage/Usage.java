package org.vzj.usage;

import org.vzj.beancounters.cgroup.GroupUse;
import org.vzj.container.CtId;

/**
 * What one container used between two looks at it. {@link GroupUse#UNKNOWN} stands for what this
 * host does not count.
 *
 * @param id its number
 * @param name its name, else its host name, else empty
 * @param cpu percent of one CPU
 * @param throttled percent of the time in which its limit held some of it up
 * @param readRate bytes read per second
 * @param writeRate bytes written per second
 * @param now what it uses now, and counts since it started
 */
public record Usage(
    CtId id,
    String name,
    double cpu,
    double throttled,
    double readRate,
    double writeRate,
    GroupUse now) {

  /** How often something was refused or killed since it started; 0 if nothing counts. */
  public long failures() {
    return Math.max(0, now.oomKills()) + Math.max(0, now.forksRefused());
  }

  /** Memory that is not merely cached files, in bytes. */
  public long ownMemory() {
    return now.memory() < 0 ? GroupUse.UNKNOWN : now.memory() - Math.max(0, now.cache());
  }

  /** Percent of its limit of memory that it has, -1 without a limit. */
  public double ofMemoryLimit(long hostMemory) {
    return now.memory() < 0 || now.memoryLimit() <= 0 || now.memoryLimit() > hostMemory
        ? GroupUse.UNKNOWN
        : 100.0 * now.memory() / now.memoryLimit();
  }
}
