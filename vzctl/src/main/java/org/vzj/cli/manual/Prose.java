package org.vzj.cli.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is to be said about single entries of a table beyond the table's own words: a file of roff
 * in which a line {@code == NAME} begins what belongs to an entry.
 */
final class Prose {
  private final Map<String, String> texts = new LinkedHashMap<>();

  /** Reads a file. */
  static Prose read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static Prose parse(String text) {
    Prose prose = new Prose();
    String name = "";
    for (String line : text.split("\n")) {
      if (line.startsWith("== ")) {
        name = line.substring(3).strip();
        if (prose.texts.put(name, "") != null) {
          throw new IllegalArgumentException("said twice: " + name);
        }
      } else if (!name.isEmpty() && !line.isBlank()) {
        prose.texts.merge(name, line + "\n", String::concat);
      }
    }
    return prose;
  }

  /** Returns what is said about an entry; empty if nothing is. */
  String of(String name) {
    return texts.getOrDefault(name, "");
  }

  /** Returns the entries that something is said about. */
  Set<String> names() {
    return texts.keySet();
  }
}
