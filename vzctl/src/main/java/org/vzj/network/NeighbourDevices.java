package org.vzj.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Understands what the kernel and ip say about the host's devices. */
final class NeighbourDevices {
  private static final int FLAGS = 3;
  private static final int MASK = 7;
  private static final int RTF_UP = 1;
  private static final int RTF_GATEWAY = 2;
  private static final int SCOPE = 39;
  private static final String GLOBAL = "00 ";
  private static final int IFF_LOOPBACK = 0x8;
  private static final int IFF_NOARP = 0x80;
  private static final int IFF_SLAVE = 0x800;

  private NeighbourDevices() {}

  /** The devices of {@code list:DEV DEV}. */
  static List<String> named(String value) {
    List<String> devices = new ArrayList<>();
    for (String word : value.substring("list:".length()).split(" ", -1)) {
      if (!word.isEmpty()) {
        devices.add(word);
      }
    }
    return devices;
  }

  /**
   * The devices on which neighbours may ask for addresses, but for what their flags say: those with
   * a network of their own, and none of a container's.
   *
   * @param routes the contents of /proc/net/route
   * @param addresses the contents of /proc/net/if_inet6
   */
  static List<String> withNetwork(String routes, String addresses) {
    List<String> devices = new ArrayList<>();
    for (String line : routes.split("\n", -1)) {
      String[] fields = line.split("\t", -1);
      if (fields.length > MASK && isNetwork(fields[FLAGS], fields[MASK].strip())) {
        add(devices, fields[0]);
      }
    }
    for (String line : addresses.split("\n", -1)) {
      int name = line.lastIndexOf(' ') + 1;
      // Address, index, prefix length, scope, flags: 2001... 02 40 00 80     eth0
      if (line.length() > SCOPE + 2 && line.startsWith(GLOBAL, SCOPE)) {
        add(devices, line.substring(name));
      }
    }
    return devices;
  }

  private static boolean isNetwork(String flags, String mask) {
    try {
      int value = Integer.parseInt(flags, 16);
      return (value & RTF_UP) != 0 && (value & RTF_GATEWAY) == 0 && !mask.equals("FFFFFFFF");
    } catch (NumberFormatException e) {
      return false; // the heading
    }
  }

  private static void add(List<String> devices, String device) {
    boolean veth =
        device.length() > 4 && device.startsWith("veth") && Character.isDigit(device.charAt(4));
    if (!veth && !devices.contains(device)) {
      devices.add(device);
    }
  }

  /**
   * Whether neighbours can ask on a device.
   *
   * @param flags of the device as in /sys/class/net/DEV/flags, netdevice(7)
   */
  static boolean isFit(String flags) {
    try {
      int value = Integer.decode(flags.strip());
      return (value & (IFF_LOOPBACK | IFF_NOARP | IFF_SLAVE)) == 0;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  /**
   * The device on whose link an address is, or null if it is behind a router.
   *
   * @param route the output of {@code ip route get}
   */
  static @Nullable String direct(String route, String address) {
    String via = word(route, " via ");
    return via == null || via.equals(address) ? word(route, " dev ") : null;
  }

  /**
   * The first address of a device, or null.
   *
   * @param text the output of {@code ip -4 -oneline address show}
   */
  static @Nullable String firstAddress(String text) {
    String address = word(text, " inet ");
    int slash = address == null ? -1 : address.indexOf('/');
    return address == null || slash < 0 ? address : address.substring(0, slash);
  }

  private static @Nullable String word(String text, String before) {
    int start = text.indexOf(before);
    if (start < 0) {
      return null;
    }
    start += before.length();
    int end = start;
    while (end < text.length() && text.charAt(end) > ' ') {
      end++;
    }
    return text.substring(start, end);
  }
}
