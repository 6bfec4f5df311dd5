package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Stdio;
import org.vzj.linux.launch.StdioMode;
import org.vzj.scripts.DistScripts;

/** Scripts that the host has and a shell of the container reads from its standard input. */
final class InsideScript {
  /** OpenVZ's limit for scripts of distributions, in seconds. */
  static final int LIMIT = 300;

  /** OpenVZ has none for the administrator's own: one that saves databases may need its time. */
  private static final int FOR_EVER = 0;

  /** The shell is the container's own: it may print for ever. */
  private static final int MOST_OUTPUT = 64 * 1024;

  private InsideScript() {}

  /**
   * Runs the container's own action script of a kind, if there is one.
   *
   * @param kind start or stop
   * @throws VzException ACTION_SCRIPT if it fails
   */
  static void action(Target target, InitProcess init, String kind) throws VzException {
    Path script = target.container().script(kind);
    if (!Files.exists(script)) {
      return;
    }
    byte[] text;
    try {
      text = Files.readAllBytes(script);
    } catch (IOException e) {
      throw new VzException(ExitCode.ACTION_SCRIPT, "Unable to read " + script + ": " + e, e);
    }
    if (feed(target, init, text, EnterPlan.ENVIRONMENT, FOR_EVER) != 0) {
      throw new VzException(
          ExitCode.ACTION_SCRIPT, "Error executing " + kind + " script " + script);
    }
  }

  /**
   * Tells whether there is anything to run inside before init: without, a start is quicker.
   *
   * @throws VzException if the distribution's scripts cannot be read
   */
  static boolean hasWorkBeforeInit(Target target, DistScripts scripts, DistActions actions)
      throws VzException {
    return !actions.isEmpty()
        || scripts.has("PRE_START")
        || Files.exists(target.container().script("start"));
  }

  /**
   * Runs what the distribution wants done before init: addresses, the host name, name servers, then
   * PRE_START.
   *
   * @throws VzException ACTION_SCRIPT if PRE_START fails; other failures are only told
   */
  static void beforeInit(Target target, InitProcess init, DistScripts scripts, DistActions actions)
      throws VzException {
    actions.run(init);
    byte @Nullable [] preStart = scripts.script("PRE_START");
    if (preStart == null) {
      return;
    }
    boolean privileged = target.config().localUid() == 0;
    List<String> environment = List.of("VZ_KERNEL=no", privileged ? "USERNS=no" : "USERNS=yes");
    if (feed(target, init, preStart, environment, LIMIT) != 0) {
      throw new VzException(ExitCode.ACTION_SCRIPT, "Error executing the PRE_START script");
    }
  }

  /**
   * Has a shell of the container read a script, and passes on what it says.
   *
   * @param seconds how long it may take, 0 for ever
   * @return its exit status, or -1 if it was not started, was killed or did not end in time
   */
  static int feed(
      Target target, InitProcess init, byte[] script, List<String> environment, int seconds)
      throws VzException {
    LaunchPlan.Builder plan = EnterPlan.begin(target, init, StdioMode.PIPES);
    EnterPlan.environment(plan, environment);
    return finish(target, EnterPlan.shell(plan, "/bin/bash", "/bin/sh"), script, seconds);
  }

  /** Executes a plan whose program reads a script, as {@link #feed} does. */
  static int finish(Target target, LaunchPlan plan, byte[] script, int seconds) throws VzException {
    Stdio stdio = Stdio.captured(script, MOST_OUTPUT);
    LaunchReport report;
    try {
      report = target.host().run(plan, stdio, seconds);
    } catch (VzException e) {
      if (e.status() != ExitCode.EXEC_TIMEOUT.number()) {
        throw e;
      }
      target.messages().warn(e.text());
      return -1;
    }
    target.messages().guestOutput(stdio.outText());
    target.messages().guestOutput(stdio.errText());
    if (report instanceof LaunchReport.Failed failed) {
      target.messages().warn(failed.text());
    }
    return report instanceof LaunchReport.Exited exited ? exited.status() : -1;
  }
}
