package org.vzj.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Understands what ip prints about the host's devices. */
final class NeighbourDevices {
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
   * The devices on which neighbours may ask for addresses: up, with an address that is valid beyond
   * the link, no loopback, no part of a bond, none without address resolution, none of a container.
   *
   * @param text the output of {@code ip address show up}
   */
  static List<String> candidates(String text) {
    List<String> devices = new ArrayList<>();
    String device = "";
    boolean fit = false;
    for (String line : text.split("\n", -1)) {
      if (!line.startsWith(" ")) {
        device = name(line);
        fit = isFit(line, device);
      } else if (fit && line.startsWith("    inet") && !line.contains(" scope link")) {
        devices.add(device);
        fit = false;
      }
    }
    return devices;
  }

  /** From {@code 3: eth0@if2: <BROADCAST,UP> mtu ...}. */
  private static String name(String line) {
    int start = line.indexOf(": ");
    int end = start < 0 ? -1 : line.indexOf(": ", start + 2);
    if (end < 0) {
      return "";
    }
    String name = line.substring(start + 2, end);
    int at = name.indexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }

  private static boolean isFit(String line, String device) {
    int start = line.indexOf('<');
    int end = line.indexOf('>');
    if (device.isEmpty() || start < 0 || end < start) {
      return false;
    }
    boolean veth =
        device.length() > 4 && device.startsWith("veth") && Character.isDigit(device.charAt(4));
    String flags = "," + line.substring(start + 1, end) + ",";
    return !veth
        && flags.contains(",UP,")
        && !flags.contains(",LOOPBACK,")
        && !flags.contains(",SLAVE,")
        && !flags.contains(",NOARP,");
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
