package org.vzj.lifecycle;

import java.nio.file.FileAlreadyExistsException;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Stdio;
import org.vzj.linux.launch.StdioMode;

/**
 * Runs a script of the host's in a container: in the running one, or else in an environment that is
 * made for it, without init, and gone afterwards.
 */
public final class RunScript {
  private RunScript() {}

  /**
   * Runs it.
   *
   * @param stdio with the script as the input, which a shell of the container reads
   * @return how the shell ended
   */
  public static LaunchReport run(Target target, Stdio stdio) throws VzException {
    InitProcess init = InitProcess.running(target.container());
    if (init != null) {
      LaunchPlan.Builder plan = EnterPlan.begin(target, init, StdioMode.PIPES);
      EnterPlan.environment(plan, EnterPlan.ENVIRONMENT);
      return finish(target, plan, stdio);
    }
    return inEnvironment(target, plan -> finish(target, plan, stdio));
  }

  /**
   * Runs a script in a stopped container, as {@link #run} does.
   *
   * @param seconds how long it may take
   * @return the shell's exit status, -1 if there is none
   */
  static int inStopped(Target target, byte[] script, int seconds) throws VzException {
    return inEnvironment(
        target,
        plan ->
            InsideScript.finish(
                target, EnterPlan.shell(plan, "/bin/bash", "/bin/sh"), script, seconds));
  }

  /** What is done with a plan that leads into the environment. */
  private interface Work<T> {
    T with(LaunchPlan.Builder plan) throws VzException;
  }

  private static <T> T inEnvironment(Target target, Work<T> work) throws VzException {
    Mount.requirePrivateArea(target);
    Ownership.checkIds(target);
    Remains.clear(target);
    boolean mounted = HostMounts.read().contains(target.root());
    try (Undo undo = new Undo(target.messages())) {
      if (!mounted) {
        Mount.bind(target);
        undo.push("mount", () -> Umount.unbind(target));
      }
      Ownership.check(target, target.files());
      undo.push("state and cgroup", () -> Remains.clear(target));
      Environment.makeRunDirectory(target);
      Cgroup group = Environment.group(target);
      Confinement confinement = Confinement.of(target.config(), target.host().filters());
      LaunchPlan.Builder plan = LaunchPlan.builder();
      Environment.addSteps(plan, target, group);
      plan.stdio(StdioMode.PIPES);
      StartPlan.environment(plan, target, group, confinement, null, null);
      EnterPlan.environment(plan, EnterPlan.ENVIRONMENT);
      return work.with(plan);
    } catch (FileAlreadyExistsException e) {
      throw new VzException(
          ExitCode.ENVIRONMENT, "Container " + target.id() + " is being started just now", e);
    }
  }

  private static LaunchReport finish(Target target, LaunchPlan.Builder plan, Stdio stdio)
      throws VzException {
    return Exec.run(target, EnterPlan.shell(plan, "/bin/bash", "/bin/sh"), stdio);
  }
}
