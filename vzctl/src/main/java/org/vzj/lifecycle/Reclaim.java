package org.vzj.lifecycle;

import java.io.IOException;
import org.vzj.beancounters.cgroup.MemoryReclaim;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.unit.DataSize;

/** Takes memory back from a running container that it does not need at the moment. */
public final class Reclaim {
  private Reclaim() {}

  /**
   * Reclaims, and says how much that gave.
   *
   * @param bytes how much at most
   * @throws VzException NOT_RUNNING, BAD_KERNEL if the host cannot, or SYSTEM if the kernel refuses
   */
  public static void run(Target target, long bytes) throws VzException {
    if (InitProcess.running(target.container()) == null) {
      throw new VzException(ExitCode.NOT_RUNNING, "Container is not running");
    }
    OomLog.report(target, target.host().cgroup(target.id()));
    MemoryReclaim memory = target.host().cgroup(target.id()).controllers().reclaim();
    if (memory == null) {
      throw new VzException(
          ExitCode.BAD_KERNEL,
          "Unable to reclaim memory: the host has no cgroup controller memory, or one without"
              + " memory.reclaim (Linux 5.19)");
    }
    try {
      long saved = memory.reclaim(bytes);
      target.messages().say("Reclaimed " + saved + " bytes (" + new DataSize(saved) + ")");
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to reclaim memory: " + e.getMessage(), e);
    }
  }
}
