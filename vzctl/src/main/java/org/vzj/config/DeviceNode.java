package org.vzj.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Access to a device by its name: an item of the DEVNODES value.
 *
 * @param name below the host's {@code /dev}, for instance {@code net/tun}
 * @param access {@code r}, {@code w} and {@code q} (quota) as far as granted; empty: none
 */
public record DeviceNode(String name, String access) {

  /** Reads items with blanks between; null if one is wrong. Whether it exists is not looked at. */
  public static @Nullable List<DeviceNode> parseAll(String text) {
    List<DeviceNode> result = new ArrayList<>();
    for (String word : Words.of(text)) {
      // A name may hold colons, as those of disks by path do.
      int colon = word.lastIndexOf(':');
      String access = colon < 0 ? null : DeviceAccess.canonicalAccess(word.substring(colon + 1));
      if (access == null || !isBelowDev(word.substring(0, colon))) {
        return null;
      }
      result.add(new DeviceNode(word.substring(0, colon), access));
    }
    return result;
  }

  private static boolean isBelowDev(String name) {
    for (String part : Words.fields(name, '/')) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return name + ":" + (access.isEmpty() ? "none" : access);
  }
}
