package org.vzj.lifecycle.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.Limits;
import org.vzj.beancounters.MemoryModel;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.beancounters.cgroup.controller.MemoryControl;
import org.vzj.beancounters.cgroup.controller.MemoryInUseException;
import org.vzj.beancounters.cgroup.controller.MemoryLimits;
import org.vzj.beancounters.cgroup.controller.PidsControl;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.config.Parameters;
import org.vzj.config.Settings;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Target;
import org.vzj.lifecycle.Undo;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.unit.Pages;
import org.vzj.rootfs.MountLimits;

/**
 * Applies the beancounters. {@link org.vzj.beancounters.Mechanism} says by what; where it says that
 * nothing is limited, nothing is done here either.
 */
public final class LimitsApplier {
  /** What a firewall needs at least to let one in again. */
  private static final long LEAST_RULES = 16;

  /** The kernel's largest process id; it takes no limit above. */
  private static final long MOST_PROCESSES = 1 << 22;

  private LimitsApplier() {}

  /**
   * Refuses a configuration that sets some of the beancounters that go together, but not all. One
   * that sets none at all limits nothing, which is fine: OpenVZ's own kernel could not have that.
   *
   * @throws VzException NOT_ENOUGH_UBC with one line for each that is missing
   */
  public static void check(Target target) throws VzException {
    Limits limits = target.config().limits();
    StringBuilder missing = new StringBuilder();
    if (limits.isVswap()) {
      if (!limits.has(Beancounter.SWAPPAGES)) {
        require(missing, Beancounter.SWAPPAGES);
      }
    } else if (!limits.isEmpty()) {
      for (Beancounter parameter : Beancounter.kernelRows()) {
        if (!limits.has(parameter)) {
          require(missing, parameter);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new VzException(ExitCode.NOT_ENOUGH_UBC, missing.toString());
    }
  }

  private static void require(StringBuilder missing, Beancounter parameter) {
    missing
        .append(missing.isEmpty() ? "" : "\n")
        .append("Error: required UB parameter ")
        .append(parameter.parameterName())
        .append(" not set");
  }

  /**
   * Adds the steps that limit a new group, before anything runs in it, and record what is in force.
   *
   * @param planned the container's group, made by steps of the plan
   * @throws IOException if the kernel refuses what the group above must have for that
   */
  public static void prepare(LaunchPlan.Builder plan, Target target, Cgroup planned)
      throws IOException, VzException {
    Limits limits = withRulesRaised(target, target.config().limits());
    if (limits.isEmpty()) {
      return;
    }
    MemoryLimits memory = MemoryModel.of(limits);
    if (!memory.equals(MemoryLimits.NONE)) {
      MemoryControl control = memoryOf(target, planned);
      if (control != null) {
        control.begin(memory);
      }
      MemoryControl present = target.host().cgroup(target.id()).controllers().memory();
      if (present != null && memory.guarantee() > 0) {
        present.reserve(memory.guarantee());
      }
    }
    limitProcesses(target, planned, Limits.NONE, limits);
    plan.file(target.container().limitsFile().toString(), 0644, limits.toString());
  }

  private static Limits withRulesRaised(Target target, Limits limits) {
    BarrierLimit rules = limits.get(Beancounter.NUMIPTENT);
    if (Math.min(rules.barrier(), rules.limit()) >= LEAST_RULES) {
      return limits;
    }
    target
        .messages()
        .warn(
            "Warning: NUMIPTENT "
                + rules.barrier()
                + ":"
                + rules.limit()
                + " is less than minimally allowable value, set to 16:16");
    return limits.with(Beancounter.NUMIPTENT, BarrierLimit.both(LEAST_RULES));
  }

  private static void limitGroup(
      Target target, Cgroup group, Limits before, Limits after, boolean force) throws IOException {
    MemoryLimits memory = MemoryModel.of(after);
    if (!memory.equals(MemoryModel.of(before))) {
      MemoryControl control = memoryOf(target, group);
      if (control != null) {
        control.limit(memory, force);
        control.reserve(memory.guarantee());
      }
    }
    limitProcesses(target, group, before, after);
  }

  private static @Nullable MemoryControl memoryOf(Target target, Cgroup group) {
    MemoryControl control = group.controllers().memory();
    if (control == null) {
      target.messages().warn("Warning: this host cannot limit memory, see vzctl check");
    }
    return control;
  }

  private static void limitProcesses(Target target, Cgroup group, Limits before, Limits after)
      throws IOException {
    long processes = after.get(Beancounter.NUMPROC).limit();
    if (processes == before.get(Beancounter.NUMPROC).limit()) {
      return;
    }
    PidsControl control = group.controllers().pids();
    if (control == null) {
      target.messages().warn("Warning: this host cannot limit processes, see vzctl check");
    } else {
      control.limit(processes > MOST_PROCESSES ? PidsControl.UNLIMITED : processes);
    }
  }

  private static void record(Target target, Limits limits) throws IOException {
    Files.writeString(target.container().limitsFile(), limits.toString());
  }

  /** What is in force for a running container, without what is implied. */
  public static Limits inForce(Target target) {
    return read(target.container().limitsFile());
  }

  /** What such a file says; nothing is limited if there is none. */
  public static Limits read(Path file) {
    try {
      return Limits.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Limits.NONE;
    } catch (IOException e) {
      return Limits.NONE; // whatever else prevents it: the limits themselves stand
    }
  }

  /** What a container's own file systems are to keep. */
  public static MountLimits mounts(Limits limits) {
    long terminals = limits.get(Beancounter.NUMPTY).limit();
    long shared = limits.get(Beancounter.SHMPAGES).limit();
    return new MountLimits(
        BarrierLimit.isUnlimited(terminals) ? MountLimits.NONE : terminals,
        BarrierLimit.isUnlimited(shared) ? MountLimits.NONE : new Pages(shared).bytes());
  }

  /**
   * Adds what has to be done before a container's user namespace is made: the kernel takes the
   * namespace's own limits from the one who makes it, and for good.
   */
  public static void addHostSteps(LaunchPlan.Builder plan, ContainerConfig config)
      throws VzException {
    Limits limits = config.limits();
    long signals = limits.get(Beancounter.NUMSIGINFO).limit();
    if (config.localUid() != 0 && !BarrierLimit.isUnlimited(signals)) {
      OwnLimit.SIGPENDING.add(plan, signals);
    }
    addProcessLimits(plan, limits);
  }

  /** Adds the limits that each process has for itself and hands on to its children. */
  public static void addProcessLimits(LaunchPlan.Builder plan, Limits limits) throws VzException {
    long locked = limits.get(Beancounter.LOCKEDPAGES).limit();
    if (!BarrierLimit.isUnlimited(locked)) {
      OwnLimit.MEMLOCK.add(plan, new Pages(locked).bytes());
    }
  }

  /** Whether there is anything to do {@link #atGate}. */
  public static boolean hasWorkAtGate(ContainerConfig config) {
    return !BarrierLimit.isUnlimited(config.limits().get(Beancounter.SHMPAGES).limit());
  }

  /**
   * Sets what needs the container's namespaces, before its init goes on.
   *
   * @throws VzException SET_UBC if the kernel refuses
   */
  public static void atGate(Target target, InitProcess init) throws VzException {
    if (hasWorkAtGate(target.config())) {
      long pages = target.config().limits().get(Beancounter.SHMPAGES).limit();
      InsideLimits.sharedMemory(target, init, pages);
    }
  }

  /**
   * Changes the limits of a running container.
   *
   * @param target with the configuration as it will be
   * @param options what was given: only that changes, whatever else the file says by now
   * @throws VzException SET_UBC if something could not be changed; what could be is changed back
   */
  public static void change(Target target, InitProcess init, Settings options) throws VzException {
    Limits after = inForce(target);
    Limits wanted = target.config().limits();
    if (options.has(Parameter.APPLYCONFIG)) {
      after = wanted;
    }
    for (Beancounter parameter : Beancounter.values()) {
      Parameter option = Parameters.byKey(parameter.name());
      if (option != null && options.has(option)) {
        after = after.with(parameter, wanted.has(parameter) ? wanted.get(parameter) : null);
      }
    }
    if (options.has(Parameter.VM_OVERCOMMIT)) {
      after = after.withOvercommit(wanted.overcommit());
    }
    apply(target, init, after, options.has(Parameter.FORCE));
  }

  /**
   * Sets a running container's limits to those of its configuration.
   *
   * @throws VzException SET_UBC if something could not be changed
   */
  public static void reset(Target target, InitProcess init) throws VzException {
    apply(target, init, target.config().limits(), false);
  }

  private static void apply(Target target, InitProcess init, Limits wanted, boolean force)
      throws VzException {
    Limits before = inForce(target);
    Limits after = withRulesRaised(target, InsideLimits.withoutFixed(target, before, wanted));
    Cgroup group = target.host().cgroup(target.id());
    try (Undo undo = new Undo(target.messages())) {
      limitGroup(target, group, before, after, force);
      undo.push("UB limits", () -> limitGroup(target, group, after, before, true));
      InsideLimits.change(target, init, before, after);
      record(target, after);
      undo.keep();
    } catch (MemoryInUseException e) {
      throw new VzException(
          ExitCode.SET_UBC,
          "Unable to set memory to "
              + e.wanted()
              + " bytes: "
              + e.used()
              + " bytes are in use and cannot be reclaimed. End processes inside first"
              + (force ? "" : ", or use --save --force"),
          e);
    } catch (IOException e) {
      throw new VzException(ExitCode.SET_UBC, "Unable to set UB limits: " + e.getMessage(), e);
    }
    target.messages().say("UB limits were set successfully");
  }
}
