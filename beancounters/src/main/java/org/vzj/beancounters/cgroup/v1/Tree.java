package org.vzj.beancounters.cgroup.v1;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.FreezerControl;
import org.vzj.beancounters.cgroup.controller.ProcessList;
import org.vzj.beancounters.cgroup.controller.TreeControl;

/** The processes of a group in one v1 hierarchy. */
public final class Tree implements TreeControl {
  private static final Duration FREEZE_BEFORE_KILL = Duration.ofMillis(500);

  private final CgroupFiles files;
  private final Path group;
  private final @Nullable FreezerControl freezer;

  /**
   * The processes of a group.
   *
   * @param files how to reach it
   * @param group its directory in a hierarchy
   * @param freezer its freezer, or null if the host has none: then a fork bomb may win the race
   */
  public Tree(CgroupFiles files, Path group, @Nullable FreezerControl freezer) {
    this.files = files;
    this.group = group;
    this.freezer = freezer;
  }

  @Override
  public List<Long> processes() throws IOException {
    return ProcessList.read(files, group, Integer.MAX_VALUE);
  }

  @Override
  public boolean populated() throws IOException {
    return !ProcessList.read(files, group, 1).isEmpty();
  }

  /**
   * {@inheritDoc}
   *
   * <p>They stand still while they are counted, so that none can fork away from its signal, and die
   * when they are let go.
   */
  @Override
  public void kill() throws IOException {
    if (freezer != null) {
      try {
        freezer.freeze(FREEZE_BEFORE_KILL);
      } catch (IOException e) {
        // One that hangs in the kernel cannot be frozen; it must not save the others.
      }
    }
    try {
      for (long process : processes()) {
        files.kill(process);
      }
    } finally {
      if (freezer != null) {
        freezer.thaw();
      }
    }
  }
}
