package org.vzj.layout;

import java.nio.file.Path;
import org.vzj.config.ContainerConfig;
import org.vzj.container.CtId;
import org.vzj.container.Messages;

/**
 * What a layout must know of the container whose files it keeps.
 *
 * @param id its number
 * @param area VE_PRIVATE
 * @param root VE_ROOT, where the files appear when mounted
 * @param config its configuration; also while it is being created, then with the ids it will have
 * @param runner executes plans on this host
 * @param messages who hears what is done
 */
public record Volume(
    CtId id, Path area, Path root, ContainerConfig config, PlanRunner runner, Messages messages) {
  /** How many user and group ids each container has. */
  static final int IDS = 65_536;

  /** Returns the same container with its files elsewhere: under a temporary name, for instance. */
  public Volume at(Path other) {
    return new Volume(id, other, root, config, runner, messages);
  }

  /** Returns the same container mounted elsewhere. */
  public Volume mountedAt(Path other) {
    return new Volume(id, area, other, config, runner, messages);
  }
}
