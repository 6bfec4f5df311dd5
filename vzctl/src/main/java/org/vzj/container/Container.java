package org.vzj.container;

import java.nio.file.Path;

/**
 * A container as the names of its files, and nothing else.
 *
 * @param id its number
 * @param paths where the tools keep things
 */
public record Container(CtId id, VzPaths paths) {
  /** Returns the file of what the administrator decided about it. */
  public Path configFile() {
    return paths.conf().resolve(id + ".conf");
  }

  /**
   * Returns the action script of one kind.
   *
   * @param kind premount, mount, start, stop, umount or postumount
   */
  public Path script(String kind) {
    return paths.conf().resolve(id + "." + kind);
  }

  /** Returns the directory of what is true of it until the next boot. */
  public Path runDirectory() {
    return paths.run().resolve(id.toString());
  }

  /** Returns the file with init's pid and start time, written by the launcher. */
  public Path initFile() {
    return runDirectory().resolve("init");
  }

  /** Returns the file with the directories of its cgroup, one a line. */
  public Path cgroupFile() {
    return runDirectory().resolve("cgroup");
  }

  /** Returns the file with the resource limits in force; none: nothing is limited. */
  public Path limitsFile() {
    return runDirectory().resolve("limits");
  }

  /** Returns the file that is there if equal pages of its processes may be merged. */
  public Path mergeFile() {
    return runDirectory().resolve("ksm");
  }

  /** Returns the file with the number of processes killed for want of memory that were told of. */
  public Path oomFile() {
    return runDirectory().resolve("oom");
  }

  /** Returns the file with the process that has frozen it; there is none if it is not. */
  public Path frozenFile() {
    return runDirectory().resolve("frozen");
  }

  /** Returns the file of what was set while it runs, and not saved. */
  public Path liveFile() {
    return runDirectory().resolve("live.conf");
  }

  /** Returns the file with the seccomp program in force, in hexadecimal. */
  public Path seccompFile() {
    return runDirectory().resolve("seccomp");
  }

  /** Returns the file of what it has on the network; there is none if that is nothing. */
  public Path networkFile() {
    return runDirectory().resolve("network");
  }

  /** Returns the file that its network is mounted on while it has devices of the host's. */
  public Path netnsFile() {
    return runDirectory().resolve("netns");
  }

  /** Returns the file of its firewall's rules, which the administrator writes; often none. */
  public Path firewallFile() {
    return paths.conf().resolve(id + ".fw");
  }

  /** Returns the file with its number, which the addresses that it takes are links to. */
  public Path claimFile() {
    return runDirectory().resolve("claim");
  }

  /** Returns the ring buffer of its console's output. */
  public Path consoleLog() {
    return runDirectory().resolve("console.log");
  }

  /** Returns the socket at which its console is served. */
  public Path consoleSocket() {
    return runDirectory().resolve("console.sock");
  }

  /**
   * Returns the socket by which commands that enter hand their filters' listeners to the monitor;
   * it is there while the container has quota of users and groups.
   */
  public Path ugidSocket() {
    return runDirectory().resolve("ugid");
  }

  /** Returns the file in which the monitor says how init ended. */
  public Path exitFile() {
    return runDirectory().resolve("exit");
  }

  /**
   * Returns the file with the pid of the command that is stopping it, which silences the monitor.
   */
  public Path stoppingFile() {
    return runDirectory().resolve("stopping");
  }
}
