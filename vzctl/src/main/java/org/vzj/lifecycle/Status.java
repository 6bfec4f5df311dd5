package org.vzj.lifecycle;

import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.container.CtStatus;
import org.vzj.container.InitProcess;

/** Looks at a container. Needs neither its lock nor its configuration. */
public final class Status {
  private Status() {}

  /** Returns what it is now. A container without VE_ROOT or VE_PRIVATE does not exist. */
  public static CtStatus of(Target target) {
    Path area = target.config().vePrivate();
    Path root = target.config().veRoot();
    boolean exists =
        Files.exists(target.container().configFile()) && area != null && Files.isDirectory(area);
    boolean running = InitProcess.running(target.container()) != null;
    boolean mounted = running || (root != null && HostMounts.read().contains(root));
    boolean suspended =
        exists
            && !running
            && Files.exists(target.host().global().dumpDir().resolve("Dump." + target.id()));
    return new CtStatus(exists, mounted, running, suspended);
  }
}
