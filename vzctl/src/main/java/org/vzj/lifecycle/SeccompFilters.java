package org.vzj.lifecycle;

import org.jspecify.annotations.Nullable;
import org.vzj.linux.capability.CapabilitySet;
import org.vzj.linux.seccomp.ContainerSyscalls;
import org.vzj.linux.seccomp.Machine;

/** Compiled filters: containers of one command mostly have the same, which takes a millisecond. */
final class SeccompFilters {
  private @Nullable CapabilitySet capabilities;
  private boolean userNamespace;
  private boolean netfilter;
  private boolean quota;
  private String filter = "";

  /**
   * Returns the filter for such containers on this machine.
   *
   * @param inUserNamespace whether they have user namespaces of their own
   * @param kept their capabilities
   * @param filtersPackets whether they may
   * @param hasQuota whether their monitors make calls about quota for them
   * @return the program in hexadecimal
   */
  synchronized String of(
      boolean inUserNamespace, CapabilitySet kept, boolean filtersPackets, boolean hasQuota) {
    if (!kept.equals(capabilities)
        || inUserNamespace != userNamespace
        || filtersPackets != netfilter
        || hasQuota != quota) {
      filter =
          ContainerSyscalls.filter(
                  Machine.current(), inUserNamespace, kept, filtersPackets, hasQuota)
              .hex();
      quota = hasQuota;
      netfilter = filtersPackets;
      capabilities = kept;
      userNamespace = inUserNamespace;
    }
    return filter;
  }
}
