package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.config.Parameter;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.proc.MountInfo;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;
import org.vzj.linux.process.FilterProcess;
import org.vzj.rootfs.InsideView;

/**
 * The lxcfs of a machine: the one that the boot service runs where the program is installed, else
 * whosever is mounted and works. The service runs none beside one that does all that ours would:
 * many distributions start it without {@code -l}, and containers see the load of the host then.
 */
public final class Lxcfs {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** It stays in the foreground, and would hold what it was given. */
  private static final String DETACHED = "exec setsid -f \"$@\" >/dev/null 2>&1 </dev/null";

  private static final int TRIES = 200;
  private static final int PAUSE_MILLIS = 50;

  /** Where one is mounted. */
  private record Found(@Nullable Path mountPoint) {}

  private final Host host;
  private volatile List<MountInfo> mounts = List.of();
  private volatile @Nullable Found found;

  Lxcfs(Host host) {
    this.host = host;
  }

  /** Takes the mounts of the host, which have been read for another reason; returns them. */
  List<MountInfo> look(List<MountInfo> seen) {
    mounts = seen;
    return seen;
  }

  private boolean isOff() {
    return "no".equals(host.global().get(Parameter.LXCFS));
  }

  /**
   * Returns where a lxcfs that works is mounted; null if none is, or LXCFS=no. It is asked for once
   * by each command, and not by those that need none: its server may hang.
   *
   * @throws VzException BAD_KERNEL if the host has no cgroup hierarchy mounted
   */
  @Nullable Path mountPoint() throws VzException {
    if (isOff()) {
      return null;
    }
    Found known = found;
    if (known == null) {
      host.monitors(); // has looked at the mounts
      known = new Found(InsideView.find(mounts, directory()));
      found = known;
    }
    return known.mountPoint();
  }

  private Path directory() {
    return host.paths().run().resolve("lxcfs");
  }

  private Path pidFile() {
    return host.paths().run().resolve("lxcfs.pid");
  }

  /**
   * Starts one where none works that counts loads, the program is installed and LXCFS is not no.
   * Without --enable-cfs: the CPUs that a container sees follow from its cpuset.
   *
   * @return whether it was started
   * @throws VzException SYSTEM if that fails: containers start all the same
   */
  public boolean start() throws VzException, InterruptedException {
    String program = FilterProcess.find("lxcfs");
    if (program.isEmpty() || isOff()) {
      return false;
    }
    Path present = mountPoint();
    if (present != null && (present.equals(directory()) || LoadAverage.isCounted(present))) {
      return false;
    }
    try {
      removeDead();
      Files.createDirectories(directory());
      CommandResult result = Commands.system().run(command(program));
      Path file = directory().resolve("proc/uptime");
      for (int i = 0; i < TRIES && result.ok() && !Files.exists(file); i++) {
        Thread.sleep(PAUSE_MILLIS);
      }
      if (!Files.exists(file)) {
        stop();
        throw new VzException(
            ExitCode.SYSTEM, "Unable to start lxcfs: nothing is mounted on " + directory());
      }
      leaveService();
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to start lxcfs: " + e.getMessage(), e);
    }
    found = new Found(directory());
    return true;
  }

  private Command command(String program) {
    return Command.of(
            "sh",
            "-c",
            DETACHED,
            "sh",
            program,
            "-l",
            "-p",
            pidFile().toString(),
            directory().toString())
        .timeout(PATIENCE);
  }

  /** Of one that was killed the mount is left. */
  private void removeDead() throws VzException {
    for (MountInfo mount : mounts) {
      if (mount.mountPoint().equals(directory().toString())) {
        LaunchPlan plan = LaunchPlan.builder().umount(directory().toString(), true).build();
        host.runPlan(plan, ExitCode.SYSTEM, "Unable to take away a dead lxcfs");
      }
    }
  }

  /** In the group of the service it would end with it, and containers must survive that. */
  private void leaveService() throws IOException, VzException {
    ProcessHandle process = process();
    if (process == null) {
      return;
    }
    host.prepareCgroups();
    Cgroup monitors = host.monitors();
    for (Path group : monitors.joinPaths()) {
      Files.writeString(
          group.resolve("cgroup.procs"), process.pid() + "", StandardOpenOption.WRITE);
    }
  }

  /**
   * Ends the one that {@link #start} has started, when no container is left that looks into it.
   *
   * @throws VzException SYSTEM if something of it stays
   */
  public void stop() throws VzException, InterruptedException {
    ProcessHandle process = process();
    try {
      if (process != null) {
        process.destroy(); // It unmounts itself at SIGTERM.
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
          Thread.sleep(PAUSE_MILLIS);
        }
      }
      Files.deleteIfExists(pidFile());
      Files.deleteIfExists(directory());
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to stop lxcfs: " + e, e);
    }
  }

  /** The process that the file names, if it is one of lxcfs and not another by its number. */
  private @Nullable ProcessHandle process() {
    try {
      long pid = Long.parseLong(Files.readString(pidFile()).strip());
      Optional<ProcessHandle> process = ProcessHandle.of(pid);
      String name = Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
      return process.isPresent() && name.equals("lxcfs") ? process.get() : null;
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }
}
