package org.vzj.template.unpack;

/**
 * The device nodes that a template may bring. A node of a host's disk in a private area would be an
 * open door to that disk as soon as somebody on the host opens it, or a privileged container does.
 */
public final class DeviceAllowance {
  private static final int[][] CHARACTER = {
    {1, 3}, // null
    {1, 5}, // zero
    {1, 7}, // full
    {1, 8}, // random
    {1, 9}, // urandom
    {5, 0}, // tty
    {5, 1}, // console
    {5, 2}, // ptmx
    {10, 200}, // net/tun
    {10, 229}, // fuse
  };

  private DeviceAllowance() {}

  /** True if a character device of these numbers is harmless. No block device is. */
  public static boolean allows(boolean block, int major, int minor) {
    if (block) {
      return false;
    }
    for (int[] device : CHARACTER) {
      if (device[0] == major && device[1] == minor) {
        return true;
      }
    }
    return false;
  }
}
