package org.vzj.lifecycle;

import java.nio.file.Path;
import org.vzj.config.ContainerConfig;
import org.vzj.container.Container;
import org.vzj.container.CtId;
import org.vzj.container.ExitCode;
import org.vzj.container.Messages;
import org.vzj.container.VzException;
import org.vzj.layout.GuestFiles;
import org.vzj.layout.Layout;
import org.vzj.layout.Layouts;
import org.vzj.layout.Volume;

/**
 * The container that a verb works on, with all that it needs to know.
 *
 * @param host the machine
 * @param container its files
 * @param config its configuration, with the global defaults and the command line's values laid in
 * @param messages who hears what the verb says
 */
public record Target(Host host, Container container, ContainerConfig config, Messages messages) {
  /** Returns the container's number. */
  public CtId id() {
    return container.id();
  }

  /**
   * Returns how its files are stored.
   *
   * @throws VzException VE_PRIVATE_NOT_SET or INVALID_CONFIG
   */
  public Layout layout() throws VzException {
    return Layouts.of(config.layout(), privateArea());
  }

  /**
   * Returns what its layout must know of it.
   *
   * @throws VzException as {@link #root} and {@link #privateArea}
   */
  public Volume volume() throws VzException {
    return new Volume(id(), privateArea(), root(), config, host, messages);
  }

  /**
   * Returns its files as they can be looked at before it runs.
   *
   * @throws VzException as {@link #layout} and {@link #volume}
   */
  GuestFiles files() throws VzException {
    GuestFiles files = layout().files(volume());
    return files == null ? GuestFiles.in(root()) : files;
  }

  /** Returns the same container with another configuration. */
  public Target with(ContainerConfig changed) {
    return new Target(host, container, changed, messages);
  }

  /**
   * Returns the mount point of its root.
   *
   * @throws VzException VE_ROOT_NOT_SET if no configuration names it; INVALID_CONFIG if it holds
   *     the container's own files, or the whole host: an umount takes everything below it away
   */
  public Path root() throws VzException {
    Path root = config.veRoot();
    if (root == null) {
      throw new VzException(
          ExitCode.VE_ROOT_NOT_SET,
          "VE_ROOT is not set in " + container.configFile() + " or " + host.paths().globalConfig());
    }
    Path area = config.vePrivate();
    if (root.getParent() == null || (area != null && area.startsWith(root))) {
      throw new VzException(
          ExitCode.INVALID_CONFIG, "Nothing can be mounted on VE_ROOT " + root + ": it is in use");
    }
    return root;
  }

  /**
   * Returns the directory that its files are in.
   *
   * @throws VzException VE_PRIVATE_NOT_SET if no configuration names it, INVALID_CONFIG if it is
   *     the host's root
   */
  public Path privateArea() throws VzException {
    Path area = config.vePrivate();
    if (area == null) {
      throw new VzException(
          ExitCode.VE_PRIVATE_NOT_SET,
          "VE_PRIVATE is not set in "
              + container.configFile()
              + " or "
              + host.paths().globalConfig());
    }
    if (area.getParent() == null) {
      throw new VzException(ExitCode.INVALID_CONFIG, "VE_PRIVATE / is the root of the host");
    }
    return area;
  }
}
