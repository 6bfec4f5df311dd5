package org.vzj.template.unpack;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.vzj.template.TemplateException;

/** Walks over the bytes of an unpacked archive, slab by slab. */
final class TarCursor implements AutoCloseable {
  static final int BLOCK = 512;

  /** A stretch of file contents, in memory; whoever has it releases its slab. */
  record Extent(Slab slab, int offset, int length) {
    long address() {
      return slab.address + offset;
    }

    void release() {
      slab.release();
    }
  }

  private final SlabSource source;
  private final String archive;
  private @Nullable Slab slab;
  private int position;
  private long before;

  TarCursor(SlabSource source, String archive) {
    this.source = source;
    this.archive = archive;
  }

  /** Bytes walked over so far. */
  long offset() {
    return before + position;
  }

  /**
   * Copies the next block.
   *
   * @return false at the very end of the data
   */
  boolean block(byte[] out) throws IOException, InterruptedException {
    Slab current = current();
    if (current == null) {
      return false;
    }
    if (current.length - position < BLOCK) {
      throw truncated();
    }
    MemorySegment.copy(current.memory, JAVA_BYTE, position, out, 0, BLOCK);
    position += BLOCK;
    return true;
  }

  /** Copies the next {@code length} bytes and skips to the end of their last block. */
  byte[] bytes(int length) throws IOException, InterruptedException {
    byte[] out = new byte[length];
    int done = 0;
    while (done < length) {
      Slab current = require();
      int n = Math.min(length - done, current.length - position);
      MemorySegment.copy(current.memory, JAVA_BYTE, position, out, done, n);
      position += n;
      done += n;
    }
    skipPadding(length);
    return out;
  }

  /** The next stretch of at most {@code max} bytes that lie together, held for the caller. */
  Extent extent(long max) throws IOException, InterruptedException {
    Slab current = require();
    int n = (int) Math.min(max, current.length - position);
    current.hold();
    Extent extent = new Extent(current, position, n);
    position += n;
    return extent;
  }

  /** Skips bytes. */
  void skip(long length) throws IOException, InterruptedException {
    long left = length;
    while (left > 0) {
      Slab current = require();
      int n = (int) Math.min(left, current.length - position);
      position += n;
      left -= n;
    }
  }

  /** Skips what fills up the last block of {@code length} bytes of contents. */
  void skipPadding(long length) throws IOException, InterruptedException {
    skip(-length & (BLOCK - 1));
  }

  /**
   * Reads to the end of the data, so that the compression's own checks are made.
   *
   * @param limit more bytes than this are too many
   * @return false if there were more
   */
  boolean drain(long limit) throws IOException, InterruptedException {
    long start = offset();
    for (Slab current = current(); current != null; current = current()) {
      position = current.length;
      if (offset() - start > limit) {
        return false;
      }
    }
    return true;
  }

  TemplateException truncated() {
    return new TemplateException(
        TemplateException.Kind.BAD_ARCHIVE,
        archive + " is truncated: it ends after " + offset() + " bytes of tar, in mid-air");
  }

  private Slab require() throws IOException, InterruptedException {
    Slab current = current();
    if (current == null) {
      throw truncated();
    }
    return current;
  }

  private @Nullable Slab current() throws IOException, InterruptedException {
    Slab current = slab;
    if (current != null && position < current.length) {
      return current;
    }
    if (current != null) {
      before += current.length;
      current.release();
    }
    position = 0;
    slab = null;
    slab = source.next();
    return slab;
  }

  @Override
  public void close() {
    if (slab != null) {
      slab.release();
      slab = null;
    }
  }
}
