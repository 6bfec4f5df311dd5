package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.config.ContainerConfig;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.file.TreeRemoval;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.quota.DiskLimit;

/**
 * One way to store containers' files. It keeps no state: all is in the private area and in the
 * kernel, and whoever calls holds the container's lock.
 */
public interface Layout {
  /** Returns the word for VE_LAYOUT. */
  String name();

  /**
   * Returns the files of a container that is not mounted, as the host can look at them.
   *
   * @return null if only mounting shows them; then VE_ROOT does
   */
  @Nullable GuestFiles files(Volume volume);

  /**
   * Returns the directory whose files are the container's own and lie, one by one, on the host's
   * file system: the tree that a project quota counts. Null if the layout limits space itself.
   */
  default @Nullable Path counted(Volume volume) {
    return null;
  }

  /**
   * Returns a directory of the file system whose quota for users and groups is that of the
   * container's own, while it is mounted. Null if what the container sees as its disk is none.
   */
  default @Nullable Path quotaPlace(Volume volume) {
    return null;
  }

  /**
   * Refuses what a container of this layout cannot be.
   *
   * @throws VzException such as DISKSPACE_NOT_SET
   */
  default void check(ContainerConfig config) throws VzException {}

  /**
   * Refuses files of a container that exists, if they cannot be used as they are.
   *
   * @throws VzException with what is to be done
   */
  default void checkFiles(Volume volume) throws VzException {}

  /**
   * Makes the files of a new container. If this fails, or the process is killed, the caller removes
   * the directory with {@link #destroy}; nothing may stay elsewhere.
   *
   * @param volume the container; its area is an empty directory of root's, mode 700, that is
   *     renamed to VE_PRIVATE afterwards
   * @param mode what follows the colon in {@code --layout NAME:MODE}, empty if nothing
   * @param filling where its files come from
   * @throws VzException with the reason
   */
  void create(Volume volume, String mode, Filling filling) throws VzException;

  /**
   * Makes the files of a new container from those of another of this layout, where there is a
   * shorter way than to fill in all of them. If this fails it is as with {@link #create}.
   *
   * @param source the other container, whose processes, if any, stand still
   * @param volume as for {@link #create}
   * @param copying copies what must be copied
   * @return false if there is no shorter way: nothing has been done then
   */
  default boolean copy(Volume source, Volume volume, Copying copying) throws VzException {
    return false;
  }

  /**
   * Adds the steps that make the container's files appear at VE_ROOT, which is there. They are
   * executed on the host, alone or as a part of a start.
   *
   * @throws VzException if it can be said already that they will fail
   */
  void addMount(LaunchPlan.Builder plan, Volume volume) throws VzException;

  /** Tells whether a failed step is one of {@link #addMount}'s. */
  default boolean isAbout(LaunchReport.Failed failed, Volume volume) {
    return failed.what().startsWith("mount ")
        && failed.what().contains(" " + volume.root() + " ")
        && !failed.what().endsWith(" - rbind -");
  }

  /** Returns the exit code of a mount that failed. */
  default ExitCode mountError() {
    return ExitCode.MOUNT_FAILED;
  }

  /** Says in one line of a shell's words what mounting does. */
  String mountLine(Volume volume);

  /**
   * Does what is to be done after VE_ROOT has been unmounted; also before a removal, in case that
   * was not done.
   */
  default void unmounted(Volume volume) throws VzException {}

  /**
   * Removes what a command that was killed, or a power cut, has left of its work in the private
   * area, before the files are used. What other callers of this class must finish stays.
   *
   * @throws IOException if something is left
   * @throws VzException likewise
   */
  default void tidy(Volume volume) throws IOException, VzException {}

  /** Tells whether the container's disk has a size of its own, which {@link #resize} changes. */
  default boolean hasOwnSize() {
    return false;
  }

  /**
   * Changes the size of the container's disk, mounted or not.
   *
   * @param limit in KB
   * @param offline whether the user accepts a way that needs the container stopped and unmounted,
   *     which it is then
   * @return false if the layout has no size of its own: then the host's quota limits it
   * @throws VzException RESIZE_IMAGE; the disk has its old size then, or one in between that is
   *     consistent
   */
  default boolean resize(Volume volume, DiskLimit limit, boolean offline) throws VzException {
    return false;
  }

  /**
   * Returns how full the container's disk is, mounted or not.
   *
   * @return null if the layout cannot tell without walking through all files
   */
  default @Nullable DiskUsage usage(Volume volume) throws VzException {
    return null;
  }

  /**
   * Gives back to the host what the container's disk takes and does not use.
   *
   * @throws VzException COMPACT_IMAGE
   */
  default void compact(Volume volume) throws VzException {
    volume.messages().say("Compact only makes sense for ploop containers");
  }

  /** Tells whether {@link #createSnapshot} and its companions work. */
  default boolean hasSnapshots() {
    return false;
  }

  /** Tells whether the container has any snapshot. */
  default boolean keepsSnapshots(Volume volume) {
    return false;
  }

  /**
   * Keeps the files as they are now. The container may run; then no process of it may be in the
   * middle of a write that it wants whole: the caller freezes it.
   *
   * @param guid a name for it, {@code {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}} with the braces
   * @throws VzException CREATE_SNAPSHOT; nothing is kept then
   */
  default void createSnapshot(Volume volume, String guid) throws VzException {
    throw noSnapshots(ExitCode.CREATE_SNAPSHOT);
  }

  /**
   * Removes what a snapshot kept. Other snapshots and the container, which may run, keep theirs.
   * One that is not there, or was never finished, is no error.
   *
   * @throws VzException DELETE_SNAPSHOT
   */
  default void deleteSnapshot(Volume volume, String guid) throws VzException {
    throw noSnapshots(ExitCode.DELETE_SNAPSHOT);
  }

  /**
   * Gives the container, which is stopped and unmounted, the files of a snapshot; the snapshot
   * stays. What the files were is lost. A crash leaves the old files or the new ones.
   *
   * @throws VzException SWITCH_SNAPSHOT; the files are as they were then
   */
  default void switchSnapshot(Volume volume, String guid) throws VzException {
    throw noSnapshots(ExitCode.SWITCH_SNAPSHOT);
  }

  /**
   * Shows a snapshot's files at a directory, read-only. What a guest has made setuid, or a device,
   * must be neither there.
   *
   * @param point a directory that is there
   * @throws VzException MOUNT_SNAPSHOT
   */
  default void mountSnapshot(Volume volume, String guid, Path point) throws VzException {
    throw noSnapshots(ExitCode.MOUNT_SNAPSHOT);
  }

  /**
   * Ends {@link #mountSnapshot}, wherever the snapshot is mounted.
   *
   * @throws VzException UMOUNT_SNAPSHOT, also if it is not mounted
   */
  default void umountSnapshot(Volume volume, String guid) throws VzException {
    throw noSnapshots(ExitCode.UMOUNT_SNAPSHOT);
  }

  /** The reference's words. */
  private static VzException noSnapshots(ExitCode code) {
    return new VzException(code, "Snapshot feature is only available for ploop-based CTs");
  }

  /**
   * Removes a container's files for good, whole or half made.
   *
   * @param volume the container; its area is the private area under whatever name, and nothing is
   *     mounted of it
   * @throws IOException if something is left
   * @throws VzException likewise
   */
  default void destroy(Volume volume) throws IOException, VzException {
    TreeRemoval.remove(volume.area());
  }
}
