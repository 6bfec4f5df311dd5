package org.vzj.linux.conf;

import org.jspecify.annotations.Nullable;

/**
 * One line of a {@link ConfFile}, or the several lines of one value.
 *
 * @param number of its first line, from 1
 * @param raw its bytes, one per char, with the line end
 * @param key what it assigns to, if that can be told; null for comments
 * @param value null for comments and broken lines
 * @param problem why it is broken, or null
 */
record ConfLine(
    int number,
    String raw,
    @Nullable String key,
    @Nullable String value,
    @Nullable String problem) {

  /** Where the line end starts in {@link #raw}. */
  int contentEnd() {
    int end = raw.length();
    if (end > 0 && raw.charAt(end - 1) == '\n') {
      end--;
      if (end > 0 && raw.charAt(end - 1) == '\r') {
        end--;
      }
    }
    return end;
  }

  /** The line end; a newline if the line, being the last one, has none. */
  String lineEnd() {
    int end = contentEnd();
    return end == raw.length() ? "\n" : raw.substring(end);
  }
}
