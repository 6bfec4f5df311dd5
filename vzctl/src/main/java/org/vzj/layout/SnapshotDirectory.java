package org.vzj.layout;

import java.nio.file.Path;

/** Where layouts that keep snapshots as directories have them: one each, in the private area. */
final class SnapshotDirectory {
  private SnapshotDirectory() {}

  static Path of(Volume volume) {
    return volume.area().resolve("snapshots");
  }

  /** Returns what one snapshot is kept in. */
  static Path entry(Volume volume, String guid) {
    return of(volume).resolve(guid);
  }

  /** Tells whether there is any, finished or not. */
  static boolean isUsed(Volume volume) {
    String[] names = of(volume).toFile().list();
    return names != null && names.length > 0;
  }
}
