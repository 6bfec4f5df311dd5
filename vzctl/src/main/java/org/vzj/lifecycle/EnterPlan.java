package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.LimitsApplier;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.Namespace;
import org.vzj.linux.launch.StdioMode;
import org.vzj.linux.proc.ProcStatus;
import org.vzj.scripts.HostScript;

/**
 * How a process gets into a running container.
 *
 * <p>What it may do there is copied from init as it runs, not from the configuration: the
 * configuration may have changed since the start, and an upgrade of these tools must not change
 * what a command inside may do.
 */
public final class EnterPlan {
  /** What a command inside finds in its environment besides the search path, as in OpenVZ. */
  static final List<String> ENVIRONMENT = List.of("HOME=/", "TERM=linux");

  private EnterPlan() {}

  /**
   * Begins a plan: into the cgroups, the namespaces, with the capabilities and the system calls
   * that init has. What follows is the environment and the program.
   *
   * @param stdio null, pipes or pty, as the launcher's step of that name
   * @throws VzException NOT_RUNNING if it has ended, SYSTEM if it cannot be confined as init is
   */
  public static LaunchPlan.Builder begin(Target target, InitProcess init, StdioMode stdio)
      throws VzException {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    for (Path group : target.host().cgroup(target.id()).joinPaths()) {
      plan.cgroup(group.toString());
    }
    LimitsApplier.addProcessLimits(plan, LimitsApplier.inForce(target));
    plan.setns(init.pid(), init.startTime(), namespaces(target, init));
    plan.stdio(stdio);
    plan.fork();
    plan.inside();
    if (stdio == StdioMode.PTY) {
      plan.sessionWithTerminal();
    } else {
      plan.session();
    }
    if (Files.exists(target.container().mergeFile())) {
      plan.mergeMemory();
    }
    confine(plan, target, init);
    return plan.chdir("/");
  }

  private static void confine(LaunchPlan.Builder plan, Target target, InitProcess init)
      throws VzException {
    Path filter = target.container().seccompFile();
    try {
      ProcStatus status = ProcStatus.read(Path.of("/proc"), init.pid());
      if (status == null) {
        throw new VzException(ExitCode.NOT_RUNNING, "Container is not running");
      }
      // Before init runs there is no monitor yet: what would be asked is refused then.
      Path monitor = UgidQuota.isOn(target) ? target.container().ugidSocket() : null;
      Confinement.add(plan, status.bounding(), Files.readString(filter).strip(), monitor);
    } catch (IOException e) {
      // Without its filter nothing may enter.
      throw new VzException(ExitCode.SYSTEM, "Unable to read " + filter + ": " + e, e);
    }
  }

  /** A privileged container shares the host's user namespace, and setns into one's own fails. */
  private static Namespace[] namespaces(Target target, InitProcess init) throws VzException {
    return ownUserNamespace(target, init)
        ? Namespace.values()
        : new Namespace[] {
          Namespace.PID,
          Namespace.MOUNT,
          Namespace.NET,
          Namespace.IPC,
          Namespace.UTS,
          Namespace.CGROUP
        };
  }

  private static boolean ownUserNamespace(Target target, InitProcess init) throws VzException {
    try {
      return !Files.readSymbolicLink(Path.of("/proc/" + init.pid() + "/ns/user"))
          .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
    } catch (IOException e) {
      throw new VzException(
          ExitCode.NOT_RUNNING, "Container " + target.id() + " is not running", e);
    }
  }

  /** Sets exactly this environment and the usual search path. */
  static void environment(LaunchPlan.Builder plan, List<String> assignments) {
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      plan.env(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    plan.env("PATH", HostScript.SEARCH_PATH);
  }

  /** Ends the plan with a shell: bash, or sh where there is none. */
  static LaunchPlan shell(
      LaunchPlan.Builder plan, String bashName, String shName, String... words) {
    return plan.tryExec("/bin/bash", prepend(bashName, words))
        .exec("/bin/sh", prepend(shName, words))
        .build();
  }

  private static List<String> prepend(String first, String[] rest) {
    List<String> all = new ArrayList<>(rest.length + 1);
    all.add(first);
    for (String word : rest) {
      all.add(word);
    }
    return all;
  }
}
