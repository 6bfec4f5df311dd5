package org.vzj.cli.list;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.layout.Layouts;

/** What a container is and where it lies. */
enum CtValue implements Field.Source {
  ID,
  PRIVATE,
  ROOT,
  NAME,
  SMART_NAME,
  IP,
  NAMESERVER,
  SEARCHDOMAIN,
  STATUS,
  UPTIME,
  LAVERAGE,
  LAYOUT,
  NETFILTER,
  /** What nothing tells us yet. */
  UNKNOWN;

  private static final String PLOOP_DESCRIPTOR = "root.hdd/DiskDescriptor.xml";

  @Override
  public Cell read(Ct ct) {
    return switch (this) {
      case ID -> Cell.number(ct.id());
      case PRIVATE -> orMissing(ct.path("VE_PRIVATE"));
      case ROOT -> orMissing(ct.path("VE_ROOT"));
      case NAME -> orMissing(ct.name());
      case SMART_NAME -> smartName(ct);
      case IP -> Cell.words(addresses(ct));
      case NAMESERVER -> Cell.words(ct.conf().words("NAMESERVER"));
      case SEARCHDOMAIN -> Cell.words(ct.conf().words("SEARCHDOMAIN"));
      case STATUS -> Cell.text(ct.status());
      case UPTIME -> uptime(ct);
      case LAVERAGE -> loadAverage(ct.loadAverage());
      case LAYOUT -> Cell.words(List.of(layout(ct)));
      case NETFILTER -> netfilter(ct);
      case UNKNOWN -> Cell.MISSING;
    };
  }

  private static Cell orMissing(@Nullable String text) {
    return text == null ? Cell.MISSING : Cell.text(text);
  }

  private static Cell smartName(Ct ct) {
    String name = ct.name();
    return Cell.text(name == null ? Integer.toString(ct.id()) : name);
  }

  /** The addresses without the length of their networks, as OpenVZ's kernel lists them. */
  private static List<String> addresses(Ct ct) {
    List<String> addresses = new ArrayList<>();
    for (String word : ct.conf().words("IP_ADDRESS")) {
      int slash = word.indexOf('/');
      String address = slash < 0 ? word : word.substring(0, slash);
      if (!address.equals("0.0.0.0")) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  private static Cell uptime(Ct ct) {
    long millis = ct.uptimeMillis();
    if (millis < 0) {
      return Cell.MISSING;
    }
    long seconds = millis / 1000;
    StringBuilder text = new StringBuilder();
    digits(text, seconds / 86400, 3).append('d');
    digits(text, seconds / 3600 % 24, 2).append("h:");
    digits(text, seconds / 60 % 60, 2).append("m:");
    digits(text, seconds % 60, 2).append('s');
    return Cell.number(millis, text.toString());
  }

  /** Sorted by that of one minute. */
  private static Cell loadAverage(@Nullable List<String> averages) {
    if (averages == null) {
      return Cell.MISSING;
    }
    long hundredths = Long.parseLong(averages.getFirst().replace(".", ""));
    return Cell.number(hundredths, averages);
  }

  private static StringBuilder digits(StringBuilder text, long number, int count) {
    String digits = Long.toString(number);
    for (int i = digits.length(); i < count; i++) {
      text.append('0');
    }
    return text.append(digits);
  }

  private static String layout(Ct ct) {
    String layout = ct.conf().first("VE_LAYOUT");
    if (layout != null) {
      int colon = layout.indexOf(':');
      String kind = colon < 0 ? layout : layout.substring(0, colon);
      if (Layouts.isName(kind)) {
        return kind;
      }
    }
    String area = ct.path("VE_PRIVATE");
    if (area == null) {
      return "???";
    }
    return new File(area, PLOOP_DESCRIPTOR).exists() ? "ploop" : "simfs";
  }

  /** The originals print what their C library makes of no text, and so do we. */
  private static Cell netfilter(Ct ct) {
    String level = ct.conf().first("NETFILTER");
    boolean known =
        level != null
            && (level.equals("disabled")
                || level.equals("stateless")
                || level.equals("stateful")
                || level.equals("full"));
    return known && level != null ? Cell.text(level) : Cell.missing("(null)");
  }
}
