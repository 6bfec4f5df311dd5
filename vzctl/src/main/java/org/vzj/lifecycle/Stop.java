package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Stdio;
import org.vzj.linux.launch.StdioMode;

/** Ends a running container: in order if it can, by force if it must. */
public final class Stop {
  private static final int SIGKILL = 9;
  private static final long MONITOR_MILLIS = 5000;
  private static final long HALT_REPEAT_MILLIS = 3000;
  private static final long BEFORE_THAW_MILLIS = 1000;
  private static final Duration GROUP_PATIENCE = Duration.ofSeconds(10);

  private final Target target;
  private final boolean fast;
  private final boolean skipUmount;

  /**
   * @param fast kill at once
   * @param skipUmount leave VE_ROOT mounted
   */
  public Stop(Target target, boolean fast, boolean skipUmount) {
    this.target = target;
    this.fast = fast;
    this.skipUmount = skipUmount;
  }

  /**
   * Stops the container and takes away what it left: cgroups, state, mounts. One that does not run
   * is only tidied up, and that is no error.
   *
   * @throws VzException ACTION_SCRIPT if CTID.stop fails (the container then keeps running),
   *     STOP_FAILED if even killing did not end it, or an error of umount
   */
  public void run() throws VzException {
    InitProcess init = InitProcess.running(target.container());
    if (init == null) {
      target.messages().warn("Unable to stop: container is not running");
      Remains.clear(target);
      return;
    }
    Frozen.recover(target);
    if (!fast) {
      InsideScript.action(target, init, "stop");
    }
    announce();
    InitProcess monitor = init.monitor();
    boolean ended = false;
    try {
      ended = (!fast && stopInOrder(init)) || kill(init);
    } finally {
      if (!ended) {
        forgetAnnouncement();
      }
    }
    if (!ended) {
      throw new VzException(ExitCode.STOP_FAILED, "Unable to stop container: operation timed out");
    }
    // It looks for our announcement when init has ended, and would begin to tidy up without it.
    if (monitor != null) {
      waitForEnd(monitor, MONITOR_MILLIS);
    }
    target.messages().say("Container was stopped");
    if (skipUmount) {
      Remains.clear(target);
    } else {
      Remains.clearAndUmount(target);
    }
  }

  /** Tells the monitor that this process tidies up, so that it need not start one. */
  private void announce() {
    try {
      Files.writeString(target.container().stoppingFile(), InitProcess.ofThisProcess() + "\n");
    } catch (IOException e) {
      target.messages().detail("Unable to write " + target.container().stoppingFile() + ": " + e);
    }
  }

  private void forgetAnnouncement() {
    try {
      Files.deleteIfExists(target.container().stoppingFile());
    } catch (IOException e) {
      target.messages().detail("Unable to remove the stop mark: " + e);
    }
  }

  private boolean stopInOrder(InitProcess init) throws VzException {
    InitKind kind = InitKind.of(init);
    if (kind == InitKind.DEAF) {
      return false;
    }
    target.messages().say("Stopping container ...");
    long end = System.nanoTime() + target.config().stopTimeout() * 1_000_000_000L;
    if (kind == InitKind.HALT_COMMAND) {
      runHalt(init);
    } else {
      signal(init, kind.haltSignal());
    }
    return waitForEnd(init, Math.max(0, (end - System.nanoTime()) / 1_000_000));
  }

  private boolean kill(InitProcess init) throws VzException {
    target.messages().say("Killing container ...");
    signal(init, SIGKILL);
    if (waitForEnd(init, BEFORE_THAW_MILLIS)) {
      return true;
    }
    killGroup();
    return waitForEnd(init, Math.max(1000L, target.config().stopTimeout() * 500L));
  }

  /** In cgroup v1 a frozen process does not even die of SIGKILL. This thaws what it kills. */
  private void killGroup() throws VzException {
    try {
      target.host().cgroup(target.id()).kill(GROUP_PATIENCE);
    } catch (IOException e) {
      target.messages().detail("Unable to kill the cgroup: " + e.getMessage());
    }
  }

  /**
   * Beside the thread that watches init: the guest's halt command may take as long as it likes, and
   * must not make us wait longer than the timeout. It ends with the container or with us.
   */
  private void runHalt(InitProcess init) throws VzException {
    LaunchPlan halt =
        beginHalt(init)
            .tryExec("/sbin/halt", List.of("halt"))
            .tryExec("/sbin/poweroff", List.of("poweroff"))
            .exec("/sbin/init", List.of("init", "0"))
            .build();
    // Not halt again: in the middle of a shutdown it pulls the plug.
    LaunchPlan again =
        beginHalt(init)
            .tryExec("/sbin/telinit", List.of("telinit", "0"))
            .exec("/sbin/init", List.of("init", "0"))
            .build();
    Thread.ofPlatform().name("halt").daemon().start(() -> runHalt(init, halt, again));
  }

  private LaunchPlan.Builder beginHalt(InitProcess init) throws VzException {
    LaunchPlan.Builder plan = EnterPlan.begin(target, init, StdioMode.NULL);
    EnterPlan.environment(plan, EnterPlan.ENVIRONMENT);
    return plan;
  }

  /**
   * System V init loses what it is told in the middle of its boot: it makes its FIFO anew when /run
   * has been mounted. So it is told again until it has ended.
   */
  private void runHalt(InitProcess init, LaunchPlan halt, LaunchPlan again) {
    try {
      target.messages().detail("halt inside: " + outcome(halt));
      while (!waitForEnd(init, HALT_REPEAT_MILLIS) && !Thread.interrupted()) {
        target.messages().detail("init 0 inside: " + outcome(again));
      }
    } catch (VzException e) {
      target.messages().detail("halt inside: " + e.text());
    }
  }

  private LaunchReport outcome(LaunchPlan plan) throws VzException {
    return target.host().run(plan, Stdio.captured(new byte[0]));
  }

  private void signal(InitProcess init, int number) throws VzException {
    LaunchPlan plan = LaunchPlan.builder().signal(init.pid(), init.startTime(), number).build();
    if (target.host().run(plan) instanceof LaunchReport.Failed failed
        && !failed.errno().equals("ESRCH")) {
      throw new VzException(ExitCode.STOP_FAILED, "Unable to stop container: " + failed.text());
    }
  }

  /**
   * Polls, for init is nobody's child here; the pause grows so that a quick end is seen at once.
   *
   * @throws VzException STOP_FAILED if the caller was interrupted, who has not asked to kill it
   */
  private static boolean waitForEnd(InitProcess init, long millis) throws VzException {
    long end = System.nanoTime() + millis * 1_000_000;
    int pause = 1;
    while (init.alive()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new VzException(ExitCode.STOP_FAILED, "Unable to stop container: interrupted", e);
      }
      pause = Math.min(pause * 2, 20);
    }
    return true;
  }
}
