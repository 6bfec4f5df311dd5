package org.vzj.firewall;

import java.util.ArrayList;
import java.util.List;
import org.vzj.linux.unit.Amount;

/**
 * What nft counted.
 *
 * @param table the name of the table, without its family
 * @param name of the counter
 * @param packets how many
 * @param bytes how many
 */
public record FirewallCounts(String table, String name, long packets, long bytes) {
  /**
   * Understands the output of {@code nft list counters}.
   *
   * @param wanted a container's table; those of its devices have a dot and more behind this name
   */
  public static List<FirewallCounts> parse(String text, String wanted) {
    List<FirewallCounts> found = new ArrayList<>();
    String table = "";
    String name = "";
    for (String line : text.split("\n", -1)) {
      String[] words = line.strip().split(" ", -1);
      if (words.length == 4 && words[0].equals("table")) {
        table = words[2];
      } else if (words.length >= 2 && words[0].equals("counter")) {
        name = words[1];
      } else if (words.length == 4
          && words[0].equals("packets")
          && (table.equals(wanted) || table.startsWith(wanted + "."))) {
        found.add(new FirewallCounts(table, name, number(words[1]), number(words[3])));
      }
    }
    return found;
  }

  private static long number(String text) {
    Amount amount = Amount.parseCount(text);
    return amount == null ? 0 : amount.value();
  }
}
