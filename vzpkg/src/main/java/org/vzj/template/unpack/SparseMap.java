package org.vzj.template.unpack;

import java.util.Arrays;

/** Where the data of a sparse file lies in it: pieces in ascending order, holes between them. */
final class SparseMap {
  /** More pieces than any real file has; each costs 16 bytes of memory. */
  static final int MAX_PIECES = 1 << 20;

  private long[] offsets = new long[16];
  private long[] lengths = new long[16];
  private int pieces;
  private long dataBytes;
  private long end;

  /** Adds a piece. Returns false if it is out of order, negative, or one too many. */
  boolean add(long offset, long length) {
    if (offset < end || length < 0 || offset > Long.MAX_VALUE - length || pieces == MAX_PIECES) {
      return false;
    }
    end = offset + length;
    if (length == 0) {
      return true; // GNU tar ends the map so, to tell the file's size.
    }
    if (pieces == offsets.length) {
      offsets = Arrays.copyOf(offsets, pieces * 2);
      lengths = Arrays.copyOf(lengths, pieces * 2);
    }
    offsets[pieces] = offset;
    lengths[pieces] = length;
    pieces++;
    dataBytes += length;
    return true;
  }

  int pieces() {
    return pieces;
  }

  long offset(int piece) {
    return offsets[piece];
  }

  long length(int piece) {
    return lengths[piece];
  }

  /** Bytes of data in all pieces. */
  long dataBytes() {
    return dataBytes;
  }

  /** Where the last piece ends. */
  long end() {
    return end;
  }
}
