package org.vzj.linux.launch;

import java.io.IOException;

/**
 * What the host does while a container's init stands at the gate: it exists with its namespaces and
 * mounts, and has not yet run a single instruction of the container.
 */
@FunctionalInterface
public interface GateAction {
  /**
   * Prepares what needs the process id, such as network devices.
   *
   * @param pid init's process id on the host
   * @return true to let init run, false to have it killed
   * @throws IOException if the preparation failed: init is killed and the exception passed on
   */
  boolean run(long pid) throws IOException;
}
