package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Stdio;
import org.vzj.linux.proc.ProcStat;

/**
 * Waits until a container has booted.
 *
 * <p>OpenVZ had init write into a FIFO from a line of inittab, which systemd does not read. systemd
 * is asked; of the others one looks whether the scripts of the boot still run.
 */
final class BootWait {
  /** OpenVZ's limit, in seconds. */
  private static final long LIMIT = 3600;

  private static final int PAUSE_MILLIS = 200;

  /** What the boot of a system without systemd runs in (sysv-rc, startpar, OpenRC, busybox). */
  private static final Set<String> BOOT_PROGRAMS =
      Set.of("rc", "rcS", "startpar", "openrc", "openrc-run", "runscript", "rc.sysinit");

  private BootWait() {}

  /**
   * Waits.
   *
   * @throws VzException WAIT_FAILED if the container ended meanwhile or the time is up (said on the
   *     standard output, as in OpenVZ)
   */
  public static void run(Target target) throws VzException {
    target.messages().say("Container start in progress, waiting ...");
    long end = System.nanoTime() + LIMIT * 1_000_000_000L;
    while (true) {
      InitProcess init = InitProcess.running(target.container());
      if (init == null) {
        throw failed(target, "Container wait failed");
      }
      if (booted(target, init)) {
        target.messages().say("Container started successfully");
        return;
      }
      if (System.nanoTime() > end) {
        throw failed(target, "Container wait failed - timeout expired");
      }
      pause();
    }
  }

  private static VzException failed(Target target, String text) {
    target.messages().say(text);
    return new VzException(ExitCode.WAIT_FAILED, "");
  }

  private static boolean booted(Target target, InitProcess init) throws VzException {
    return switch (InitKind.of(init)) {
      case SYSTEMD -> {
        String state =
            ask(target, List.of("systemctl", "is-system-running", "--wait"))
                .toLowerCase(Locale.ROOT);
        yield state.equals("running") || state.equals("degraded") || state.equals("maintenance");
      }
      case BUSYBOX -> quiet(target) && pausedAndQuiet(target);
      case HALT_COMMAND -> !showsBoot(init) && quiet(target) && pausedAndQuiet(target);
      case SIGTERM, DEAF -> true;
    };
  }

  private static String ask(Target target, List<String> words) throws VzException {
    Stdio stdio = Stdio.captured(new byte[0]);
    try {
      LaunchReport report = Exec.direct(target, words, stdio);
      return report instanceof LaunchReport.Failed ? "" : stdio.outText().strip();
    } catch (VzException e) {
      return "";
    }
  }

  /**
   * System V init has this for its title until it enters the first runlevel, also in the moments
   * between two scripts.
   */
  private static boolean showsBoot(InitProcess init) {
    try {
      return Files.readString(
              Path.of("/proc/" + init.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
          .startsWith("init boot");
    } catch (IOException e) {
      return true;
    }
  }

  /** Between two scripts nothing of the boot may be there for a moment: look twice. */
  private static boolean pausedAndQuiet(Target target) throws VzException {
    pause();
    return quiet(target);
  }

  /** Process names are the guest's own choice: with them it can only prolong its own wait. */
  private static boolean quiet(Target target) throws VzException {
    try {
      List<Long> processes = target.host().cgroup(target.id()).processes();
      for (long pid : processes) {
        ProcStat stat = ProcStat.read(Path.of("/proc"), pid);
        if (stat != null && BOOT_PROGRAMS.contains(stat.comm())) {
          return false;
        }
      }
      return processes.size() > 1;
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause() throws VzException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VzException(ExitCode.WAIT_FAILED, "Container wait failed", e);
    }
  }
}
