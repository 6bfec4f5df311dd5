package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;

/** Finds the layout of a container. */
public final class Layouts {
  private static final String PLOOP = "ploop";

  private Layouts() {}

  /**
   * Returns the layout of a container that exists.
   *
   * @param configured VE_LAYOUT of its configuration, which is believed; null if it says none: then
   *     the private area tells
   * @param area its private area
   * @throws VzException PLOOP_UNSUPPORTED
   */
  public static Layout of(@Nullable String configured, Path area) throws VzException {
    return named(configured == null ? detect(area) : configured);
  }

  /**
   * Returns the layout of this name.
   *
   * @param value as VE_LAYOUT has it, perhaps with a mode after a colon
   * @throws VzException PLOOP_UNSUPPORTED
   */
  public static Layout named(String value) throws VzException {
    int colon = value.indexOf(':');
    String name = colon < 0 ? value : value.substring(0, colon);
    if (name.equals(PLOOP)) {
      throw new VzException(
          ExitCode.PLOOP_UNSUPPORTED, "The ploop layout is not supported by this version.");
    }
    return new Simfs();
  }

  /**
   * A private area with a ploop image has a descriptor, as in OpenVZ. The files of a simfs
   * container are its own to write, so only what belongs to the host's root is believed.
   */
  static String detect(Path area) {
    Path images = area.resolve("root.hdd");
    return isRoots(area) && isRoots(images) && isRoots(images.resolve("DiskDescriptor.xml"))
        ? PLOOP
        : Simfs.NAME;
  }

  private static boolean isRoots(Path path) {
    try {
      return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS) == 0
          && !Files.isSymbolicLink(path);
    } catch (IOException e) {
      return false;
    }
  }
}
