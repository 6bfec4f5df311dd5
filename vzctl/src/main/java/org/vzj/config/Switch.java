package org.vzj.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that is switched on or off by name: a capability or a feature.
 *
 * @param name as in the configuration: {@code NET_ADMIN}, {@code sysfs}
 */
public record Switch(String name, boolean on) {

  /** Reads the canonical form, {@code NAME:on NAME:off}. */
  static List<Switch> parseAll(String canonical) {
    List<Switch> result = new ArrayList<>();
    for (String word : Words.of(canonical)) {
      int colon = word.indexOf(':');
      result.add(new Switch(word.substring(0, colon), word.endsWith(":on")));
    }
    return result;
  }
}
