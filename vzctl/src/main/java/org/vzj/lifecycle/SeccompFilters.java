package org.vzj.lifecycle;

import org.jspecify.annotations.Nullable;
import org.vzj.linux.capability.CapabilitySet;
import org.vzj.linux.seccomp.ContainerSyscalls;
import org.vzj.linux.seccomp.Machine;

/** Compiled filters: containers of one command mostly have the same, which takes a millisecond. */
final class SeccompFilters {
  private @Nullable CapabilitySet capabilities;
  private boolean userNamespace;
  private String filter = "";

  /** Returns the filter for such containers on this machine, in hexadecimal. */
  synchronized String of(boolean inUserNamespace, CapabilitySet kept) {
    if (!kept.equals(capabilities) || inUserNamespace != userNamespace) {
      filter = ContainerSyscalls.filter(Machine.current(), inUserNamespace, kept).hex();
      capabilities = kept;
      userNamespace = inUserNamespace;
    }
    return filter;
  }
}
