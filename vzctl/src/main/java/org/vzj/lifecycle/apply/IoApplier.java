package org.vzj.lifecycle.apply;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.beancounters.cgroup.controller.IoControl;
import org.vzj.beancounters.cgroup.controller.IoLimit;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.config.Settings;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Target;
import org.vzj.linux.sysfs.BackingDisks;
import org.vzj.linux.sysfs.Disk;

/** IOPRIO, IOLIMIT and IOPSLIMIT: how much a container may use the disk that its files are on. */
public final class IoApplier {
  private IoApplier() {}

  /**
   * Sets what a container that starts asks for. One that asks for nothing costs nothing.
   *
   * @param group its new group
   * @throws VzException SET_IO if the kernel refuses
   */
  public static void start(Target target, Cgroup group) throws VzException {
    ContainerConfig config = target.config();
    IoLimit limit = limit(config);
    int priority = config.number(Parameter.IOPRIO, IoControl.NORMAL_PRIORITY);
    if (limit.equals(IoLimit.NONE) && priority == IoControl.NORMAL_PRIORITY) {
      return;
    }
    try {
      IoControl io = group.controllers().io();
      if (io == null) {
        target.messages().warn("Warning: " + without() + ": I/O is not limited");
        return;
      }
      if (!limit.equals(IoLimit.NONE)) {
        List<Disk> disks = BackingDisks.here().under(target.privateArea());
        for (Disk disk : disks) {
          io.limit(disk.numbers(), limit);
        }
        if (disks.isEmpty()) {
          target.messages().warn("Warning: I/O is not limited: " + noDisk(target.privateArea()));
        }
      }
      if (priority != IoControl.NORMAL_PRIORITY) {
        io.weigh(priority);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Says what {@link #start} has set, when the container is mounted. */
  public static void announce(Target target) {
    sayLimits(target, target.config(), null);
  }

  /**
   * Sets what was given for a running container. If that fails everything is as it was.
   *
   * @param config what is to be in force from now on
   * @param given the options; null: all that the configuration has
   * @throws VzException SET_IO if the host cannot do it or the kernel refuses
   */
  public static void change(Target target, ContainerConfig config, @Nullable Settings given)
      throws VzException {
    sayLimits(target, config, given);
    try {
      IoControl io = target.host().cgroup(target.id()).controllers().io();
      if (io == null) {
        throw new NoSuchFileException(without());
      }
      Path area = target.privateArea();
      List<Disk> disks = BackingDisks.here().under(area);
      boolean limits = isGiven(given, Parameter.IOLIMIT) || isGiven(given, Parameter.IOPSLIMIT);
      boolean priority = isGiven(given, Parameter.IOPRIO) && config.get(Parameter.IOPRIO) != null;
      if (limits && disks.isEmpty() && !limit(config).equals(IoLimit.NONE)) {
        throw new NoSuchFileException(noDisk(area));
      }
      List<IoLimit> before = new ArrayList<>();
      for (Disk disk : disks) {
        before.add(io.limit(disk.numbers()));
      }
      try {
        for (Disk disk : limits ? disks : List.<Disk>of()) {
          io.limit(disk.numbers(), limit(config));
        }
        if (priority) {
          weigh(target, io, config, disks);
        }
      } catch (IOException e) {
        restore(io, disks, before, e);
        throw e;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static void weigh(Target target, IoControl io, ContainerConfig config, List<Disk> disks)
      throws IOException {
    boolean weighed = io.weigh(config.number(Parameter.IOPRIO, IoControl.NORMAL_PRIORITY));
    String deaf = weighed ? deafDisks(disks) : "this kernel";
    if (!deaf.isEmpty()) {
      target
          .messages()
          .say(
              "Note: --ioprio has no effect on "
                  + deaf
                  + ": only the I/O scheduler bfq obeys it (see vzctl check)");
    }
  }

  private static void restore(
      IoControl io, List<Disk> disks, List<IoLimit> before, IOException why) {
    for (int i = 0; i < disks.size(); i++) {
      try {
        io.limit(disks.get(i).numbers(), before.get(i));
      } catch (IOException e) {
        why.addSuppressed(e);
      }
    }
  }

  /** The disks at the bottom whose scheduler does not look at groups, by name; empty if all do. */
  private static String deafDisks(List<Disk> disks) throws IOException {
    StringBuilder names = new StringBuilder();
    for (Disk top : disks) {
      for (Disk disk : BackingDisks.here().below(top)) {
        if (!"bfq".equals(disk.scheduler())) {
          names.append(names.isEmpty() ? "" : ", ").append(disk.name());
          names.append(disk.scheduler() == null ? "" : " (" + disk.scheduler() + ")");
        }
      }
    }
    return names.toString();
  }

  static IoLimit limit(ContainerConfig config) {
    return new IoLimit(config.number(Parameter.IOLIMIT, 0), config.number(Parameter.IOPSLIMIT, 0));
  }

  private static void sayLimits(Target target, ContainerConfig config, @Nullable Settings given) {
    IoLimit limit = limit(config);
    if (isGiven(given, Parameter.IOLIMIT) && config.get(Parameter.IOLIMIT) != null) {
      target
          .messages()
          .say(
              "Setting iolimit: "
                  + (limit.bytes() == 0 ? "0 (unlimited)" : limit.bytes() + " bytes/sec"));
    }
    if (isGiven(given, Parameter.IOPSLIMIT) && config.get(Parameter.IOPSLIMIT) != null) {
      target
          .messages()
          .say(
              "Setting iopslimit: "
                  + (limit.operations() == 0 ? "0 (unlimited)" : limit.operations() + " iops"));
    }
  }

  private static boolean isGiven(@Nullable Settings given, Parameter parameter) {
    return given == null || given.has(parameter);
  }

  private static String without() {
    return "the host has no cgroup controller for disk I/O (see vzctl check)";
  }

  private static String noDisk(Path area) {
    return area + " is on no disk of this host";
  }

  private static VzException failed(IOException e) {
    return new VzException(ExitCode.SET_IO, "Unable to set I/O parameters: " + e.getMessage(), e);
  }
}
