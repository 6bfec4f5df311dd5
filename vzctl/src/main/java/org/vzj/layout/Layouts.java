package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.container.VzException;

/** Finds the layout of a container. */
public final class Layouts {
  private Layouts() {}

  /**
   * Returns the layout of a container that exists.
   *
   * @param configured VE_LAYOUT of its configuration, which is believed; null if it says none: then
   *     the private area tells
   * @param area its private area
   */
  public static Layout of(@Nullable String configured, Path area) {
    return named(configured == null ? detect(area) : configured);
  }

  /**
   * Returns the layout of this name.
   *
   * @param value as VE_LAYOUT has it, perhaps with a mode after a colon
   */
  public static Layout named(String value) {
    int colon = value.indexOf(':');
    String name = colon < 0 ? value : value.substring(0, colon);
    return switch (name) {
      case Ploop.NAME -> new Ploop();
      case Btrfs.NAME -> new Btrfs();
      case Overlay.NAME -> new Overlay();
      default -> new Simfs();
    };
  }

  /**
   * A private area with a ploop image has a descriptor, as in OpenVZ. The files of a simfs
   * container are its own to write, so only what belongs to the host's root is believed.
   */
  static String detect(Path area) {
    Path images = area.resolve("root.hdd");
    if (!isRoots(area)) {
      return Simfs.NAME;
    }
    if (isRoots(images) && isRoots(images.resolve("DiskDescriptor.xml"))) {
      return Ploop.NAME;
    }
    if (Btrfs.isOne(area)) {
      return Btrfs.NAME;
    }
    return Overlay.isOne(area) ? Overlay.NAME : Simfs.NAME;
  }

  /** Tells whether this is a word that VE_LAYOUT may have, without a mode. */
  public static boolean isName(String name) {
    return name.equals(Simfs.NAME)
        || name.equals(Ploop.NAME)
        || name.equals(Overlay.NAME)
        || name.equals(Btrfs.NAME);
  }

  /**
   * Removes a private area that no configuration knows any more, or not yet: under a temporary
   * name, half made or half removed. What a killed process has left mounted in it goes first.
   */
  public static void remove(Volume volume) throws IOException, VzException {
    Mounts.clear(volume.runner(), volume.area());
    named(detect(volume.area())).destroy(volume);
  }

  /** Tells whether this is there, of the host's root, and no link. */
  static boolean isRoots(Path path) {
    try {
      return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS) == 0
          && !Files.isSymbolicLink(path);
    } catch (IOException e) {
      return false;
    }
  }
}
