package org.vzj.template.unpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzj.template.TemplateException;

/**
 * The records of PAX extended headers, "LENGTH KEY=VALUE\n" (pax(1)). Values stay bytes: Commons
 * Compress decodes them as UTF-8, which destroys extended attributes and names in other encodings.
 */
final class PaxRecords {
  private final Map<String, byte[]> records;

  /** Pairs of GNU sparse format 0.0, whose records repeat: brought into the form of 0.1. */
  private final StringBuilder sparsePairs = new StringBuilder();

  /** Records that inherit from the global ones, null for none. */
  PaxRecords(@Nullable PaxRecords globals) {
    records = globals == null ? new LinkedHashMap<>() : new LinkedHashMap<>(globals.records);
  }

  /** Adds the records of a header; later ones win, an empty value takes a record away. */
  void add(byte[] header) throws TemplateException {
    int position = 0;
    while (position < header.length && header[position] != 0) {
      int start = position;
      int length = 0;
      while (position < header.length && header[position] >= '0' && header[position] <= '9') {
        length = length * 10 + (header[position] - '0');
        if (length > header.length) {
          throw malformed();
        }
        position++;
      }
      if (position == start || position >= header.length || header[position] != ' ') {
        throw malformed();
      }
      int end = start + length;
      int key = ++position;
      if (end > header.length || end <= key || header[end - 1] != '\n') {
        throw malformed();
      }
      while (position < end && header[position] != '=') {
        position++;
      }
      if (position >= end || position == key) {
        throw malformed();
      }
      put(
          new String(header, key, position - key, ISO_8859_1),
          java.util.Arrays.copyOfRange(header, position + 1, end - 1));
      position = end;
    }
  }

  private void put(String key, byte[] value) {
    if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
      sparsePairs.append(sparsePairs.isEmpty() ? "" : ",").append(new String(value, ISO_8859_1));
    } else if (value.length == 0 && !key.startsWith("SCHILY.xattr.")) {
      records.remove(key);
    } else {
      records.put(key, value);
    }
  }

  /** All records, in the order of the header. */
  Map<String, byte[]> all() {
    return records;
  }

  /** A record's value, one character per byte, or null. */
  @Nullable String text(String key) {
    byte[] value = records.get(key);
    return value == null ? null : new String(value, ISO_8859_1);
  }

  /** A record that is a decimal number, not negative; {@code otherwise} if there is none. */
  long number(String key, long otherwise) throws TemplateException {
    String text = text(key);
    return text == null ? otherwise : decimal(text);
  }

  /** The pairs of GNU sparse format 0.0 or 0.1 as a comma list; empty if there are none. */
  String sparsePairs() {
    String map = text("GNU.sparse.map");
    return map != null ? map : sparsePairs.toString();
  }

  /** Parses a decimal number, not negative. */
  static long decimal(String text) throws TemplateException {
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        throw malformed();
      }
      value = value * 10 + digit;
    }
    if (text.isEmpty()) {
      throw malformed();
    }
    return value;
  }

  static TemplateException malformed() {
    return new TemplateException(
        TemplateException.Kind.BAD_ARCHIVE, "the archive has a malformed extended header");
  }
}
