package org.vzj.layout;

import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;

/** Whoever executes plans that concern the host alone. */
public interface PlanRunner {
  /**
   * Executes a plan.
   *
   * @return how it ended; a failed step is a result
   * @throws VzException SYSTEM if the launcher itself cannot be started
   */
  LaunchReport run(LaunchPlan plan) throws VzException;
}
