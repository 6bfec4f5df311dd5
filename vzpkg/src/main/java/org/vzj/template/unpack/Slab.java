package org.vzj.template.unpack;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A piece of the unpacked archive in native memory. File contents are written from where they were
 * read to: each write under way holds the slab, and the last to let go returns it to its pool.
 */
final class Slab {
  /** A multiple of a tar block, so that headers never lie across two slabs. */
  static final int BYTES = 256 << 10;

  final MemorySegment memory;
  final long address;

  /** How much of it is filled. */
  int length;

  private final SlabPool pool;
  private final AtomicInteger holders = new AtomicInteger();

  Slab(SlabPool pool, MemorySegment memory) {
    this.pool = pool;
    this.memory = memory;
    this.address = memory.address();
  }

  void hold() {
    holders.incrementAndGet();
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      pool.give(this);
    }
  }
}
