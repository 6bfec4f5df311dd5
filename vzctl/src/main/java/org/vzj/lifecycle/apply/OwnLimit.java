package org.vzj.lifecycle.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.capability.Capability;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.proc.ProcStatus;

/** A resource limit that a process hands on, getrlimit(2); it can be raised by few. */
enum OwnLimit {
  /** Bytes that it may lock in memory. */
  MEMLOCK("memlock", "Max locked memory"),
  /** Signals that may wait for its user. */
  SIGPENDING("sigpending", "Max pending signals");

  private final String step;
  private final String line;

  OwnLimit(String step, String line) {
    this.step = step;
    this.line = line;
  }

  /** Adds the step that sets it, or comes as near as this process may. */
  void add(LaunchPlan.Builder plan, long wanted) throws VzException {
    String value = Long.toString(Math.min(wanted, most()));
    plan.rlimit(step, value, value);
  }

  /** What it can be set to. */
  private long most() throws VzException {
    try {
      ProcStatus status = ProcStatus.read(Path.of("/proc"), ProcessHandle.current().pid());
      if (status != null && status.effective().contains(Capability.SYS_RESOURCE)) {
        return Long.MAX_VALUE;
      }
      return hard(Files.readString(Path.of("/proc/self/limits")));
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to read own limits: " + e, e);
    }
  }

  /** The hard limit: the second of the columns after the name, which is 26 wide. */
  long hard(String limits) {
    int at = limits.indexOf('\n' + line + ' ');
    int from = at + 1 + 26 + 21;
    if (at < 0 || from > limits.length()) {
      return Long.MAX_VALUE;
    }
    int to = from;
    while (to < limits.length() && limits.charAt(to) >= '0' && limits.charAt(to) <= '9') {
      to++;
    }
    return to == from ? Long.MAX_VALUE : Long.parseLong(limits, from, to, 10);
  }
}
