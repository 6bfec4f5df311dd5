package org.vzj.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ContainerStore;
import org.vzj.container.CtId;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;

/**
 * The containers that the words of a command line mean: numbers, names, ranges ({@code 101-110})
 * and lists ({@code 101,105,web}).
 */
public final class TargetWords {
  /** A range beyond this is a slip of the finger. */
  private static final int MAX_RANGE = 100_000;

  private TargetWords() {}

  /**
   * Returns the containers in the order given, each once.
   *
   * @throws VzException INVALID_VALUE for a word that means none
   */
  public static List<CtId> expand(List<String> words, ContainerStore store) throws VzException {
    Set<CtId> ids = new LinkedHashSet<>();
    for (String word : words) {
      for (String part : word.split(",", -1)) {
        add(part, store, ids);
      }
    }
    return new ArrayList<>(ids);
  }

  private static void add(String word, ContainerStore store, Set<CtId> ids) throws VzException {
    CtId id = CtId.parse(word);
    if (id != null) {
      ids.add(id);
      return;
    }
    CtId named = store.named(word);
    if (named == null && addRange(word, ids)) {
      return;
    }
    if (named == null) {
      throw new VzException(ExitCode.INVALID_VALUE, "Bad CT ID " + word);
    }
    String configured = store.configuredName(named);
    if (configured != null && !configured.equals(word)) {
      throw new VzException(ExitCode.INVALID_VALUE, "Unable to find container by name " + word);
    }
    ids.add(named);
  }

  private static boolean addRange(String word, Set<CtId> ids) throws VzException {
    int dash = word.indexOf('-');
    CtId first = dash < 0 ? null : CtId.parse(word.substring(0, dash));
    @Nullable CtId last = dash < 0 ? null : CtId.parse(word.substring(dash + 1));
    if (first == null || last == null) {
      return false;
    }
    if (last.value() < first.value() || last.value() - first.value() > MAX_RANGE) {
      throw new VzException(ExitCode.INVALID_VALUE, "Bad CT ID " + word);
    }
    for (int i = first.value(); i <= last.value(); i++) {
      ids.add(new CtId(i));
    }
    return true;
  }
}
