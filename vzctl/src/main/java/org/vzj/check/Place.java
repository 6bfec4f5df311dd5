package org.vzj.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.proc.MountInfo;

/**
 * A directory that vz.conf names, and the mount it lies on.
 *
 * @param directory as vz.conf names it, without the part that differs from container to container
 * @param existing what exists of the way to it, as we reach it, without symbolic links
 * @param mount the mount there, null if we do not see one
 */
record Place(Path directory, Path existing, @Nullable MountInfo mount) {
  /**
   * Finds the place of a key.
   *
   * @param key VE_PRIVATE, VE_ROOT, LOCKDIR or TEMPLATE
   * @return the place, null if vz.conf does not set it to an absolute path
   */
  static @Nullable Place of(HostView host, String key) throws IOException {
    String value = host.global(key);
    if (value == null || !value.startsWith("/")) {
      return null;
    }
    Path directory = Path.of(shared(value));
    Path existing = host.at(directory);
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    existing = existing.toRealPath();
    return new Place(directory, existing, MountInfo.holding(host.mounts(), existing.toString()));
  }

  /** The part of a path that all containers share: {@code /vz/private/$VEID} is /vz/private. */
  static String shared(String value) {
    int dollar = value.indexOf('$');
    if (dollar < 0) {
      return value;
    }
    int slash = value.lastIndexOf('/', dollar);
    return slash <= 0 ? "/" : value.substring(0, slash);
  }
}
