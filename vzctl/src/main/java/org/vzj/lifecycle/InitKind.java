package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.container.InitProcess;
import org.vzj.linux.proc.ProcStatus;

/**
 * The kinds of init, by how each is asked to shut its system down in order.
 *
 * <p>The kind is told by the program that init runs. The guest chooses that, so it decides only how
 * politely it is stopped: after the timeout it is killed whatever it says it is.
 */
enum InitKind {
  /** systemd: SIGRTMIN+3 starts halt.target (systemd(1), "SIGNALS"). */
  SYSTEMD(37),
  /** busybox init: SIGUSR2 is poweroff (its shutdown entries run first). */
  BUSYBOX(12),
  /** sysvinit, openrc-init, upstart: no signal halts; the container's own halt command does. */
  HALT_COMMAND(0),
  /** Anything else that handles SIGTERM, such as a single service run as init. */
  SIGTERM(15),
  /** A process that handles no signal: the only way to stop it is to kill it. */
  DEAF(0);

  private static final int SIGTERM_BIT = 1 << 14;

  private final int signal;

  InitKind(int signal) {
    this.signal = signal;
  }

  /** Returns the signal that asks for an orderly stop, 0 if none does. */
  public int haltSignal() {
    return signal;
  }

  /** Looks at a running init. */
  public static InitKind of(InitProcess init) {
    return switch (programName(init.pid())) {
      case "systemd" -> SYSTEMD;
      case "busybox" -> BUSYBOX;
      case "init", "openrc-init", "upstart", "runit-init", "runit" -> HALT_COMMAND;
      default -> handles(init, SIGTERM_BIT) ? SIGTERM : DEAF;
    };
  }

  private static boolean handles(InitProcess init, long signalBit) {
    try {
      ProcStatus status = ProcStatus.read(Path.of("/proc"), init.pid());
      return status != null && (status.signalsCaught() & signalBit) != 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String programName(long pid) {
    try {
      Path program = Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe"));
      Path name = program.getFileName();
      String text = name == null ? "" : name.toString();
      return text.endsWith(" (deleted)") ? text.substring(0, text.length() - 10) : text;
    } catch (IOException e) {
      return "";
    }
  }
}
