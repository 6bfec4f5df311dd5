package org.vzj.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.BeancounterUnit;
import org.vzj.beancounters.Limits;
import org.vzj.linux.unit.IpAddress;
import org.vzj.quota.DiskLimit;

/**
 * The configuration of a container: its own settings over those of the global file over the
 * defaults. Immutable.
 */
public final class ContainerConfig {

  private final int veid;
  private final Settings own;
  private final GlobalConfig global;

  /** The configuration of the container {@code veid}, whose file sets {@code own}. */
  public ContainerConfig(int veid, Settings own, GlobalConfig global) {
    this.veid = veid;
    this.own = own;
    this.global = global;
  }

  /** The number of the container. */
  public int veid() {
    return veid;
  }

  /** What its own file sets. */
  public Settings own() {
    return own;
  }

  /** What is below it. */
  public GlobalConfig global() {
    return global;
  }

  /** The same container with other settings of its own. */
  public ContainerConfig withOwn(Settings settings) {
    return new ContainerConfig(veid, settings, global);
  }

  /** The value of {@code parameter}: its own, that of the global file, the default, or null. */
  public @Nullable String get(Parameter parameter) {
    String value = parameter.group() == Group.HOST ? null : own.get(parameter);
    if (value != null) {
      return value;
    }
    return isOwnOnly(parameter) ? null : global.get(parameter);
  }

  /** The same by key; null also for a key that is not known. */
  public @Nullable String get(String key) {
    Parameter parameter = Parameters.byKey(key);
    return parameter == null ? null : get(parameter);
  }

  /** Values of the global file that say something about new containers, or about none. */
  private static boolean isOwnOnly(Parameter parameter) {
    return switch (parameter) {
      case VE_LAYOUT, LOCAL_UID, LOCAL_GID, NAME, VEID, OSTEMPLATE, ORIGIN_SAMPLE -> true;
      default -> false;
    };
  }

  /** Where it is mounted, with its number for $VEID, or null (exit code 22). */
  public @Nullable Path veRoot() {
    return expanded(Parameter.VE_ROOT);
  }

  /** Where its files are, with its number for $VEID, or null (exit code 23). */
  public @Nullable Path vePrivate() {
    return expanded(Parameter.VE_PRIVATE);
  }

  /** Its name, or null. */
  public @Nullable String name() {
    return nonEmpty(Parameter.NAME);
  }

  /** Its host name, or null. */
  public @Nullable String hostname() {
    return nonEmpty(Parameter.HOSTNAME);
  }

  /** Its description, or null. */
  public @Nullable String description() {
    return nonEmpty(Parameter.DESCRIPTION);
  }

  /** The template it was made from, or null. */
  public @Nullable String osTemplate() {
    return nonEmpty(Parameter.OSTEMPLATE);
  }

  /** Whether it starts with the host; null: if it ran before. */
  public @Nullable Boolean onBoot() {
    String value = get(Parameter.ONBOOT);
    return value == null ? null : (Boolean) value.equals("yes");
  }

  /** Higher numbers start first. */
  public int bootOrder() {
    return number(Parameter.BOOTORDER, 0);
  }

  /** Whether it must not be started. */
  public boolean disabled() {
    return isYes(Parameter.DISABLED);
  }

  /** How many seconds it has for an orderly stop; 0 in the file means the default. */
  public int stopTimeout() {
    int seconds = number(Parameter.STOP_TIMEOUT, 0);
    return seconds > 0 ? seconds : 120;
  }

  /** The user id on the host of its root; 0: no user namespace; -1: none recorded. */
  public int localUid() {
    return number(Parameter.LOCAL_UID, -1);
  }

  /** The group id on the host of its root group; 0: no user namespace; -1: none recorded. */
  public int localGid() {
    return number(Parameter.LOCAL_GID, -1);
  }

  /** {@code simfs} or {@code ploop}, or null if it is not recorded. */
  public @Nullable String layout() {
    return get(Parameter.VE_LAYOUT);
  }

  /** Capabilities that are given or taken, in the order of their numbers. */
  public List<Switch> capabilities() {
    return Switch.parseAll(list(Parameter.CAPABILITY));
  }

