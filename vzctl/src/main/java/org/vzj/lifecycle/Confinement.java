package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.config.Switch;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.capability.Capability;
import org.vzj.linux.capability.CapabilitySet;
import org.vzj.linux.capability.ContainerCapabilities;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.proc.ProcStatus;

/**
 * What the processes of a container may do: the capabilities they can ever have and the system
 * calls that the kernel lets through.
 *
 * @param capabilities all others are gone for good
 * @param filter the seccomp program, in hexadecimal
 * @param monitor the socket of the monitor, whom the program asks about some calls; null if it asks
 *     nobody
 */
record Confinement(CapabilitySet capabilities, String filter, @Nullable Path monitor) {
  /**
   * Computes what a configuration means on this host.
   *
   * @param filters those compiled already
   * @throws VzException SET_CAPABILITY if this process's own capabilities cannot be read
   */
  static Confinement of(ContainerConfig config, SeccompFilters filters) throws VzException {
    return of(config, filters, null);
  }

  /**
   * Computes what a configuration means on this host.
   *
   * @param filters those compiled already
   * @param monitor the socket of the monitor, if it makes calls about quota; else null
   * @throws VzException SET_CAPABILITY if this process's own capabilities cannot be read
   */
  static Confinement of(ContainerConfig config, SeccompFilters filters, @Nullable Path monitor)
      throws VzException {
    CapabilitySet on = CapabilitySet.NONE;
    CapabilitySet off = CapabilitySet.NONE;
    for (Switch one : config.capabilities()) {
      Capability capability = Capability.ofName(one.name());
      if (capability != null) {
        on = one.on() ? on.with(capability) : on;
        off = one.on() ? off : off.with(capability);
      }
    }
    CapabilitySet wanted = ContainerCapabilities.of(on, off, config.isFeatureOn("bridge"));
    boolean userNamespace = config.localUid() != 0;
    // A new user namespace begins with all capabilities, whatever its maker lacks.
    CapabilitySet kept =
        userNamespace ? wanted : ContainerCapabilities.available(wanted, ownBounding());
    boolean netfilter = !"disabled".equals(config.get(Parameter.NETFILTER));
    return new Confinement(
        kept, filters.of(userNamespace, kept, netfilter, monitor != null), monitor);
  }

  private static CapabilitySet ownBounding() throws VzException {
    try {
      ProcStatus status = ProcStatus.read(Path.of("/proc"), ProcessHandle.current().pid());
      return status == null ? CapabilitySet.NONE : status.bounding();
    } catch (IOException e) {
      throw new VzException(ExitCode.SET_CAPABILITY, "Unable to read own capabilities: " + e, e);
    }
  }

  /** Adds the steps; none that needs more may follow. */
  void add(LaunchPlan.Builder plan) {
    add(plan, capabilities, filter, monitor);
  }

  /**
   * Adds the steps for a process that is confined as another is. The filter comes first: without
   * no_new_privs, which would disarm setuid programs inside, seccomp(2) wants CAP_SYS_ADMIN, and
   * that may be among the capabilities to give up.
   */
  static void add(
      LaunchPlan.Builder plan, CapabilitySet capabilities, String filter, @Nullable Path monitor) {
    if (monitor == null) {
      plan.seccomp(filter);
    } else {
      plan.seccomp(filter, monitor.toString());
    }
    plan.capabilities(capabilities.numbers());
  }
}
