package org.vzj.check;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the kernel can do with memory and tell about it. */
final class MemoryProbes {
  private static final String PRESSURE = "/proc/pressure/memory";

  private MemoryProbes() {}

  static List<Probe> all() {
    return List.of(
        new Probe(
            Area.KERNEL,
            "pressure figures",
            Need.HINT,
            "showing which container waits for CPU, memory or disk",
            PRESSURE,
            MemoryProbes::pressure),
        new Probe(
            Area.KERNEL,
            "KSM",
            Need.HINT,
            "merging equal pages of containers",
            "/sys/kernel/mm/ksm/run",
            host -> ksm(host.text("/sys/kernel/mm/ksm/run"))),
        new Probe(
            Area.KERNEL,
            "memory tracking",
            Need.FEATURE,
            "short stops in live migration",
            "CONFIG_MEM_SOFT_DIRTY in /proc/config.gz or /boot/config-*",
            host -> softDirty(host.options().of("CONFIG_MEM_SOFT_DIRTY"))));
  }

  private static Finding pressure(HostView host) {
    try {
      return pressure(host.text(PRESSURE));
    } catch (IOException e) {
      // With psi=0 the file is there, and reading it fails.
      return pressureOff();
    }
  }

  static Finding pressure(@Nullable String text) {
    if (text == null) {
      return Finding.missing("this kernel has none", "a kernel with CONFIG_PSI=y");
    }
    return text.startsWith("some ") ? Finding.ok("on") : pressureOff();
  }

  private static Finding pressureOff() {
    return Finding.limited("switched off", "add psi=1 to the kernel's command line");
  }

  static Finding ksm(@Nullable String run) {
    if (run == null) {
      return Finding.missing("this kernel has none", "a kernel with CONFIG_KSM=y");
    }
    return Finding.ok(run.strip().equals("1") ? "running" : "there, and not running");
  }

  static Finding softDirty(KernelOptions.State state) {
    return switch (state) {
      case BUILT_IN, MODULE -> Finding.ok("part of the kernel");
      case OFF ->
          Finding.missing(
              "left out: a migration stops the container for its whole memory",
              "a kernel with CONFIG_MEM_SOFT_DIRTY=y");
      case UNKNOWN -> Finding.limited("cannot be told on this host", "");
    };
  }
}
