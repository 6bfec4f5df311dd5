package org.vzj.template.unpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes tar archives byte by byte, also such as no tar would write. */
final class TarBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int mode = 0644;
  private long uid;
  private long gid;

  TarBuilder owner(long uid, long gid) {
    this.uid = uid;
    this.gid = gid;
    return this;
  }

  TarBuilder mode(int mode) {
    this.mode = mode;
    return this;
  }

  TarBuilder file(String name, String contents) {
    byte[] bytes = contents.getBytes(UTF_8);
    return member('0', name, "", bytes.length).raw(bytes).pad();
  }

  TarBuilder directory(String name) {
    int before = mode;
    mode = 0755;
    member('5', name, "", 0);
    mode = before;
    return this;
  }

  TarBuilder symlink(String name, String target) {
    return member('2', name, target, 0);
  }

  TarBuilder hardLink(String name, String target) {
    return member('1', name, target, 0);
  }

  TarBuilder device(char type, String name, int major, int minor) {
    byte[] header = header(type, name, "", 0);
    put(header, 329, String.format("%07o", major));
    put(header, 337, String.format("%07o", minor));
    return sum(header);
  }

  /** A PAX header: pairs of key and value. */
  TarBuilder pax(String... pairs) {
    return paxRaw('x', paxRecords(pairs));
  }

  TarBuilder paxRaw(char type, byte[] records) {
    return member(type, "PaxHeaders/x", "", records.length).raw(records).pad();
  }

  static byte[] paxRecords(String... pairs) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      int rest = pairs[i].length() + pairs[i + 1].length() + 3;
      int length = rest + String.valueOf(rest).length();
      length = rest + String.valueOf(length).length();
      all.append(length).append(' ').append(pairs[i]).append('=').append(pairs[i + 1]).append('\n');
    }
    return all.toString().getBytes(ISO_8859_1);
  }

  /** A header alone, of any type, with a declared size. */
  TarBuilder member(char type, String name, String link, long size) {
    return sum(header(type, name, link, size));
  }

  byte[] header(char type, String name, String link, long size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, String.format("%07o", mode));
    put(header, 108, String.format("%07o", uid));
    put(header, 116, String.format("%07o", gid));
    if (size >= 0 && size < 1L << 33) {
      put(header, 124, String.format("%011o", size));
    } else {
      java.util.Arrays.fill(header, 124, 136, (byte) (size >> 63));
      header[124] |= (byte) 0x80;
      for (int i = 0; i < 8; i++) {
        header[135 - i] = (byte) (size >>> (8 * i));
      }
    }
    put(header, 136, String.format("%011o", 1_000_000_000L));
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar");
    header[263] = '0';
    header[264] = '0';
    return header;
  }

  /** Adds a header with its checksum. */
  TarBuilder sum(byte[] header) {
    java.util.Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format("%06o", sum));
    header[154] = 0;
    return raw(header);
  }

  TarBuilder raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  TarBuilder pad() {
    out.writeBytes(new byte[-out.size() & 511]);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** The whole archive with its end mark. */
  byte[] ended() {
    raw(new byte[1024]);
    return out.toByteArray();
  }

  Path write(Path file) throws IOException {
    return Files.write(file, ended());
  }

  static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
