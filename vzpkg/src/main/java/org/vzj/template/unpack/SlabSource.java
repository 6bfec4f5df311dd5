package org.vzj.template.unpack;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the bytes of the unpacked archive come from. Used by one thread but where said. */
interface SlabSource extends AutoCloseable {
  /**
   * The next bytes.
   *
   * @return a slab held for the caller, full unless it is the last; null at the end
   * @throws IOException if the archive cannot be read or its compression is damaged
   */
  @Nullable Slab next() throws IOException, InterruptedException;

  /** Bytes of the archive file read so far. May be called from any thread. */
  long position();

  /** Gives up: a thread that waits in {@link #next} soon returns or fails. From any thread. */
  void abort();

  /** Lets go of everything; by the thread that reads. */
  @Override
  void close();
}