  /** Features that are switched on or off; {@code sysfs} is on if nothing is said. */
  public List<Switch> features() {
    return Switch.parseAll(list(Parameter.FEATURES));
  }

  /** Whether a feature is switched on. */
  public boolean isFeatureOn(String name) {
    for (Switch feature : features()) {
      if (feature.name().equals(name)) {
        return feature.on();
      }
    }
    return false;
  }

  /** Access to devices by number. */
  public List<DeviceAccess> devices() {
    List<DeviceAccess> devices = DeviceAccess.parseAll(list(Parameter.DEVICES));
    return devices == null ? List.of() : devices;
  }

  /** Access to devices by name. */
  public List<DeviceNode> deviceNodes() {
    List<DeviceNode> nodes = DeviceNode.parseAll(list(Parameter.DEVNODES));
    return nodes == null ? List.of() : nodes;
  }

  /** Virtual Ethernet devices. */
  public List<VethDevice> vethDevices() {
    List<VethDevice> devices = VethDevice.parseAll(list(Parameter.NETIF));
    return devices == null ? List.of() : devices;
  }

  /** IP addresses. */
  public List<IpAddress> addresses() {
    List<IpAddress> result = new ArrayList<>();
    for (String word : Words.of(list(Parameter.IP_ADDRESS))) {
      IpAddress address = IpAddress.parse(word);
      if (address != null) {
        result.add(address);
      }
    }
    return result;
  }

  /** Name servers; {@code inherit} alone: those of the host. */
  public List<String> nameservers() {
    return Words.of(list(Parameter.NAMESERVER));
  }

  /** Domains to search names in; {@code inherit} alone: those of the host. */
  public List<String> searchDomains() {
    return Words.of(list(Parameter.SEARCHDOMAIN));
  }

  /** The limits of a beancounter, or null if none are set. */
  public @Nullable BarrierLimit limit(Beancounter beancounter) {
    String value = get(beancounter.name());
    // Canonical values are in base units, where no suffix is left to interpret.
    BarrierLimit.Reading read =
        value == null ? null : BarrierLimit.parse(value, BeancounterUnit.ITEMS);
    return read == null ? null : read.value();
  }

  /** The limits of all beancounters, as far as they are set, and VM_OVERCOMMIT. */
  public Limits limits() {
    Limits limits = Limits.NONE;
    for (Beancounter beancounter : Beancounter.values()) {
      BarrierLimit limit = limit(beancounter);
      if (limit != null) {
        limits = limits.with(beancounter, limit);
      }
    }
    String overcommit = get(Parameter.VM_OVERCOMMIT);
    return overcommit == null ? limits : limits.withOvercommit(Double.parseDouble(overcommit));
  }

  /** Whether its memory is limited by RAM and swap, not by the older beancounters. */
  public boolean isVswap() {
    BarrierLimit ram = limit(Beancounter.PHYSPAGES);
    return ram != null && !BarrierLimit.isUnlimited(ram.limit());
  }

  /** The limits of disk space in KB, or null. */
  public @Nullable DiskLimit diskSpace() {
    return diskLimit(Parameter.DISKSPACE);
  }

  /** The limits of inodes, or null. */
  public @Nullable DiskLimit diskInodes() {
    return diskLimit(Parameter.DISKINODES);
  }

  /** The value of a parameter that is a number, or {@code otherwise} if it is not set. */
  public int number(Parameter parameter, int otherwise) {
    String value = get(parameter);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  /** Whether {@code parameter} is {@code yes}. */
  public boolean isYes(Parameter parameter) {
    return "yes".equals(get(parameter));
  }

  private @Nullable DiskLimit diskLimit(Parameter parameter) {
    String value = get(parameter);
    DiskLimit.Reading read = value == null ? null : DiskLimit.parseInodes(value);
    return read == null ? null : read.value();
  }

  private String list(Parameter parameter) {
    String value = get(parameter);
    return value == null ? "" : value;
  }

  private @Nullable String nonEmpty(Parameter parameter) {
    String value = get(parameter);
    return value == null || value.isEmpty() ? null : value;
  }

  private @Nullable Path expanded(Parameter parameter) {
    String value = get(parameter);
    return value == null ? null : Path.of(VeidPattern.expand(value, veid));
  }
}
