package org.vzj.config;

import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.BeancounterUnit;
import org.vzj.firewall.BadRuleException;
import org.vzj.firewall.RuleList;
import org.vzj.quota.DiskLimit;

/** Reads values of every {@link ValueType} into their canonical form. */
final class ValueReader {

  private ValueReader() {}

  static Value read(ValueType type, String text, Source source, HostFacts host) {
    return switch (type) {
      case FLAG, YES_NO -> oneOf(text, "yes", "no");
      case ON_OFF -> oneOf(text, "on", "off");
      case SET_MODE -> oneOf(text, "restart", "ignore");
      case STOP_MODE -> oneOf(text, "suspend", "stop");
      case MAP_NAME -> oneOf(text, "name", "name");
      case FILTER_LEVEL -> filterLevel(text);
      case TEXT -> WordValues.text(text, source);
      case FILE_NAME -> WordValues.fileName(text, source);
      case ALIAS -> WordValues.alias(text);
      case HOST_NAME -> WordValues.hostName(text, source);
      case PATH -> WordValues.path(text);
      case LAYOUT_NAME -> WordValues.layout(text);
      case OPTION_LIST -> WordValues.mountOptions(text);
      case USER_PASSWORD -> WordValues.userPassword(text);
      case NEIGHBOURS -> WordValues.neighbours(text);
      case COUNT, IO_COUNT -> NumberValues.count(text, 0, Integer.MAX_VALUE);
      case INTEGER -> NumberValues.integer(text);
      case DECIMAL -> NumberValues.decimal(text);
      case CPU_WEIGHT -> NumberValues.count(text, 8, 500_000);
      case CPU_TIME -> NumberValues.cpuTime(text, host);
      case CPU_LIST -> text.equals("auto") ? Value.of(text) : NumberValues.cpuList(text);
      case NODE_LIST -> NumberValues.cpuList(text);
      case IO_LEVEL -> NumberValues.count(text, 0, 7);
      case IO_RATE -> NumberValues.ioRate(text, source);
      case MEMORY -> NumberValues.memory(text);
      case MEMORY_VIEW -> NumberValues.memoryView(text);
      case UBC_BYTES -> limit(BarrierLimit.parse(text, BeancounterUnit.BYTES));
      case UBC_PAGES -> limit(BarrierLimit.parse(text, BeancounterUnit.PAGES));
      case UBC_ITEMS -> limit(BarrierLimit.parse(text, BeancounterUnit.ITEMS));
      case DISK_KB -> limit(DiskLimit.parseSpace(text));
      case DISK_COUNT -> limit(DiskLimit.parseInodes(text));
      case MODULE_LIST -> SwitchValues.modules(text, source);
      case CAPABILITY_LIST -> SwitchValues.capabilities(text, source);
      case FEATURE_LIST -> SwitchValues.features(text, source);
      case ADDRESS_LIST -> NetworkValues.addresses(text);
      case ADDRESSES_OR_ALL -> text.equals("all") ? Value.of(text) : NetworkValues.addresses(text);
      case SERVER_LIST -> NetworkValues.servers(text);
      case DOMAIN_LIST -> NetworkValues.domains(text);
      case DEVICE_NAMES -> NetworkValues.hostDevices(text);
      case DEVICES_OR_ALL -> NetworkValues.devices(text);
      case DEVICE_NAME -> NetworkValues.device(text);
      case MAC_ADDRESS -> NetworkValues.mac(text);
      case VETH_LIST -> NetworkValues.vethDevices(text);
      case VETH_ADDITIONS -> NetworkValues.vethAdditions(text);
      case FIREWALL_RULES -> firewallRules(text, source);
      case FIREWALL_RULES_OR_ALL ->
          text.equals("all") ? Value.of(text) : firewallRules(text, source);
      case DEVICE_LIST -> DeviceValues.byNumber(text);
      case DEVICE_NODES -> DeviceValues.byName(text, host);
      case PCI_LIST -> DeviceValues.pci(text);
    };
  }

  /**
   * What a file has is kept although it is wrong: without its rules a container must not start, see
   * {@link org.vzj.firewall.FirewallEntry}.
   */
  private static Value firewallRules(String text, Source source) {
    try {
      return Value.of(RuleList.canonical(text));
    } catch (BadRuleException e) {
      return source == Source.FILE ? Value.of(text) : Value.bad(e.reason());
    }
  }

  private static Value filterLevel(String text) {
    return oneOf(text, "disabled", "stateless").canonical() != null
        ? Value.of(text)
        : oneOf(text, "stateful", "full");
  }

  private static Value oneOf(String text, String first, String second) {
    return text.equals(first) || text.equals(second) ? Value.of(text) : Value.BAD;
  }

  private static Value limit(BarrierLimit.@Nullable Reading read) {
    return read == null ? Value.BAD : new Value(read.value().toString(), read.truncated(), null);
  }

  private static Value limit(DiskLimit.@Nullable Reading read) {
    return read == null ? Value.BAD : new Value(read.value().toString(), read.truncated(), null);
  }
}
