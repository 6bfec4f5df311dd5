package org.vzj.linux.file;

/** What a {@link TreeCopy} takes, and what it makes of it. */
public interface CopyRules {
  /** What becomes of a name. */
  enum Fate {
    /** It is copied. */
    COPY,
    /** It is left out, with all in it. */
    OMIT,
    /** A file is made without contents; others are copied. */
    EMPTY
  }

  /** Takes everything, and no devices. */
  CopyRules ALL = (directory, name) -> Fate.COPY;

  /**
   * Decides about a name. Several threads ask.
   *
   * @param directory the path of its directory below the top, empty for the top; a character for
   *     each byte
   * @param name its name, likewise
   */
  Fate fate(String directory, String name);

  /** Tells whether a device node may be copied; those that may not are left out and counted. */
  default boolean allowsDevice(boolean block, int major, int minor) {
    return false;
  }

  /**
   * Tells whether the tree is a layer of overlayfs: then its marks, devices 0:0 and attributes
   * {@code trusted.overlay.*} for what lies below, are copied too.
   */
  default boolean isLayer() {
    return false;
  }
}
