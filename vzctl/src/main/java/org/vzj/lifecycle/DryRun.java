package org.vzj.lifecycle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.DiskApplier;
import org.vzj.lifecycle.apply.NetworkApplier;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.Step;
import org.vzj.network.NetworkPlan;
import org.vzj.scripts.DistScripts;
import org.vzj.scripts.HostScript;

/** What the verbs would do, in words and in steps, computed from the same plans. */
public final class DryRun {
  private DryRun() {}

  /** Returns what start would do. */
  public static List<String> start(Target target) throws VzException {
    List<String> lines = new ArrayList<>();
    new Start(target, false, false).check();
    if (HostMounts.read().contains(target.root())) {
      lines.addAll(umount(target));
    }
    lines.addAll(mount(target));
    Cgroup group = target.host().cgroup(target.id());
    for (Path path : group.directories()) {
      lines.add("create cgroup " + path);
    }
    Path own = target.container().script("start");
    if (Files.exists(own)) {
      lines.add("run script inside before init: " + own);
    }
    lines.addAll(network(target).lines());
    lines.add("launch:");
    for (Step step : plan(target, group).steps()) {
      lines.add("  " + abbreviated(step.text()));
    }
    return lines;
  }

  private static LaunchPlan plan(Target target, Cgroup group) throws VzException {
    UgidQuota quota = UgidQuota.atStart(target);
    return StartPlan.of(
        target,
        group,
        UgidQuota.confinement(target, quota),
        quota,
        false,
        true,
        DiskApplier.of(target),
        NetworkPlan.NONE);
  }

  private static NetworkPlan network(Target target) throws VzException {
    DistScripts scripts =
        target.host().distScripts(target.config().osTemplate(), target.messages());
    return new NetworkApplier(target).planned(scripts.setAddresses());
  }

  /** Returns what stop would do. */
  public static List<String> stop(Target target, boolean fast, boolean skipUmount)
      throws VzException {
    InitProcess init = InitProcess.running(target.container());
    if (init == null) {
      return List.of("nothing: container is not running");
    }
    List<String> lines = new ArrayList<>();
    if (!fast) {
      Path own = target.container().script("stop");
      if (Files.exists(own)) {
        lines.add("run script inside: " + own);
      }
      lines.add(halting(init, target.config().stopTimeout()));
    }
    lines.add("kill what is left after that");
    for (Path path : target.host().cgroup(target.id()).directories()) {
      lines.add("remove cgroup " + path);
    }
    if (!skipUmount) {
      lines.addAll(umount(target));
    }
    return lines;
  }

  private static String halting(InitProcess init, long timeout) {
    InitKind kind = InitKind.of(init);
    String how =
        switch (kind) {
          case HALT_COMMAND -> "run halt inside";
          case DEAF -> "init handles no signal, no orderly stop is possible";
          default -> "send signal " + kind.haltSignal() + " to init, process " + init.pid();
        };
    return how + " (" + kind + "), wait up to " + timeout + " s";
  }

  /** Returns what mount would do. */
  public static List<String> mount(Target target) throws VzException {
    List<String> lines = new ArrayList<>();
    addScripts(target, "premount", lines);
    Mount.requirePrivateArea(target);
    lines.add(target.layout().mountLine(target.volume()));
    addScripts(target, "mount", lines);
    return lines;
  }

  /** Returns what umount would do. */
  public static List<String> umount(Target target) throws VzException {
    List<String> lines = new ArrayList<>();
    addScripts(target, "umount", lines);
    for (Path mount : HostMounts.read().below(target.root()).reversed()) {
      lines.add("umount " + mount);
    }
    addScripts(target, "postumount", lines);
    return lines;
  }

  /** Returns what create would do. */
  public static List<String> create(Target target) throws VzException {
    String template = target.config().osTemplate();
    return List.of(
        "unpack template "
            + (template == null ? target.host().global().osTemplate() : template)
            + " into "
            + target.privateArea()
            + ".tmp, files shifted to ids of its own",
        "rename it to " + target.privateArea(),
        "save " + target.container().configFile());
  }

  /** Returns what destroy would do. */
  public static List<String> destroy(Target target) throws VzException {
    List<String> lines = new ArrayList<>();
    if (Files.exists(target.privateArea())) {
      lines.add("remove " + target.privateArea());
    }
    lines.add(
        "rename " + target.container().configFile() + " and the action scripts to *.destroyed");
    lines.add("remove names and the mount point " + target.root());
    return lines;
  }

  private static void addScripts(Target target, String kind, List<String> lines) {
    for (Path script : HostScript.of(target.container(), kind)) {
      lines.add("run script " + script);
    }
  }

  /** A filter program has kilobytes of digits that tell a reader nothing. */
  private static String abbreviated(String step) {
    return step.length() <= 160 ? step : step.substring(0, 150) + "... (" + step.length() + ")";
  }
}
