package org.vzj.acceptance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Makes tar archives by hand, byte by byte, so that they may say what no tar program would. */
final class TarBytes {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The beginning of an ordinary root file system. */
  static TarBytes root() {
    return new TarBytes()
        .member('5', "./", "", 0755, "")
        .member('5', "./sbin/", "", 0755, "")
        .member('0', "./sbin/init", "", 0755, "x");
  }

  TarBytes file(String name, String content) {
    return member('0', name, "", 0644, content);
  }

  TarBytes directory(String name) {
    return member('5', name, "", 0755, "");
  }

  TarBytes symlink(String name, String target) {
    return member('2', name, target, 0777, "");
  }

  TarBytes hardLink(String name, String target) {
    return member('1', name, target, 0644, "");
  }

  /** A header that announces more than follows. */
  TarBytes announced(String name, long size) {
    return header('0', name, "", 0644, size);
  }

  /** Extended attributes of the next member. */
  TarBytes pax(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.length() + 1;
    while (("" + length).length() + rest.length() != length) {
      length++;
    }
    return member('x', "pax", "", 0644, length + rest);
  }

  TarBytes member(char type, String name, String link, int mode, String content) {
    byte[] data = content.getBytes(StandardCharsets.UTF_8);
    header(type, name, link, mode, data.length);
    bytes.writeBytes(data);
    bytes.writeBytes(new byte[(BLOCK - data.length % BLOCK) % BLOCK]);
    return this;
  }

  private TarBytes header(char type, String name, String link, int mode, long size) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, String.format("%07o", mode));
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    if (size < 1L << 33) {
      put(header, 124, String.format("%011o", size));
    } else {
      header[124] = (byte) 0x80;
      for (int i = 0; i < 8; i++) {
        header[135 - i] = (byte) (size >> (8 * i));
      }
    }
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar");
    put(header, 263, "00");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format("%06o", sum) + "\0");
    bytes.writeBytes(header);
    return this;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(data, 0, header, at, data.length);
  }

  /** Returns the archive with its end mark. */
  byte[] ended() {
    bytes.writeBytes(new byte[2 * BLOCK]);
    return bytes.toByteArray();
  }
}
