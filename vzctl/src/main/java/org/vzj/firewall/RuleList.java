package org.vzj.firewall;

import java.util.ArrayList;
import java.util.List;

/** Lists of rules in one value, parted by semicolons; the order matters. */
public final class RuleList {
  private static final String SEPARATOR = "; ";

  private RuleList() {}

  /**
   * The list in its canonical form.
   *
   * @throws BadRuleException if there is one that is none
   */
  public static String canonical(String value) throws BadRuleException {
    String list = "";
    for (String text : split(value)) {
      list = join(list, RuleReader.read(text).text());
    }
    return list;
  }

  /** Adds the rules of a second list behind those of the first; none is in it twice. */
  public static String join(String first, String second) {
    List<String> rules = split(first);
    for (String rule : split(second)) {
      if (!rules.contains(rule)) {
        rules.add(rule);
      }
    }
    return String.join(SEPARATOR, rules);
  }

  /** The rules of a list that are not in another; {@code all} stands for all. */
  public static String without(String list, String removed) {
    List<String> kept = split(list);
    if (removed.equals("all")) {
      return "";
    }
    kept.removeAll(split(removed));
    return String.join(SEPARATOR, kept);
  }

  /** The texts of the rules, as they stand there. */
  static List<String> split(String value) {
    List<String> rules = new ArrayList<>();
    int start = 0;
    while (start <= value.length()) {
      int end = value.indexOf(';', start);
      end = end < 0 ? value.length() : end;
      String rule = value.substring(start, end).strip();
      if (!rule.isEmpty()) {
        rules.add(rule);
      }
      start = end + 1;
    }
    return rules;
  }
}
