package org.vzj.linux.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Executes plans by the C program vzlaunch, because a JVM, having threads, cannot enter user
 * namespaces itself. Safe for use by several threads at once.
 */
public final class Launcher {
  private static final long LEAVE_SECONDS = 10;

  private final Path vzlaunch;
  private final Path planDirectory;
  private @Nullable LaunchServer server;

  /**
   * Names the program and a place for plans.
   *
   * @param vzlaunch the program
   * @param planDirectory a directory that only root can enter, on a tmpfs for speed; made if
   *     missing
   */
  public Launcher(Path vzlaunch, Path planDirectory) {
    this.vzlaunch = vzlaunch;
    this.planDirectory = planDirectory;
  }

  /**
   * Executes a plan that needs neither the caller's streams nor an answer at a gate: one of host
   * steps alone, or one that starts a container with a user namespace. Such plans share one process
   * of the launcher, which lives as long as this JVM.
   *
   * @return how it ended; a failed step is a result, not an exception
   * @throws IOException if the launcher itself could not be started, or has been killed
   * @throws InterruptedIOException if the thread is interrupted; the plan is given up
   */
  public LaunchReport execute(LaunchPlan plan) throws IOException {
    return server().execute(plan);
  }

  private synchronized LaunchServer server() throws IOException {
    LaunchServer known = server;
    if (known == null) {
      ProcessBuilder builder = new ProcessBuilder(vzlaunch.toString(), "--serve");
      builder.redirectError(Redirect.INHERIT);
      keepOwnVariables(builder.environment());
      known = new LaunchServer(builder.start());
      known.start();
      server = known;
    }
    return known;
  }

  /**
   * Starts a container that nobody has anything to do in before its init runs.
   *
   * @param plan begins with {@code detach}, without a {@code gate}, in a new user namespace
   * @return init, which runs
   * @throws LaunchException if a step failed; nothing is left running
   * @throws IOException as {@link #execute}
   */
  public StartedInit start(LaunchPlan plan) throws IOException {
    return started(execute(plan));
  }

  private static StartedInit started(LaunchReport report) throws LaunchException {
    if (report instanceof LaunchReport.Started started) {
      return new StartedInit(started.pid());
    }
    if (report instanceof LaunchReport.Failed failed) {
      throw new LaunchException(failed);
    }
    throw new LaunchException(
        new LaunchReport.Failed(0, "plan", "EINVAL", "the plan does not start a container"));
  }

  /**
   * Executes a plan with the caller's own standard streams and waits for its end.
   *
   * @return how it ended; a failed step is a result, not an exception
   * @throws IOException if the launcher itself could not be started
   * @throws InterruptedIOException if the thread is interrupted; the launcher is ended
   */
  public LaunchReport run(LaunchPlan plan) throws IOException {
    return run(plan, Stdio.inherit());
  }

  /**
   * Executes a plan with the given streams and waits for its end.
   *
   * @param stdio what the plan's process reads and writes; holds its output afterwards
   * @return how it ended; a failed step is a result, not an exception
   * @throws IOException if the launcher itself could not be started
   * @throws InterruptedIOException if the thread is interrupted; the launcher is ended
   */
  public LaunchReport run(LaunchPlan plan, Stdio stdio) throws IOException {
    return run(plan, stdio, Duration.ZERO);
  }

