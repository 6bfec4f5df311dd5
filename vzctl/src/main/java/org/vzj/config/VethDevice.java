package org.vzj.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.unit.IpAddress;
import org.vzj.linux.unit.MacAddress;

/**
 * A virtual Ethernet device of the NETIF value.
 *
 * @param ifname its name inside
 * @param bridge the bridge its end on the host belongs to, or null
 * @param mac the hardware address inside, or null if it is still to be made
 * @param hostIfname the name of its end on the host, or null for the default
 * @param hostMac the hardware address of that end, or null for that inside
 * @param macFilter {@code on}, {@code off} or null
 * @param others fields that are not known here, {@code ,key=value} each, kept as they are
 */
public record VethDevice(
    String ifname,
    @Nullable String bridge,
    @Nullable String mac,
    @Nullable String hostIfname,
    @Nullable String hostMac,
    @Nullable String macFilter,
    String others) {

  /**
   * Reads {@code ifname=eth0,bridge=...;ifname=eth1,...}, fields in any order.
   *
   * @return null if there is a device without a name, or a field that is wrong
   */
  public static @Nullable List<VethDevice> parseAll(String text) {
    List<VethDevice> devices = new ArrayList<>();
    for (String part : Words.fields(text, ';')) {
      String device = part.strip();
      if (!device.isEmpty()) {
        VethDevice parsed = parse(device);
        if (parsed == null) {
          return null;
        }
        devices.add(parsed);
      }
    }
    return devices;
  }

  private static @Nullable VethDevice parse(String text) {
    String ifname = null;
    String bridge = null;
    String mac = null;
    String hostIfname = null;
    String hostMac = null;
    String macFilter = null;
    StringBuilder others = new StringBuilder();
    for (String field : Words.fields(text, ',')) {
      int equals = field.indexOf('=');
      if (equals < 0) {
        return null;
      }
      String value = field.substring(equals + 1);
      switch (field.substring(0, equals)) {
        case "ifname" -> ifname = value;
        case "bridge" -> bridge = value;
        case "mac" -> mac = value;
        case "host_ifname" -> hostIfname = value;
        case "host_mac" -> hostMac = value;
        case "mac_filter" -> macFilter = value;
        default -> others.append(',').append(field);
      }
    }
    boolean good =
        ifname != null
            && NetworkValues.isDeviceName(ifname)
            && isNameOrNothing(bridge)
            && isNameOrNothing(hostIfname)
            && isMacOrNothing(mac)
            && isMacOrNothing(hostMac)
            && (macFilter == null || macFilter.equals("on") || macFilter.equals("off"));
    return good && ifname != null
        ? new VethDevice(
            ifname,
            emptyToNull(bridge),
            capitals(mac),
            emptyToNull(hostIfname),
            capitals(hostMac),
            macFilter,
            others.toString())
        : null;
  }

  /** All of them, with {@code ;} between. */
  public static String printed(List<VethDevice> devices) {
    return String.valueOf(print(devices));
  }

  /** All of them, with {@code ;} between; null if there is no list. */
  static @Nullable String print(@Nullable List<VethDevice> devices) {
    if (devices == null) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    for (VethDevice device : devices) {
      out.append(out.isEmpty() ? "" : ";").append(device);
    }
    return out.toString();
  }

  /**
   * The device with everything that was left to us: the name of its end on the host, and hardware
   * addresses, of which the host's is by default that inside.
   */
  public VethDevice complete(int veid) {
    String own = mac == null ? VethChange.madeUp(veid, ifname, "container") : mac;
    VethDevice named = withDefaultHostName(veid);
    String other = hostMac == null ? own : hostMac;
    return new VethDevice(ifname, bridge, own, named.hostIfname(), other, macFilter, others);
  }

  /** The value of one of the fields that OpenVZ does not have, or null. */
  public @Nullable String other(String key) {
    int start = others.indexOf("," + key + "=");
    if (start < 0) {
      return null;
    }
    start += key.length() + 2;
    int end = others.indexOf(',', start);
    return end < 0 ? others.substring(start) : others.substring(start, end);
  }

  /** The same with another value of such a field; an empty one removes it. */
  VethDevice withOther(String key, String value) {
    String old = other(key);
    String rest = old == null ? others : others.replace("," + key + "=" + old, "");
    String added = value.isEmpty() ? "" : "," + key + "=" + value;
    return new VethDevice(ifname, bridge, mac, hostIfname, hostMac, macFilter, rest + added);
  }

  /** The number of such a field, 0 if there is none. */
  public int number(String key) {
    String value = other(key);
    try {
      return value == null ? 0 : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The addresses that it may use; empty if that is not limited. */
  public List<IpAddress> addresses() {
    List<IpAddress> addresses = new ArrayList<>();
    String value = other("ip");
    for (String word : value == null ? List.<String>of() : Words.fields(value, '+')) {
      IpAddress address = IpAddress.parse(word);
      if (address != null) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  /** Whether it is held to its hardware address: unless MAC_FILTER is off. */
  public boolean isFiltered() {
    return !"off".equals(macFilter);
  }

  /** With the default name of its end on the host: {@code vethCTID.N}, N the number in its name. */
  VethDevice withDefaultHostName(int veid) {
    if (hostIfname != null) {
      return this;
    }
    int start = 0;
    while (start < ifname.length() && !isDigit(ifname.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < ifname.length() && isDigit(ifname.charAt(end))) {
      end++;
    }
    String number = start == end ? "0" : ifname.substring(start, end);
    return new VethDevice(
        ifname, bridge, mac, "veth" + veid + "." + number, hostMac, macFilter, others);
  }

  /** The fields in OpenVZ's order: ifname bridge mac host_ifname host_mac mac_filter. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("ifname=").append(ifname);
    append(out, "bridge", bridge);
    append(out, "mac", mac);
    append(out, "host_ifname", hostIfname);
    append(out, "host_mac", hostMac);
    append(out, "mac_filter", macFilter);
    return out.append(others).toString();
  }

  private static void append(StringBuilder out, String key, @Nullable String value) {
    if (value != null) {
      out.append(',').append(key).append('=').append(value);
    }
  }

  private static boolean isNameOrNothing(@Nullable String value) {
    return value == null || value.isEmpty() || NetworkValues.isDeviceName(value);
  }

  private static boolean isMacOrNothing(@Nullable String value) {
    return value == null || value.isEmpty() || MacAddress.parse(value) != null;
  }

  private static @Nullable String capitals(@Nullable String mac) {
    MacAddress address = mac == null ? null : MacAddress.parse(mac);
    return address == null ? null : address.text();
  }

  private static @Nullable String emptyToNull(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
