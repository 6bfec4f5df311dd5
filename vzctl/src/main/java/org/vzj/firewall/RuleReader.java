package org.vzj.firewall;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.unit.Amount;
import org.vzj.linux.unit.IpAddress;

/** Understands rules, word by word. What it lets through is safe in nft's language. */
final class RuleReader {
  private static final String FILTER =
      "allow|deny in|out [PROTOCOL] [port N,N-N] [from ADDR,ADDR/LEN] [to ADDR,ADDR/LEN]";
  private static final String FORWARD = "forward tcp|udp port N[-N] [at ADDR] [to [ADDR] [port N]]";
  private static final String NAT = "nat [from ADDR,ADDR/LEN] [through DEVICE] [as ADDR]";

  private static final List<String> PROTOCOLS =
      List.of("tcp", "udp", "icmp", "sctp", "gre", "esp", "ah");
  private static final int MAX_DEVICE_NAME = 15;

  private final String rule;
  private final List<String> words;
  private int next;

  private RuleReader(String rule) {
    this.rule = rule;
    this.words = words(rule);
  }

  /**
   * Reads one rule.
   *
   * @throws BadRuleException if it is none
   */
  static FirewallRule read(String text) throws BadRuleException {
    RuleReader reader = new RuleReader(text.strip());
    return switch (reader.word("it is empty: " + FILTER)) {
      case "allow" -> reader.filter(true);
      case "deny" -> reader.filter(false);
      case "forward" -> reader.forward();
      case "nat" -> reader.nat();
      default -> throw reader.bad("it begins with none of the words allow, deny, forward and nat");
    };
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ' ' || text.charAt(i) == '\t') {
        if (i > start) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  private boolean more() {
    return next < words.size();
  }

  private String word(String otherwise) throws BadRuleException {
    if (!more()) {
      throw bad(otherwise);
    }
    return words.get(next++);
  }

  private BadRuleException bad(String reason) {
    return new BadRuleException(rule, reason);
  }

  private BadRuleException unknown(String word, String form) {
    return bad("\"" + word + "\" is out of place; the form is " + form);
  }

  private FirewallRule filter(boolean allow) throws BadRuleException {
    String direction = word("in or out is missing; the form is " + FILTER);
    if (!direction.equals("in") && !direction.equals("out")) {
      throw unknown(direction, FILTER);
    }
    String protocol = "";
    List<Ports> ports = List.of();
    List<IpAddress> from = List.of();
    List<IpAddress> to = List.of();
    while (more()) {
      String word = word("");
      if (word.equals("port") && ports.isEmpty()) {
        ports = ports();
      } else if (word.equals("from") && from.isEmpty()) {
        from = addresses(word);
      } else if (word.equals("to") && to.isEmpty()) {
        to = addresses(word);
      } else if (protocol.isEmpty() && isProtocol(word)) {
        protocol = word;
      } else {
        throw unknown(word, FILTER);
      }
    }
    if (!ports.isEmpty() && !protocol.isEmpty() && !hasPorts(protocol)) {
      throw bad(protocol + " has no ports; tcp, udp and sctp have some");
    }
    if (!from.isEmpty() && !to.isEmpty() && !shareFamily(from, to)) {
      throw bad("no packet goes from IPv4 to IPv6 or back");
    }
    return new FilterRule(allow, direction.equals("in"), protocol, ports, from, to);
  }

  private static boolean isProtocol(String word) {
    if (PROTOCOLS.contains(word)) {
      return true;
    }
    Amount number = word.length() > 3 ? null : Amount.parseCount(word);
    return number != null && number.value() <= 255;
  }

  private static boolean hasPorts(String protocol) {
    return protocol.equals("tcp") || protocol.equals("udp") || protocol.equals("sctp");
  }

  private static boolean shareFamily(List<IpAddress> some, List<IpAddress> others) {
    for (IpAddress one : some) {
      for (IpAddress other : others) {
        if (one.isV6() == other.isV6()) {
          return true;
        }
      }
    }
    return false;
  }

  private FirewallRule forward() throws BadRuleException {
    String protocol = word("tcp or udp is missing; the form is " + FORWARD);
    if (!protocol.equals("tcp") && !protocol.equals("udp")) {
      throw unknown(protocol, FORWARD);
    }
    Ports ports = null;
    IpAddress at = null;
    IpAddress to = null;
    int toPort = 0;
    while (more()) {
      String word = word("");
      if (word.equals("port") && ports == null) {
        ports = onePorts();
      } else if (word.equals("at") && at == null) {
        at = address(word);
      } else if (word.equals("to") && to == null && toPort == 0) {
        if (!more() || !words.get(next).equals("port")) {
          to = address(word);
        }
        if (more() && words.get(next).equals("port")) {
          next++;
          toPort = onePort();
        }
      } else {
        throw unknown(word, FORWARD);
      }
    }
    if (ports == null) {
      throw bad("the port is missing; the form is " + FORWARD);
    }
    if (toPort != 0 && ports.first() != ports.last()) {
      throw bad("several ports lead to the same ports: leave out \"to port\"");
    }
    if (at != null && to != null && at.isV6() != to.isV6()) {
      throw bad("no packet goes from IPv4 to IPv6 or back");
    }
    return new ForwardRule(protocol, ports, at, to, toPort);
  }

  private FirewallRule nat() throws BadRuleException {
    List<IpAddress> from = List.of();
    String through = "";
    IpAddress as = null;
    while (more()) {
      String word = word("");
      if (word.equals("from") && from.isEmpty()) {
        from = addresses(word);
      } else if (word.equals("through") && through.isEmpty()) {
        through = device();
      } else if (word.equals("as") && as == null) {
        as = address(word);
      } else {
        throw unknown(word, NAT);
      }
    }
    for (IpAddress address : from) {
      if (as != null && as.isV6() != address.isV6()) {
        throw bad("no packet goes from IPv4 to IPv6 or back");
      }
    }
    return new NatRule(from, through, as);
  }

  private List<Ports> ports() throws BadRuleException {
    String word = word("a number is missing after port");
    List<Ports> ports = Ports.parse(word);
    if (ports == null) {
      throw bad("\"" + word + "\" are no ports, such as 80,443,8000-8010, each named once");
    }
    return ports;
  }

  private Ports onePorts() throws BadRuleException {
    String word = word("a number is missing after port");
    Ports ports = Ports.one(word);
    if (ports == null) {
      throw bad("\"" + word + "\" is no port, 1 to 65535, and no range of ports");
    }
    return ports;
  }

  private int onePort() throws BadRuleException {
    Ports ports = onePorts();
    if (ports.first() != ports.last()) {
      throw bad("\"" + ports + "\" is no single port");
    }
    return ports.first();
  }

  private IpAddress address(String after) throws BadRuleException {
    String word = word("an address is missing after " + after);
    IpAddress address = IpAddress.parse(word);
    if (address == null || address.prefix() >= 0 || address.isUnspecified()) {
      throw bad("\"" + word + "\" is no IP address");
    }
    return address;
  }

  private List<IpAddress> addresses(String after) throws BadRuleException {
    String text = word("an address is missing after " + after);
    List<IpAddress> list = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      @Nullable IpAddress address = IpAddress.parse(text.substring(start, end));
      if (address == null) {
        throw bad("\"" + text.substring(start, end) + "\" is no IP address, with /LEN or without");
      }
      list.add(address);
      start = end + 1;
    }
    return list;
  }

  private String device() throws BadRuleException {
    String name = word("a device is missing after through");
    boolean good = name.length() <= MAX_DEVICE_NAME;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      good &=
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '-';
    }
    if (!good) {
      throw bad("\"" + name + "\" is no name of a network device");
    }
    return name;
  }
}
