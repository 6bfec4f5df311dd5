package org.vzj.cli.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.linux.capability.Capability;

/** What is on or off. */
enum SwitchValue implements Field.Source {
  /** Unset is a third state: start at boot what ran before. */
  ONBOOT,
  VSWAP,
  DISABLED,
  FEATURES,
  CAPABILITY;

  private static final List<String> FEATURE_NAMES =
      List.of("sysfs", "nfs", "sit", "ipip", "ppp", "ipgre", "bridge", "nfsd");

  @Override
  public Cell read(Ct ct) {
    return switch (this) {
      case ONBOOT -> yesNo(ct.conf().first("ONBOOT"));
      case DISABLED -> Cell.flag("yes".equals(ct.conf().first("DISABLED")));
      case VSWAP -> Cell.flag(isVswap(ct));
      case FEATURES -> joined(features(ct), Cell.MISSING);
      case CAPABILITY -> joined(capabilities(ct), Cell.missing(""));
    };
  }

  private static Cell yesNo(@Nullable String text) {
    return "yes".equals(text) ? Cell.YES : "no".equals(text) ? Cell.NO : Cell.MISSING;
  }

  /** A container with a limit on RAM is of the new kind, which has a limit on swap too. */
  private static boolean isVswap(Ct ct) {
    BarrierLimit ram = BeancounterValue.configured(ct, Beancounter.PHYSPAGES);
    return ram != null && !BarrierLimit.isUnlimited(ram.limit());
  }

  private static Cell joined(List<String> switches, Cell none) {
    return switches.isEmpty()
        ? none
        : new Cell(Cell.Kind.TEXT, String.join(",", switches), 0, switches);
  }

  private static List<String> features(Ct ct) {
    TreeMap<Integer, String> found = new TreeMap<>();
    for (String word : ct.conf().words("FEATURES")) {
      int colon = word.indexOf(':');
      int number = colon < 0 ? -1 : FEATURE_NAMES.indexOf(word.substring(0, colon));
      if (number >= 0 && isSwitch(word, colon)) {
        found.put(number, word);
      }
    }
    return new ArrayList<>(found.values());
  }

  private static List<String> capabilities(Ct ct) {
    TreeMap<Integer, String> found = new TreeMap<>();
    for (String word : ct.conf().words("CAPABILITY")) {
      int colon = word.indexOf(':');
      Capability capability = colon < 0 ? null : Capability.ofName(word.substring(0, colon));
      if (capability != null && isSwitch(word, colon)) {
        String name = capability.name().toLowerCase(Locale.ROOT);
        found.put(capability.number(), name + word.substring(colon));
      }
    }
    return new ArrayList<>(found.values());
  }

  private static boolean isSwitch(String word, int colon) {
    String state = word.substring(colon + 1);
    return state.equals("on") || state.equals("off");
  }
}
