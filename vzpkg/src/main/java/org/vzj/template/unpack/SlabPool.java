package org.vzj.template.unpack;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;

/**
 * The slabs of one unpacking: a few megabytes, whatever the archive. Who reads waits here until
 * those who write have done their part.
 */
final class SlabPool implements AutoCloseable {
  private static final int SLABS = 32;
  private final Arena arena = Arena.ofShared();
  private final ArrayDeque<Slab> free = new ArrayDeque<>();
  private int made;

  /** A free slab, held once by the caller; waits for one. */
  synchronized Slab take() throws InterruptedException {
    while (free.isEmpty() && made == SLABS) {
      wait();
    }
    Slab slab = free.pollLast();
    if (slab == null) {
      made++;
      slab = new Slab(this, arena.allocate(Slab.BYTES, 4096));
    }
    slab.length = 0;
    slab.hold();
    return slab;
  }

  synchronized void give(Slab slab) {
    free.addLast(slab);
    notifyAll();
  }

  /** Frees the memory: only when no thread uses a slab any more. */
  @Override
  public void close() {
    arena.close();
  }
}
