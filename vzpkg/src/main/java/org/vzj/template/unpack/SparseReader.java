package org.vzj.template.unpack;

import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.vzj.template.TemplateException;

/**
 * Reads the maps of sparse files: GNU's old format in the header and blocks after it, PAX 0.0 and
 * 0.1 in records, PAX 1.0 before the contents. "GNU tar manual, Storing Sparse Files" has them.
 */
final class SparseReader {
  private static final int PIECE = 24;

  private SparseReader() {}

  /** True if a member's records describe a sparse file of any PAX version. */
  static boolean isSparse(PaxRecords pax) {
    return pax.text("GNU.sparse.major") != null || !pax.sparsePairs().isEmpty();
  }

  /** The size of the file with its holes. */
  static long realSize(PaxRecords pax) throws TemplateException {
    return pax.number("GNU.sparse.realsize", pax.number("GNU.sparse.size", 0));
  }

  /** The map of the old format: four pieces in the header, then blocks of 21. */
  static SparseMap old(byte[] header, TarCursor cursor) throws IOException, InterruptedException {
    SparseMap map = new SparseMap();
    pieces(map, header, 386, 4);
    boolean more = header[482] != 0;
    byte[] block = new byte[TarCursor.BLOCK];
    while (more) {
      if (!cursor.block(block)) {
        throw cursor.truncated();
      }
      pieces(map, block, 0, 21);
      more = block[504] != 0;
    }
    return map;
  }

  private static void pieces(SparseMap map, byte[] block, int offset, int count)
      throws TemplateException {
    for (int i = 0; i < count; i++) {
      int at = offset + i * PIECE;
      if (block[at] == 0 && block[at + 12] == 0) {
        return;
      }
      long start = TarUtils.parseOctalOrBinary(block, at, 12);
      long length = TarUtils.parseOctalOrBinary(block, at + 12, 12);
      if (start < 0 || !map.add(start, length)) {
        throw malformed();
      }
    }
  }

  /** The map of a PAX version; that of 1.0 is read from the cursor. */
  static SparseMap pax(PaxRecords pax, TarCursor cursor, long stored)
      throws IOException, InterruptedException {
    String major = pax.text("GNU.sparse.major");
    if (major == null || major.equals("0")) {
      return pairs(pax.sparsePairs());
    }
    if (!major.equals("1")) {
      throw malformed();
    }
    Numbers numbers = new Numbers(cursor, stored);
    SparseMap map = new SparseMap();
    long count = numbers.next();
    if (count > SparseMap.MAX_PIECES) {
      throw malformed();
    }
    for (long i = 0; i < count; i++) {
      long start = numbers.next();
      if (!map.add(start, numbers.next())) {
        throw malformed();
      }
    }
    return map;
  }

  private static SparseMap pairs(String list) throws TemplateException {
    SparseMap map = new SparseMap();
    int position = 0;
    while (position < list.length()) {
      int comma = list.indexOf(',', position);
      int end = comma < 0 ? -1 : list.indexOf(',', comma + 1);
      int next = end < 0 ? list.length() : end;
      if (comma < 0
          || !map.add(
              PaxRecords.decimal(list.substring(position, comma)),
              PaxRecords.decimal(list.substring(comma + 1, next)))) {
        throw malformed();
      }
      position = next + 1;
    }
    return map;
  }

  /** Decimal numbers, one a line, in whole blocks: the map of version 1.0. */
  private static final class Numbers {
    private final TarCursor cursor;
    private final byte[] block = new byte[TarCursor.BLOCK];
    private long blocksLeft;
    private int position = TarCursor.BLOCK;

    Numbers(TarCursor cursor, long stored) {
      this.cursor = cursor;
      this.blocksLeft = stored / TarCursor.BLOCK;
    }

    long next() throws IOException, InterruptedException {
      long value = 0;
      int digits = 0;
      while (true) {
        if (position == TarCursor.BLOCK) {
          if (blocksLeft-- <= 0) {
            throw malformed();
          }
          if (!cursor.block(block)) {
            throw cursor.truncated();
          }
          position = 0;
        }
        int c = block[position++];
        if (c == '\n' && digits > 0) {
          return value;
        }
        if (c < '0' || c > '9' || ++digits > 18) {
          throw malformed();
        }
        value = value * 10 + (c - '0');
      }
    }
  }

  private static TemplateException malformed() {
    return new TemplateException(
        TemplateException.Kind.BAD_ARCHIVE, "the archive is corrupt: malformed sparse map");
  }
}
