package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;

/**
 * What the monitor has done when a container's init ended by itself: tidy up after a halt, start
 * again after a reboot.
 */
public final class Reap {
  /** A reboot(2) in a PID namespace kills its init with this signal (pid_namespaces(7)). */
  private static final String REBOOTED = "signal 1";

  private Reap() {}

  /**
   * Tidies up, if the container is still dead: between its end and this call somebody else may have
   * stopped or started it.
   */
  public static void run(Target target) throws VzException {
    if (InitProcess.recorded(target.container()) == null
        || InitProcess.running(target.container()) != null) {
      return;
    }
    boolean reboot = how(target).equals(REBOOTED);
    Remains.clearAndUmount(target);
    if (reboot) {
      new Start(target, false, false).run();
    }
  }

  private static String how(Target target) {
    try {
      return Files.readString(target.container().exitFile()).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
