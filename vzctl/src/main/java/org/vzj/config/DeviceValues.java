package org.vzj.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that name devices. */
final class DeviceValues {

  private static final int TYPE_MASK = 0170000;
  private static final int BLOCK = 0060000;
  private static final int CHARACTER = 0020000;
  private static final int LOOP_MAJOR = 7;

  private DeviceValues() {}

  static Value byNumber(String text) {
    return joined(DeviceAccess.parseAll(text));
  }

  static Value byName(String text, HostFacts host) {
    List<DeviceNode> nodes = DeviceNode.parseAll(text);
    if (nodes == null) {
      return Value.BAD;
    }
    for (DeviceNode node : nodes) {
      String wrong = wrong(host.device(node.name()), "/dev/" + node.name());
      if (wrong != null) {
        return Value.bad(wrong);
      }
    }
    return joined(nodes);
  }

  private static @Nullable String wrong(Path path, String name) {
    try {
      int type = (Integer) Files.getAttribute(path, "unix:mode") & TYPE_MASK;
      if (type != BLOCK && type != CHARACTER) {
        return "Incorrect device name " + name + ": Not a device";
      }
      long number = (Long) Files.getAttribute(path, "unix:rdev");
      // As the kernel packs it: 12 bits of the major number above 8 of the minor.
      boolean loop = type == BLOCK && (number >> 8 & 0xfff) == LOOP_MAJOR;
      return loop ? "Incorrect device name " + name + ": Loop devices are not allowed" : null;
    } catch (IOException e) {
      return "Incorrect device name " + name + ": No such file or directory";
    }
  }

  /** {@code [DOMAIN:]BUS:SLOT.FUNC} in hexadecimal, printed as lspci -D does. */
  static Value pci(String text) {
    StringBuilder out = new StringBuilder();
    for (String word : Words.of(text)) {
      String full = word.indexOf(':') == word.lastIndexOf(':') ? "0:" + word : word;
      List<String> fields = Words.fields(full.replace('.', ':'), ':');
      if (fields.size() != 4 || word.indexOf('.') < word.lastIndexOf(':')) {
        return Value.BAD;
      }
      int domain = hex(fields.get(0), 0xffff);
      int bus = hex(fields.get(1), 0xff);
      int slot = hex(fields.get(2), 0x1f);
      int function = hex(fields.get(3), 7);
      if (domain < 0 || bus < 0 || slot < 0 || function < 0) {
        return Value.BAD;
      }
      out.append(out.isEmpty() ? "" : " ").append(padded(domain, 4)).append(':');
      out.append(padded(bus, 2)).append(':').append(padded(slot, 2)).append('.').append(function);
    }
    return Value.of(out.toString());
  }

  private static String padded(int number, int width) {
    String digits = Integer.toHexString(number);
    return "0".repeat(width - digits.length()) + digits;
  }

  private static int hex(String text, int max) {
    if (text.isEmpty() || text.length() > 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value > max ? -1 : value;
  }

  private static Value joined(@Nullable List<?> items) {
    if (items == null) {
      return Value.BAD;
    }
    StringBuilder out = new StringBuilder();
    for (Object item : items) {
      out.append(out.isEmpty() ? "" : " ").append(item);
    }
    return Value.of(out.toString());
  }
}
