package org.vzj.cli.list;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.conf.ConfFile;

/**
 * The values of one configuration file with OpenVZ's rules for keys that occur twice.
 *
 * <p>vzlist reads hundreds of files for a few values each, so a value is understood when its column
 * is printed and not before; a broken one counts as unset, and vzctl is the one to warn of it.
 */
final class ConfValues {
  /** A file without any value. */
  static final ConfValues NONE = new ConfValues(List.of());

  private final List<ConfFile.Assignment> assignments;

  private ConfValues(List<ConfFile.Assignment> assignments) {
    this.assignments = assignments;
  }

  /** Reads a file; null if it cannot be read. */
  static @Nullable ConfValues read(Path file) {
    try {
      return new ConfValues(ConfFile.read(file).assignments());
    } catch (IOException e) {
      return null;
    }
  }

  /** The first value that is not empty, which counts for most keys; null if there is none. */
  @Nullable String first(String key) {
    for (int i = 0; i < assignments.size(); i++) {
      ConfFile.Assignment line = assignments.get(i);
      if (line.key().equals(key) && !line.value().isEmpty()) {
        return line.value();
      }
    }
    return null;
  }

  /** The last value, which counts for limits, by either name; null if there is none. */
  @Nullable String last(String key, @Nullable String alias) {
    for (int i = assignments.size() - 1; i >= 0; i--) {
      ConfFile.Assignment line = assignments.get(i);
      if (line.key().equals(key) || line.key().equals(alias)) {
        return line.value();
      }
    }
    return null;
  }

  /** The words of all values, which together make a list. */
  List<String> words(String key) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < assignments.size(); i++) {
      if (assignments.get(i).key().equals(key)) {
        split(assignments.get(i).value(), words);
      }
    }
    return words;
  }

  private static void split(String text, List<String> words) {
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean blank = i == text.length() || isBlank(text.charAt(i));
      if (blank && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      } else if (!blank && start < 0) {
        start = i;
      }
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
