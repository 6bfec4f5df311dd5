package org.vzj.config;

import java.util.ArrayList;
import java.util.List;
import org.vzj.firewall.RuleList;

/** Joins lists of one type: what comes later replaces what it names again. */
final class ListValues {

  private ListValues() {}

  static String join(ValueType type, String first, String second) {
    return switch (type) {
      case CAPABILITY_LIST -> switches(SwitchValues.CAPABILITIES, first, second);
      case FEATURE_LIST -> switches(SwitchValues.FEATURES, first, second);
      case SERVER_LIST, DOMAIN_LIST -> inherited(first, second);
      case ADDRESSES_OR_ALL, DEVICES_OR_ALL ->
          first.equals("all") || second.equals("all") ? "all" : words(first, second, ' ');
      case ADDRESS_LIST -> words(first, second, '/');
      case DEVICE_LIST, DEVICE_NODES -> words(first, second, ':');
      case VETH_LIST -> first.isEmpty() || second.isEmpty() ? first + second : first + ";" + second;
      case FIREWALL_RULES, FIREWALL_RULES_OR_ALL ->
          first.equals("all") || second.equals("all") ? "all" : RuleList.join(first, second);
      case USER_PASSWORD -> first + "\n" + second;
      default -> words(first, second, ' ');
    };
  }

  /** The words of {@code list} that are not named in {@code remove}, or none if that is all. */
  static String without(ValueType type, String list, String remove) {
    if (remove.equals("all")) {
      return "";
    }
    if (type == ValueType.FIREWALL_RULES) {
      return RuleList.without(list, remove);
    }
    char end = type == ValueType.ADDRESS_LIST ? '/' : ' ';
    List<String> kept = new ArrayList<>();
    for (String word : Words.of(list)) {
      if (!names(Words.of(remove), word, end)) {
        kept.add(word);
      }
    }
    return String.join(" ", kept);
  }

  private static String inherited(String first, String second) {
    boolean inherit = first.equals("inherit") || second.equals("inherit");
    return inherit ? "inherit" : words(first, second, ' ');
  }

  private static String switches(List<String> names, String first, String second) {
    String both = first + " " + second;
    Value value =
        names == SwitchValues.FEATURES
            ? SwitchValues.features(both, Source.FILE)
            : SwitchValues.capabilities(both, Source.FILE);
    return value.canonical() == null ? second : value.canonical();
  }

  /** Two words are the same thing if they are equal up to the last {@code end} in them. */
  private static String words(String first, String second, char end) {
    List<String> later = Words.of(second);
    List<String> result = new ArrayList<>();
    for (String word : Words.of(first)) {
      if (!names(later, word, end)) {
        result.add(word);
      }
    }
    result.addAll(later);
    return String.join(" ", result);
  }

  private static boolean names(List<String> words, String word, char end) {
    for (String other : words) {
      if (name(other, end).equals(name(word, end))) {
        return true;
      }
    }
    return false;
  }

  private static String name(String word, char end) {
    int at = word.lastIndexOf(end);
    return at < 0 ? word : word.substring(0, at);
  }
}
