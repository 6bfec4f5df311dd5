package org.vzj.container;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the tools keep things: the only class that knows the names of the shared directories.
 *
 * @param etc what the administrator decided ({@code /etc/vz})
 * @param run what is true until the next boot ({@code /run/vz})
 * @param state what is remembered from one boot to the next ({@code /var/lib/vzctl})
 * @param lib the installed private files, among them the launcher
 */
public record VzPaths(Path etc, Path run, Path state, Path lib) {
  private static final Path STATE = Path.of("/var/lib/vzctl");

  /** Places apart from those of the host: the state lies beside {@code etc}. */
  public VzPaths(Path etc, Path run, Path lib) {
    this(etc, run, etc.resolveSibling("state"), lib);
  }

  /**
   * Returns the places that the environment names: VZ_ETC_DIR, VZ_RUN_DIR, VZ_STATE_DIR and
   * VZ_LIB_DIR. By default they are /etc/vz, /run/vz, /var/lib/vzctl and the run-time image that
   * this process runs from, in which the launcher lies too.
   */
  public static VzPaths of(Map<String, String> environment) {
    return new VzPaths(
        place(environment.get("VZ_ETC_DIR"), "/etc/vz"),
        place(environment.get("VZ_RUN_DIR"), "/run/vz"),
        place(environment.get("VZ_STATE_DIR"), STATE.toString()),
        place(environment.get("VZ_LIB_DIR"), System.getProperty("java.home", "/")));
  }

  /** An empty variable says nothing: it would mean the caller's working directory. */
  private static Path place(@Nullable String variable, String otherwise) {
    return Path.of(variable == null || variable.isEmpty() ? otherwise : variable);
  }

  /** Returns vz.conf, the global configuration file. */
  public Path globalConfig() {
    return etc.resolve("vz.conf");
  }

  /** Returns the directory of container configurations, samples and action scripts. */
  public Path conf() {
    return etc.resolve("conf");
  }

  /** Returns the directory of name links. */
  public Path names() {
    return etc.resolve("names");
  }

  /** Returns the directory of distribution configurations; its {@code scripts} are below. */
  public Path dists() {
    return etc.resolve("dists");
  }

  /** Returns the directory of user id ranges that containers in the making have reserved. */
  public Path idReservations() {
    return run.resolve("ids");
  }

  /** Returns the directory of addresses that running containers have. */
  public Path addresses() {
    return run.resolve("addresses");
  }

  /** Returns the directory that launch plans are handed over in; private to root. */
  public Path plans() {
    return run.resolve("plans");
  }

  /** Returns the directory of marks of the snapshots that are mounted, one below for each CT. */
  public Path snapshotMounts() {
    return run.resolve("snapshots");
  }

  /** Returns the mount point of systemd's cgroup v1 hierarchy on a host that has only v2. */
  public Path oldCgroups() {
    return run.resolve("cgroup-systemd");
  }

  /** Returns the file that is there while the boot service counts as started. */
  public Path serviceMark() {
    return run.resolve("service");
  }

  /** Returns the file that a verb of the boot service locks. */
  public Path serviceLock() {
    return run.resolve("service.lock");
  }

  /** Returns the directory of marks of the containers that ran when the host was shut down. */
  public Path bootMarks() {
    return state.resolve("vzreboot");
  }

  /**
   * Returns the directory of what is remembered of disk quota: beside another state if there is
   * one.
   */
  public Path quota() {
    return state.equals(STATE) ? Path.of("/var/vzquota") : state.resolve("vzquota");
  }

  /** Returns the launcher. */
  public Path launcher() {
    return lib.resolve("vzlaunch");
  }

  /** Returns the program that asks for addresses and announces them. */
  public Path arpsend() {
    return lib.resolve("bin/arpsend");
  }

  /** Returns the command that the monitor starts when a container's init has ended. */
  public Path vzctl() {
    return lib.resolve("bin/vzctl");
  }

  /** Returns the program that stays as the parent of a container's init. */
  public Path monitor() {
    return lib.resolve("vzmonitor");
  }
}
