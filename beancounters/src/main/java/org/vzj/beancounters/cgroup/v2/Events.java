package org.vzj.beancounters.cgroup.v2;

/** The file {@code cgroup.events}: lines of a name and 0 or 1. */
final class Events {
  private Events() {}

  static boolean isSet(String text, String name) {
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        end = text.length();
      }
      if (text.startsWith(name, at) && text.startsWith(" 1", at + name.length())) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }
}
