package org.vzj.cli.getopt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** getopt_long's rule for long names: the exact name, else the only option with this prefix. */
final class LongNames {
  private final List<GetoptOption> table;

  LongNames(List<GetoptOption> table) {
    this.table = table;
  }

  /** The abbreviations among these words, each with the key of the option it stands for. */
  Map<String, String> abbreviations(String[] words) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String word : words) {
      String name = GetoptScan.longName(word);
      if (name != null && !name.isEmpty()) {
        GetoptOption option = find(name);
        if (option != null && !option.longNames().contains(name)) {
          found.put(name, option.key());
        }
      }
    }
    return found;
  }

  /**
   * The option that this name, or this abbreviation of a name, stands for; null if none or many.
   */
  private @Nullable GetoptOption find(String name) {
    GetoptOption found = null;
    boolean ambiguous = false;
    for (GetoptOption option : table) {
      for (String full : option.longNames()) {
        if (full.equals(name)) {
          return option;
        }
        if (full.startsWith(name)) {
          ambiguous |= found != null && !found.key().equals(option.key());
          found = option;
        }
      }
    }
    return ambiguous ? null : found;
  }

  /** The names that this abbreviation may stand for, without further aliases of the first one. */
  List<String> candidates(String name) {
    List<String> names = new ArrayList<>();
    GetoptOption first = null;
    for (GetoptOption option : table) {
      for (String full : option.longNames()) {
        if (full.startsWith(name) && (first == null || !first.key().equals(option.key()))) {
          names.add(full);
          first = first == null ? option : first;
        }
      }
    }
    return names;
  }
}
