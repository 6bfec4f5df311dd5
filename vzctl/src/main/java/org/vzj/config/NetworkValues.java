package org.vzj.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.unit.IpAddress;
import org.vzj.linux.unit.MacAddress;

/** Values about addresses and network devices. */
final class NetworkValues {

  /** IFNAMSIZ without the NUL. */
  private static final int MAX_DEVICE_NAME = 15;

  private NetworkValues() {}

  /** Addresses without a host part are passed over silently, as OpenVZ does. */
  static Value addresses(String text) {
    StringBuilder out = new StringBuilder();
    for (String word : Words.of(text)) {
      IpAddress address = IpAddress.parse(word);
      if (address == null) {
        return Value.BAD;
      }
      if (!address.isUnspecified()) {
        append(out, address.toString());
      }
    }
    return Value.of(out.toString());
  }

  /** If the first word is {@code inherit}, it decides, whatever follows. */
  static Value servers(String text) {
    StringBuilder out = new StringBuilder();
    for (String word : Words.of(text)) {
      if (out.isEmpty() && word.equals("inherit")) {
        return Value.of(word);
      }
      IpAddress address = IpAddress.parse(word);
      if (address == null || address.prefix() >= 0) {
        return Value.BAD;
      }
      append(out, address.address());
    }
    return Value.of(out.toString());
  }

  static Value domains(String text) {
    StringBuilder out = new StringBuilder();
    for (String word : Words.of(text)) {
      if (out.isEmpty() && word.equals("inherit")) {
        return Value.of(word);
      }
      if (!WordValues.isHostName(word)) {
        return Value.BAD;
      }
      append(out, word);
    }
    return Value.of(out.toString());
  }

  /** Devices of the host's kernel itself, or of its tunnels, are not given away. */
  static Value hostDevices(String text) {
    StringBuilder out = new StringBuilder();
    for (String word : Words.of(text)) {
      boolean refused =
          word.startsWith("venet")
              || word.startsWith("tun")
              || word.startsWith("tap")
              || word.startsWith("lo");
      if (refused || !isDeviceName(word)) {
        return Value.BAD;
      }
      append(out, word);
    }
    return Value.of(out.toString());
  }

  static Value devices(String text) {
    StringBuilder out = new StringBuilder();
    for (String word : Words.of(text)) {
      if (!isDeviceName(word)) {
        return Value.BAD;
      }
      append(out, word);
    }
    return out.isEmpty() ? Value.BAD : Value.of(out.toString());
  }

  static Value device(String text) {
    return isDeviceName(text) ? Value.of(text) : Value.BAD;
  }

  static Value mac(String text) {
    if (text.length() != MacAddress.LENGTH) {
      return Value.bad("Invalid container MAC address length");
    }
    MacAddress mac = MacAddress.parse(text);
    return mac == null ? Value.bad("Invalid container MAC address format") : Value.ofNullable(mac);
  }

  static Value vethDevices(String text) {
    return Value.ofNullable(VethDevice.print(VethDevice.parseAll(text)));
  }

  /** Checks the fields but keeps their number: an empty last one means something else than none. */
  static Value vethAdditions(String text) {
    StringBuilder out = new StringBuilder();
    for (String word : Words.of(text)) {
      List<String> fields = Words.fields(word, ',');
      if (fields.size() > 5 || !isDeviceName(fields.get(0))) {
        return Value.BAD;
      }
      for (int i = 1; i < fields.size(); i++) {
        String wrong = wrongField(i, fields.get(i));
        if (wrong != null) {
          return wrong.isEmpty() ? Value.BAD : Value.bad(wrong);
        }
      }
      append(out, word);
    }
    return out.isEmpty() ? Value.BAD : Value.of(out.toString());
  }

  private static @Nullable String wrongField(int position, String field) {
    if (field.isEmpty()) {
      return null;
    }
    return switch (position) {
      case 1 -> mac(field).note();
      case 3 -> MacAddress.parse(field) == null ? "Invalid host MAC address" : null;
      default -> isDeviceName(field) ? null : "";
    };
  }

  static boolean isDeviceName(String text) {
    if (text.isEmpty() || text.length() > MAX_DEVICE_NAME) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean good =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || "._-:@+".indexOf(c) >= 0;
      if (!good) {
        return false;
      }
    }
    return !text.equals(".") && !text.equals("..");
  }

  private static void append(StringBuilder list, String word) {
    list.append(list.isEmpty() ? "" : " ").append(word);
  }
}
