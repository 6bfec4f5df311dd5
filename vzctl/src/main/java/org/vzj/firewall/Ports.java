package org.vzj.firewall;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.unit.Amount;

/**
 * Neighbouring ports.
 *
 * @param first 1 to 65535
 * @param last the same or a higher one
 */
record Ports(int first, int last) {
  private static final int HIGHEST = 65_535;

  /** Reads {@code 80,443,8000-8010}; null if it is none, or if a port is named twice. */
  static @Nullable List<Ports> parse(String text) {
    List<Ports> list = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      Ports ports = one(text.substring(start, end));
      if (ports == null || overlaps(list, ports)) {
        return null;
      }
      list.add(ports);
      start = end + 1;
    }
    return list;
  }

  /** Reads {@code 80} or {@code 8000-8010}; null if it is neither. */
  static @Nullable Ports one(String text) {
    int dash = text.indexOf('-');
    int first = number(dash < 0 ? text : text.substring(0, dash));
    int last = dash < 0 ? first : number(text.substring(dash + 1));
    return first < 1 || last < first ? null : new Ports(first, last);
  }

  private static int number(String text) {
    Amount amount = text.isEmpty() || text.length() > 5 ? null : Amount.parseCount(text);
    return amount == null || amount.value() > HIGHEST ? -1 : (int) amount.value();
  }

  private static boolean overlaps(List<Ports> list, Ports ports) {
    for (Ports other : list) {
      if (ports.first <= other.last && other.first <= ports.last) {
        return true;
      }
    }
    return false;
  }

  /** All of them, with a separator between. */
  static String text(List<Ports> list, String separator) {
    StringBuilder out = new StringBuilder();
    for (Ports ports : list) {
      out.append(out.isEmpty() ? "" : separator).append(ports);
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
