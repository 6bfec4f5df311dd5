package org.vzj.config;

import static org.vzj.config.Repeat.FIRST;
import static org.vzj.config.Repeat.LAST;
import static org.vzj.config.Repeat.LIST;

import java.util.List;

/** The syntaxes of values. Each has one canonical form, which {@link ValueReader} makes. */
public enum ValueType {
  /** An option without argument; its value is {@code yes}. */
  FLAG(FIRST),
  /** {@code yes} or {@code no}. */
  YES_NO(FIRST),
  /** {@code on} or {@code off}. */
  ON_OFF(FIRST),
  /** Any text; of one line on the command line. */
  TEXT(FIRST),
  /** The name of a template or a sample: one word without {@code /}. */
  FILE_NAME(FIRST),
  /** A container's name: letters, digits, blank {@code - + _ .}; or nothing. */
  ALIAS(FIRST),
  /** A host name. */
  HOST_NAME(FIRST),
  /** An absolute path, in which {@code $VEID} may stand. */
  PATH(FIRST),
  /** 0 to 2147483647. */
  COUNT(FIRST),
  /** -2147483648 to 2147483647. */
  INTEGER(FIRST),
  /** A number of 0 or more with or without a fraction. */
  DECIMAL(FIRST),
  /** {@code BAR[:LIM]} in bytes. */
  UBC_BYTES(LAST),
  /** {@code BAR[:LIM]} in pages. */
  UBC_PAGES(LAST),
  /** {@code BAR[:LIM]} as numbers. */
  UBC_ITEMS(LAST),
  /** Bytes; the canonical form is that of the limit in pages, {@code 0:N}. */
  MEMORY(LAST),
  /** {@code none}, {@code pages:N} or {@code privvmpages:N}. */
  MEMORY_VIEW(LAST),
  /** 8 to 500000. */
  CPU_WEIGHT(FIRST),
  /** Percent of one CPU; {@code N%} of all CPUs. */
  CPU_TIME(FIRST),
  /** CPU numbers, {@code all} or {@code auto}. */
  CPU_LIST(FIRST),
  /** Memory node numbers or {@code all}. */
  NODE_LIST(FIRST),
  /** 0 to 7. */
  IO_LEVEL(LAST),
  /** Bytes per second; on the command line MB unless there is a suffix. */
  IO_RATE(LAST),
  /** Operations per second. */
  IO_COUNT(LAST),
  /** Names of iptables modules. */
  MODULE_LIST(LIST),
  /** {@code disabled stateless stateful full}. */
  FILTER_LEVEL(FIRST),
  /** {@code NAME:on NAME:off}, capital letters, in the order of their numbers. */
  CAPABILITY_LIST(LIST),
  /** {@code name:on name:off}. */
  FEATURE_LIST(LIST),
  /** IP addresses with or without prefix lengths. */
  ADDRESS_LIST(LIST),
  /** The same, or {@code all}. */
  ADDRESSES_OR_ALL(LIST),
  /** Name servers, or {@code inherit}. */
  SERVER_LIST(LIST),
  /** Domains, or {@code inherit}. */
  DOMAIN_LIST(LIST),
  /** Network devices of the host. */
  DEVICE_NAMES(LIST),
  /** Network devices of the container, or {@code all}. */
  DEVICES_OR_ALL(LIST),
  /** A network device. */
  DEVICE_NAME(FIRST),
  /** A hardware address. */
  MAC_ADDRESS(LAST),
  /** {@link VethDevice}s with {@code ;} between. */
  VETH_LIST(LIST),
  /** {@code ifname[,mac,host_ifname,host_mac,bridge]} with blanks between. */
  VETH_ADDITIONS(LIST),
  /** {@link org.vzj.firewall.FirewallRule}s with {@code ;} between. */
  FIREWALL_RULES(LIST),
  /** The same, or {@code all}. */
  FIREWALL_RULES_OR_ALL(LIST),
  /** {@link DeviceAccess}es by number. */
  DEVICE_LIST(LIST),
  /** {@link DeviceNode}s by name. */
  DEVICE_NODES(LIST),
  /** {@code DOMAIN:BUS:SLOT.FUNC}. */
  PCI_LIST(LIST),
  /** {@code simfs} or {@code ploop[:expanded|plain|raw]}. */
  LAYOUT_NAME(LAST),
  /** Mount options with commas between. */
  OPTION_LIST(FIRST),
  /** {@code SOFT[:HARD]} in KB. */
  DISK_KB(FIRST),
  /** {@code SOFT[:HARD]} inodes. */
  DISK_COUNT(FIRST),
  /** {@code user:password}; the list has newlines between. */
  USER_PASSWORD(LIST),
  /** {@code restart} or {@code ignore}. */
  SET_MODE(FIRST),
  /** {@code name}. */
  MAP_NAME(FIRST),
  /** {@code suspend} or {@code stop}. */
  STOP_MODE(FIRST),
  /** {@code all}, {@code detect} or {@code list:DEV DEV}. */
  NEIGHBOURS(FIRST);

  private final Repeat repeat;

  ValueType(Repeat repeat) {
    this.repeat = repeat;
  }

  /** What several values mean. */
  public Repeat repeat() {
    return repeat;
  }

  /** The fixed words that a value can be, have in its list or, with {@code :}, begin with. */
  public List<String> words() {
    return switch (this) {
      case YES_NO -> List.of("yes", "no");
      case ON_OFF -> List.of("on", "off");
      case MEMORY_VIEW -> List.of("none", "pages:", "privvmpages:");
      case CPU_LIST -> List.of("all", "auto");
      case NODE_LIST, ADDRESSES_OR_ALL, DEVICES_OR_ALL, FIREWALL_RULES_OR_ALL -> List.of("all");
      case IO_LEVEL -> List.of("0", "1", "2", "3", "4", "5", "6", "7");
      case IO_RATE -> List.of("unlimited");
      case FILTER_LEVEL -> List.of("disabled", "stateless", "stateful", "full");
      case CAPABILITY_LIST -> SwitchValues.CAPABILITIES;
      case FEATURE_LIST -> SwitchValues.FEATURES;
      case MODULE_LIST -> SwitchValues.MODULES;
      case SERVER_LIST, DOMAIN_LIST -> List.of("inherit");
      case LAYOUT_NAME -> List.of("simfs", "ploop", "overlay", "btrfs");
      case SET_MODE -> List.of("restart", "ignore");
      case MAP_NAME -> List.of("name");
      case STOP_MODE -> List.of("suspend", "stop");
      case NEIGHBOURS -> List.of("all", "detect", "list:");
      default -> List.of();
    };
  }
}
