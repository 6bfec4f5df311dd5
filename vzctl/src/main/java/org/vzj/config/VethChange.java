package org.vzj.config;

import static org.vzj.config.BadValue.USAGE;
import static org.vzj.config.BadValue.VALUE;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.unit.MacAddress;

/** The options about virtual Ethernet devices, applied to the NETIF value. */
final class VethChange {

  /** The manufacturer's part of the addresses that OpenVZ makes up. */
  private static final int OUI = 0x001851;

  private final List<VethDevice> devices;
  private final int veid;

  private VethChange(List<VethDevice> devices, int veid) {
    this.devices = devices;
    this.veid = veid;
  }

  /** The new value, or null if no option is about it. */
  static @Nullable String apply(
      @Nullable String netif, Settings options, int veid, List<String> notes)
      throws SettingsChange.Refused {
    List<VethDevice> present = VethDevice.parseAll(netif == null ? "" : netif);
    VethChange change =
        new VethChange(present == null ? new ArrayList<>() : new ArrayList<>(present), veid);
    String removed = options.get(Parameter.NETIF_DEL);
    String added = options.get(Parameter.NETIF_ADD);
    String ifname = options.get(Parameter.IFNAME);
    if (removed != null) {
      change.remove(removed, notes);
    }
    if (added != null) {
      for (String word : Words.of(added)) {
        change.add(Words.fields(word, ','));
      }
    }
    if (ifname != null) {
      change.modify(ifname, options);
    } else if (isAnyFieldOption(options)) {
      throw new SettingsChange.Refused(USAGE, "Invalid usage.  Option --ifname not specified");
    }
    boolean changed = removed != null || added != null || ifname != null;
    return changed ? VethDevice.print(change.devices) : null;
  }

  private static boolean isAnyFieldOption(Settings options) {
    return options.has(Parameter.MAC)
        || options.has(Parameter.HOST_IFNAME)
        || options.has(Parameter.HOST_MAC)
        || options.has(Parameter.BRIDGE)
        || options.has(Parameter.MAC_FILTER)
        || options.has(Parameter.VLAN)
        || options.has(Parameter.MTU)
        || options.has(Parameter.RATE_DOWN)
        || options.has(Parameter.RATE_UP)
        || options.has(Parameter.FILTER_IP);
  }

  private void remove(String names, List<String> notes) {
    if (names.equals("all")) {
      devices.clear();
      return;
    }
    for (String name : Words.of(names)) {
      int index = indexOf(name);
      if (index >= 0) {
        devices.remove(index);
      } else {
        notes.add("Container does not have configured veth: " + name + ", skipped");
      }
    }
  }

  /** Fields: name, address inside, name on the host, address on the host, bridge. */
  private void add(List<String> fields) {
    String ifname = fields.get(0);
    String mac = field(fields, 1);
    String hostMac = field(fields, 3);
    if (hostMac == null) {
      boolean listEndsBefore = fields.size() < 4;
      hostMac = mac != null && listEndsBefore ? mac : madeUp(ifname, "host");
    }
    if (mac == null) {
      mac = madeUp(ifname, "container");
    }
    VethDevice device =
        new VethDevice(ifname, field(fields, 4), mac, field(fields, 2), hostMac, null, "")
            .withDefaultHostName(veid);
    int index = indexOf(ifname);
    if (index >= 0) {
      devices.set(index, device);
    } else {
      devices.add(device);
    }
  }

  private void modify(String ifname, Settings options) throws SettingsChange.Refused {
    int index = indexOf(ifname);
    if (index < 0) {
      throw new SettingsChange.Refused(
          USAGE,
          "Invalid usage: veth device "
              + ifname
              + " is not configured, use --netif_add option first");
    }
    VethDevice old = devices.get(index);
    VethDevice device =
        new VethDevice(
            ifname,
            or(options.get(Parameter.BRIDGE), old.bridge()),
            or(options.get(Parameter.MAC), old.mac()),
            or(options.get(Parameter.HOST_IFNAME), old.hostIfname()),
            or(options.get(Parameter.HOST_MAC), old.hostMac()),
            or(options.get(Parameter.MAC_FILTER), old.macFilter()),
            old.others());
    device = with(device, "vlan", options.get(Parameter.VLAN), 1, 4094);
    device = with(device, "mtu", options.get(Parameter.MTU), 68, 65_535);
    device = with(device, "rate_down", options.get(Parameter.RATE_DOWN), 8, Integer.MAX_VALUE);
    device = with(device, "rate_up", options.get(Parameter.RATE_UP), 8, Integer.MAX_VALUE);
    String addresses = options.get(Parameter.FILTER_IP);
    if (addresses != null) {
      device = device.withOther("ip", addresses.equals("all") ? "" : addresses.replace(' ', '+'));
    }
    if (device.number("vlan") > 0 && device.bridge() == null) {
      throw new SettingsChange.Refused(
          USAGE, "Invalid usage: --vlan is for a device of a bridge, use --bridge as well");
    }
    devices.set(index, device);
  }

  /** 0 removes a number. */
  private static VethDevice with(
      VethDevice device, String key, @Nullable String value, int lowest, int highest)
      throws SettingsChange.Refused {
    if (value == null) {
      return device;
    }
    int number = Integer.parseInt(value);
    if (number != 0 && (number < lowest || number > highest)) {
      throw new SettingsChange.Refused(VALUE, "Bad parameter for --" + key + ": " + value);
    }
    return device.withOther(key, number == 0 ? "" : value);
  }

  /** The same device of the same container gets the same address again. */
  private String madeUp(String ifname, String end) {
    return madeUp(veid, ifname, end);
  }

  /** The same by the number of its container. */
  static String madeUp(int veid, String ifname, String end) {
    CRC32 hash = new CRC32();
    hash.update((veid + " " + ifname + " " + end + " ").getBytes(StandardCharsets.UTF_8));
    hash.update(HostFacts.REAL.machineId().getBytes(StandardCharsets.UTF_8));
    return MacAddress.of(OUI, (int) hash.getValue()).text();
  }

  private int indexOf(String ifname) {
    for (int i = 0; i < devices.size(); i++) {
      if (devices.get(i).ifname().equals(ifname)) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable String field(List<String> fields, int index) {
    if (index >= fields.size() || fields.get(index).isEmpty()) {
      return null;
    }
    MacAddress mac = index == 1 || index == 3 ? MacAddress.parse(fields.get(index)) : null;
    return mac == null ? fields.get(index) : mac.text();
  }

  private static @Nullable String or(@Nullable String value, @Nullable String otherwise) {
    return value == null ? otherwise : value;
  }
}
