package org.vzj.acceptance;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Ethernet frames as hexadecimal digits, with a mark by which a listener knows them. */
final class Frames {
  /** What stands before a frame's name. */
  static final String MARK = "vztest:";

  private static final HexFormat HEX = HexFormat.of();
  private static final int UDP = 17;
  private static final int ICMP6 = 58;

  private Frames() {}

  private static byte[] hex(String digits) {
    return HEX.parseHex(digits.replace(":", "").replace(" ", ""));
  }

  private static byte[] address(String text) {
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] number(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  private static byte[] mark(String name) {
    return (MARK + name + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  /** The one's complement sum of RFC 1071. */
  private static byte[] checksum(byte[] data) {
    int sum = 0;
    for (int i = 0; i < data.length; i += 2) {
      sum += (data[i] & 255) << 8 | (i + 1 < data.length ? data[i + 1] & 255 : 0);
    }
    while (sum >> 16 != 0) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return number(~sum & 0xffff);
  }

  /** A frame of a protocol, such as 0800. */
  static String frame(String to, String from, String protocol, byte[] payload) {
    return HEX.formatHex(joined(hex(to), hex(from), hex(protocol), payload));
  }

  /** The same with a tag of VLAN 5. */
  static String tagged(String to, String from, String protocol, byte[] payload) {
    return frame(to, from, "81000005" + protocol, payload);
  }

  /** A UDP packet of IPv4; a checksum of UDP is optional there. */
  static byte[] udp4(String source, String target, int from, int to, String name) {
    byte[] data = mark(name);
    byte[] udp = joined(number(from), number(to), number(8 + data.length), number(0), data);
    byte[] before = joined(hex("4500"), number(20 + udp.length), hex("00000000"), hex("4011"));
    byte[] addresses = joined(address(source), address(target));
    byte[] sum = checksum(joined(before, number(0), addresses));
    return joined(before, sum, addresses, udp);
  }

  /** A UDP packet of IPv6. */
  static byte[] udp6(String source, String target, String name) {
    byte[] data = mark(name);
    byte[] udp = joined(number(9), number(9), number(8 + data.length), number(0), data);
    return ip6(source, target, UDP, udp, 6);
  }

  /** A neighbour advertisement for an address. */
  static byte[] advertisement(String source, String address, String mac, String name) {
    byte[] message =
        joined(hex("88000000 20000000"), address(address), hex("0201"), hex(mac), mark(name));
    return ip6(source, "ff02::1", ICMP6, message, 2);
  }

  /** A router advertisement. */
  static byte[] router(String source, String name) {
    byte[] message = joined(hex("86000000 40000708 00000000 00000000"), mark(name));
    return ip6(source, "ff02::1", ICMP6, message, 2);
  }

  private static byte[] ip6(String source, String target, int next, byte[] data, int sumAt) {
    byte[] addresses = joined(address(source), address(target));
    byte[] pseudo =
        joined(addresses, number(0), number(data.length), number(0), number(next), data);
    byte[] sum = checksum(pseudo);
    byte[] whole = data.clone();
    whole[sumAt] = sum[0];
    whole[sumAt + 1] = sum[1];
    byte[] head =
        joined(hex("60000000"), number(data.length), new byte[] {(byte) next, (byte) 255});
    return joined(head, addresses, whole);
  }

  /** An ARP packet: 1 asks, 2 answers. */
  static byte[] arp(int operation, String mac, String address, String target, String name) {
    return joined(
        hex("0001 0800 0604"),
        number(operation),
        hex(mac),
        address(address),
        hex("00:00:00:00:00:00"),
        address(target),
        mark(name));
  }
}
