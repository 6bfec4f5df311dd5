package org.vzj.lifecycle;

import java.nio.file.Path;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.MemoryModel;
import org.vzj.beancounters.cgroup.controller.MemoryControl;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.LimitsApplier;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.unit.Pages;
import org.vzj.rootfs.InsideView;

/**
 * MEMINFO: whose memory /proc/meminfo and /proc/swaps show inside. {@code none}: the host's. All
 * else: what the container may use, which is the one number that lxcfs knows. With RAM and swap
 * configured it is ignored, as by OpenVZ.
 */
final class MemoryView {
  private MemoryView() {}

  /** Whether a container sees the host's memory though there is a lxcfs. */
  static boolean isOfHost(ContainerConfig config) {
    return !config.isVswap() && "none".equals(config.get(Parameter.MEMINFO));
  }

  /**
   * Changes it in a running container, whose limits have been changed already, and says what is
   * seen now.
   *
   * @param config what will be in force
   * @throws VzException SET_MEMINFO if the kernel refuses
   */
  static void change(Target target, InitProcess init, ContainerConfig config) throws VzException {
    if (config.isVswap()) {
      target.messages().say("Note: --meminfo is ignored: /proc/meminfo shows RAM and swap space");
      return;
    }
    Path lxcfs = target.host().lxcfs().mountPoint();
    if (lxcfs != null) {
      LaunchPlan.Builder plan = LaunchPlan.builder();
      InsideView.addMemoryAgain(plan, init.pid(), init.startTime(), lxcfs, !isOfHost(config));
      target.host().runPlan(plan.build(), ExitCode.SET_MEMINFO, "Unable to set meminfo");
    }
    target.messages().say(said(target, config, lxcfs != null));
  }

  private static String said(Target target, ContainerConfig config, boolean seesItself) {
    String value = config.get(Parameter.MEMINFO);
    if (value == null || isOfHost(config)) {
      return "Configure meminfo: none";
    }
    if (!seesItself) {
      return "Note: --meminfo " + value + " needs lxcfs: /proc/meminfo shows the host's memory";
    }
    long bytes = MemoryModel.of(LimitsApplier.inForce(target)).ram();
    if (bytes == MemoryControl.UNLIMITED) {
      return "Note: memory is not limited: /proc/meminfo shows the host's, not " + value;
    }
    long shown = bytes / Pages.hostPageSize();
    return shown == wanted(value, config)
        ? "Configure meminfo: " + shown
        : "Note: /proc/meminfo shows the " + shown + " pages that may be used, not " + value;
  }

  /** {@code pages:N}, or {@code privvmpages:N} times its barrier; -1 if that is too many. */
  private static long wanted(String value, ContainerConfig config) {
    int colon = value.indexOf(':');
    long number = Long.parseLong(value.substring(colon + 1));
    if (value.startsWith("pages:")) {
      return number;
    }
    BarrierLimit allocated = config.limits().get(Beancounter.PRIVVMPAGES);
    return allocated.barrier() > Long.MAX_VALUE / number ? -1 : allocated.barrier() * number;
  }
}
