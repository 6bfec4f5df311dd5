package org.vzj.template.unpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.vzj.template.TemplateException;

/**
 * A list of things to do later, kept as bytes, because archives of a million directories must fit
 * into a small heap: some 25 bytes each. Paths are stored as what differs from the one before.
 * Written once, then read once from the start.
 */
final class DeferredLog {
  private static final int CHUNK = 64 << 10;
  private final List<byte[]> chunks = new ArrayList<>();
  private final long limit;
  private long written;
  private long read;
  private String lastPath = "";

  /**
   * @param limit more bytes than this are refused
   */
  DeferredLog(long limit) {
    this.limit = limit;
  }

  void clear() {
    chunks.clear();
    written = 0;
    read = 0;
    lastPath = "";
  }

  /** Begins to read; paths are told by their differences, so the last written is forgotten. */
  void rewind() {
    read = 0;
    lastPath = "";
  }

  /** True if there is more to read. */
  boolean hasMore() {
    return read < written;
  }

  void putPath(String path) throws TemplateException {
    int common = 0;
    int max = Math.min(path.length(), lastPath.length());
    while (common < max && path.charAt(common) == lastPath.charAt(common)) {
      common++;
    }
    putNumber(common);
    putBytes(path.substring(common).getBytes(ISO_8859_1));
    lastPath = path;
  }

  String path() {
    String path = lastPath.substring(0, (int) number()).concat(new String(bytes(), ISO_8859_1));
    lastPath = path;
    return path;
  }

  void putBytes(byte[] bytes) throws TemplateException {
    putNumber(bytes.length);
    for (byte b : bytes) {
      put(b);
    }
  }

  byte[] bytes() {
    byte[] bytes = new byte[(int) number()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) get();
    }
    return bytes;
  }

  /** Stores a number, small ones (also negative) in few bytes. */
  void putNumber(long number) throws TemplateException {
    long left = (number << 1) ^ (number >> 63);
    while ((left & ~0x7fL) != 0) {
      put(((int) left & 0x7f) | 0x80);
      left >>>= 7;
    }
    put((int) left);
  }

  long number() {
    long number = 0;
    int shift = 0;
    int b = get();
    while ((b & 0x80) != 0) {
      number |= (long) (b & 0x7f) << shift;
      shift += 7;
      b = get();
    }
    number |= (long) b << shift;
    return (number >>> 1) ^ -(number & 1);
  }

  private void put(int value) throws TemplateException {
    int within = (int) (written % CHUNK);
    if (within == 0) {
      if (written >= limit) {
        throw new TemplateException(
            TemplateException.Kind.BAD_ARCHIVE,
            "the archive has more directories and links than fit into the Java heap");
      }
      chunks.add(new byte[CHUNK]);
    }
    chunks.getLast()[within] = (byte) value;
    written++;
  }

  private int get() {
    int value = chunks.get((int) (read / CHUNK))[(int) (read % CHUNK)] & 0xff;
    read++;
    return value;
  }
}
