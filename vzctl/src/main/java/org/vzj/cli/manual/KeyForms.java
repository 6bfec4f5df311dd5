package org.vzj.cli.manual;

import org.vzj.config.ValueType;

/** How a value of each type is written in a configuration file. */
final class KeyForms {
  private KeyForms() {}

  /** Returns the form; words in capitals stand for something. */
  static String of(ValueType type) {
    return switch (type) {
      case FLAG, YES_NO -> "yes|no";
      case ON_OFF -> "on|off";
      case TEXT -> "TEXT";
      case FILE_NAME, ALIAS, HOST_NAME -> "NAME";
      case PATH -> "PATH";
      case COUNT, INTEGER, CPU_WEIGHT, IO_COUNT -> "N";
      case DECIMAL -> "FLOAT";
      case UBC_BYTES, UBC_PAGES, UBC_ITEMS -> "BAR[:LIM]";
      case MEMORY -> "BYTES";
      case MEMORY_VIEW -> "none|pages:N|privvmpages:N";
      case CPU_TIME -> "N[%]";
      case CPU_LIST -> "LIST|all|auto";
      case NODE_LIST -> "LIST|all";
      case IO_LEVEL -> "0-7";
      case IO_RATE -> "BYTES|unlimited";
      case MODULE_LIST -> "MODULE ...";
      case FILTER_LEVEL -> "disabled|stateless|stateful|full";
      case CAPABILITY_LIST, FEATURE_LIST -> "NAME:on|off ...";
      case ADDRESS_LIST, ADDRESSES_OR_ALL -> "ADDR[/LEN] ...";
      case SERVER_LIST -> "ADDR ...|inherit";
      case DOMAIN_LIST -> "NAME ...|inherit";
      case DEVICE_NAMES, DEVICES_OR_ALL, DEVICE_NAME -> "DEV ...";
      case MAC_ADDRESS -> "MAC";
      case VETH_LIST, VETH_ADDITIONS -> "ifname=DEV[,...];...";
      case FIREWALL_RULES, FIREWALL_RULES_OR_ALL -> "RULE; RULE ...";
      case DEVICE_LIST -> "b|c:MAJ:MIN|all:[rwq]|none ...";
      case DEVICE_NODES -> "DEV:[rwq]|none ...";
      case PCI_LIST -> "[DOM:]BUS:SLOT.FUNC ...";
      case LAYOUT_NAME -> "simfs|ploop|overlay|btrfs";
      case OPTION_LIST -> "OPT,...";
      case DISK_KB, DISK_COUNT -> "SOFT[:HARD]";
      case USER_PASSWORD -> "USER:PASSWORD";
      case SET_MODE -> "restart|ignore";
      case MAP_NAME -> "name";
      case STOP_MODE -> "suspend|stop";
      case NEIGHBOURS -> "all|detect|list:DEV ...";
    };
  }
}