  /**
   * As above, with an end to the caller's patience: whoever owns the program inside decides how
   * long it runs, and whether it heeds a signal.
   *
   * @param limit how long to wait, zero for ever
   * @throws LaunchTimeoutException if it took longer; the program was sent SIGTERM, and if that did
   *     not help it is left to its container
   */
  public LaunchReport run(LaunchPlan plan, Stdio stdio, Duration limit) throws IOException {
    try (PlanFile file = planFile(plan)) {
      ProcessBuilder builder = new ProcessBuilder(vzlaunch.toString(), file.path().toString());
      if (!stdio.isFed()) {
        builder.redirectInput(Redirect.INHERIT);
      }
      if (!stdio.isCaptured()) {
        builder.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
      }
      Process process = builder.start();
      ChildEnd end = ChildEnd.of(process);
      Patience patience = limit.isZero() ? null : Patience.with(process, limit);
      try {
        if (stdio.isCaptured()) {
          feedAndDrain(process, stdio);
        } else if (stdio.isFed()) {
          feed(process, stdio);
        }
        int status = process.waitFor();
        if (patience != null && patience.isOver()) {
          throw new LaunchTimeoutException(limit);
        }
        return LaunchReport.parse(file.report(), status);
      } catch (InterruptedException e) {
        throw interrupted();
      } finally {
        leave(process, true);
        end.cancel();
      }
    }
  }

  /**
   * Executes a plan that detaches: starts a container.
   *
   * @param plan begins with {@code detach}; may hold one {@code gate}
   * @param gate called when init stands at the gate; never called if the plan has none
   * @return init, which runs
   * @throws LaunchException if a step failed or the gate refused; nothing is left running
   * @throws IOException if the launcher could not be started, or what the gate threw
   * @throws InterruptedIOException if the thread is interrupted at the gate; nothing is left
   *     running
   */
  public StartedInit start(LaunchPlan plan, GateAction gate) throws IOException {
    PlanFile.removeDead(planDirectory);
    try (PlanFile file = planFile(plan)) {
      ProcessBuilder builder = new ProcessBuilder(vzlaunch.toString(), file.path().toString());
      builder.redirectError(Redirect.INHERIT);
      keepOwnVariables(builder.environment());
      Process process = builder.start();
      ChildEnd end = ChildEnd.of(process);
      try {
        passGate(process, gate);
        int status = process.waitFor();
        return started(LaunchReport.parse(file.report(), status));
      } catch (InterruptedException e) {
        throw interrupted();
      } finally {
        leave(process, false);
        end.cancel();
      }
    }
  }

  private PlanFile planFile(LaunchPlan plan) throws IOException {
    if (!Files.isDirectory(planDirectory)) {
      Files.createDirectories(planDirectory);
    }
    return PlanFile.write(planDirectory, plan);
  }

  private static void passGate(Process process, GateAction gate) throws IOException {
    try (OutputStream in = process.getOutputStream();
        BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 64)) {
      String line = out.readLine();
      if (line == null || !line.startsWith("ready ")) {
        return;
      }
      String answer = gate.run(Long.parseLong(line.substring(6))) ? "go\n" : "no\n";
      in.write(answer.getBytes(StandardCharsets.US_ASCII));
      in.flush();
      // The launcher closes its end only when the outcome is known.
      out.read();
    }
  }

  private static void feedAndDrain(Process process, Stdio stdio)
      throws IOException, InterruptedException {
    StreamDrain out = new StreamDrain(process.getInputStream(), stdio.most());
    StreamDrain err = new StreamDrain(process.getErrorStream(), stdio.most());
    out.start();
    err.start();
    feed(process, stdio);
    stdio.finish(out.bytes(), err.bytes());
  }

  private static void feed(Process process, Stdio stdio) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(stdio.input());
    } catch (IOException e) {
      // EPIPE: the process does not want its input, which is its own business.
    }
  }

  // A monitor lives as long as its container: it shall not carry the environment of whoever
  // happened to start it, but it must find the same files.
  private static void keepOwnVariables(Map<String, String> environment) {
    Iterator<String> names = environment.keySet().iterator();
    while (names.hasNext()) {
      String name = names.next();
      if (!name.startsWith("VZ_") && !name.startsWith("LC_") && !name.equals("LANG")) {
        names.remove();
      }
    }
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  }

  // The end of its input, or SIGTERM, makes the launcher kill what it has begun and leave.
  private static void leave(Process process, boolean signal) {
    if (!process.isAlive()) {
      return;
    }
    if (signal) {
      process.destroy();
    }
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(LEAVE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while the launcher was working");
  }
}
