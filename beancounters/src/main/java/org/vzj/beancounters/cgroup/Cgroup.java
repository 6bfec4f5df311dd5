package org.vzj.beancounters.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.DevicesControl;
import org.vzj.linux.device.DeviceRule;

/**
 * One container's control group: a directory of the same name in every hierarchy of the host. All
 * methods ask the kernel anew; an object keeps no state. Errors name the file.
 */
public interface Cgroup {

  /** The path below each hierarchy's root: {@code vz/101}. */
  String name();

  /**
   * Its directories, one per hierarchy; v2's is the last. All of them are to be removed when the
   * container stops.
   */
  List<Path> directories();

  /**
   * Makes the group, and the one above it on demand, with all controllers that the host offers.
   * Those that are there already are kept and completed.
   *
   * @throws IOException if that fails; what was made stays, for {@link #remove}
   */
  void create() throws IOException;

  /**
   * Makes only the group above it, whose settings those below inherit.
   *
   * @throws IOException if that fails
   */
  void createAbove() throws IOException;

  /**
   * Makes only the group itself; the one above is there.
   *
   * @throws IOException if that fails
   */
  void createBelow() throws IOException;

  /**
   * The same group, reached in another way: by files that only note down what is to be done, say.
   */
  Cgroup by(CgroupFiles files);

  /** Tells whether the group is there in any hierarchy. */
  boolean exists();

  /**
   * The directory that init can be cloned into by CLONE_INTO_CGROUP, or null if the host has no
   * cgroup v2.
   */
  @Nullable Path cloneInto();

  /** The directories that init must join after a clone into {@link #cloneInto}. */
  List<Path> joinPathsAfterClone();

  /** The directories that a process must join to be wholly in the group: all of them. */
  List<Path> joinPaths();

  /**
   * Hands the group to a container's root, so that its init can make groups below: the v2 directory
   * and v1's {@code name=systemd}, with just those files that delegation needs. Limits stay the
   * host's.
   *
   * @param uid user id on the host of the container's root
   * @param gid group id on the host of the container's root
   * @throws IOException if that fails
   */
  void delegate(int uid, int gid) throws IOException;

  /** What the container must mount below {@code /sys/fs/cgroup}, in order. */
  List<InsideMount> insideMounts();

  /** What its controllers can limit and measure. */
  Controllers controllers();

  /**
   * Allows these devices and no others.
   *
   * @param rules what is allowed
   * @return null if that is done; else a program that the launcher must attach before a process of
   *     the container runs
   * @throws IOException if the kernel refuses
   */
  DevicesControl.@Nullable Attachment limitDevices(List<DeviceRule> rules) throws IOException;

  /**
   * Limits how many processes and threads there may be.
   *
   * @param most how many, or {@link org.vzj.beancounters.cgroup.controller.PidsControl#UNLIMITED}
   * @return false if the host has no pids controller: then there is no limit
   * @throws IOException if the kernel refuses
   */
  boolean limitProcesses(long most) throws IOException;

  /**
   * Stops all processes and waits until they stand still.
   *
   * @param timeout how long to wait; after that they are let go again
   * @throws IOException if they do not in time, or the host has no freezer
   */
  void freeze(Duration timeout) throws IOException;

  /**
   * Lets frozen processes go on.
   *
   * @throws IOException if the kernel refuses
   */
  void thaw() throws IOException;

  /** Tells whether the group is frozen. */
  boolean isFrozen() throws IOException;

  /**
   * Kills all processes, frozen or not, and waits until they are gone.
   *
   * @param timeout how long to try
   * @throws IOException if some are left then; the message says which
   */
  void kill(Duration timeout) throws IOException;

  /**
   * Lists the processes, also of groups that the container made below.
   *
   * @return their ids as the host sees them, in no order
   * @throws IOException if they cannot be read
   */
  List<Long> processes() throws IOException;

  /** Tells whether there are processes. */
  boolean populated() throws IOException;

  /**
   * Removes the group with all that the container made below, in every hierarchy. That it is gone
   * already is fine. The kernel needs a moment after the last process: this waits for it.
   *
   * @param timeout how long to try
   * @throws IOException if something is left then
   */
  void remove(Duration timeout) throws IOException;
}
