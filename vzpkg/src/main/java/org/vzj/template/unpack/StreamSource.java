package org.vzj.template.unpack;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.github.luben.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.CorruptedInputException;
import org.tukaani.xz.XZFormatException;
import org.tukaani.xz.XZInputStream;
import org.vzj.template.TemplateException;

/** Decompresses in this process, in a thread of its own that works ahead of the reader. */
final class StreamSource implements SlabSource, Runnable {
  private static final int READ_BYTES = 128 << 10;

  /** What the thread hands over: a slab, or the end with its reason. */
  private record Item(@Nullable Slab slab, @Nullable IOException failure) {}

  private final SlabPool pool;
  private final Path archive;
  private final Compression compression;
  private final Counting file;
  private final ArrayBlockingQueue<Item> ready = new ArrayBlockingQueue<>(8);
  private final Thread thread;
  private volatile boolean aborted;
  private boolean ended;

  private StreamSource(SlabPool pool, Path archive, Compression compression, Counting file) {
    this.pool = pool;
    this.archive = archive;
    this.compression = compression;
    this.file = file;
    this.thread = Thread.ofPlatform().daemon().name("vzj-inflate").unstarted(this);
  }

  /** Opens an archive and begins to decompress it. */
  static StreamSource open(SlabPool pool, Path archive, Compression compression)
      throws IOException {
    StreamSource source =
        new StreamSource(pool, archive, compression, new Counting(Files.newInputStream(archive)));
    source.thread.start();
    return source;
  }

  @Override
  public void run() {
    IOException failure = null;
    try (InputStream in = decompress()) {
      byte[] bytes = new byte[READ_BYTES];
      int length = 0;
      while (length >= 0 && !aborted) {
        Slab slab = pool.take();
        try {
          length = fill(in, bytes, slab);
        } catch (IOException | RuntimeException e) {
          slab.release();
          throw e;
        }
        if (slab.length > 0) {
          ready.put(new Item(slab, null));
        } else {
          slab.release();
        }
      }
    } catch (InterruptedException e) {
      return; // Aborted: nobody reads any more.
    } catch (EOFException | ZipException | CorruptedInputException | XZFormatException e) {
      failure = damaged(e);
    } catch (IOException e) {
      failure = file.failed ? e : damaged(e);
    } catch (RuntimeException e) {
      failure = damaged(e); // Decompressors answer some damage with an index out of bounds.
    }
    try {
      ready.put(new Item(null, failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int fill(InputStream in, byte[] bytes, Slab slab) throws IOException {
    while (slab.length < Slab.BYTES) {
      int n = in.read(bytes, 0, Math.min(bytes.length, Slab.BYTES - slab.length));
      if (n < 0) {
        return -1;
      }
      MemorySegment.copy(bytes, 0, slab.memory, JAVA_BYTE, slab.length, n);
      slab.length += n;
    }
    return slab.length;
  }

  private InputStream decompress() throws IOException {
    return switch (compression) {
      case NONE -> file;
      case GZIP -> new GZIPInputStream(file, READ_BYTES);
      case BZIP2 -> new BZip2CompressorInputStream(file, true);
      case XZ -> new XZInputStream(file);
      case ZSTD -> new ZstdInputStream(file);
    };
  }

  private TemplateException damaged(Exception e) {
    return new TemplateException(
        TemplateException.Kind.BAD_ARCHIVE,
        archive + " is truncated or corrupt (" + compression.format + " data)",
        e);
  }

  @Override
  public @Nullable Slab next() throws IOException, InterruptedException {
    if (ended) {
      return null;
    }
    Item item = ready.take();
    if (item.slab() != null) {
      return item.slab();
    }
    ended = true;
    if (item.failure() != null) {
      throw item.failure();
    }
    return null;
  }

  @Override
  public long position() {
    return file.count;
  }

  @Override
  public void abort() {
    aborted = true;
    thread.interrupt();
  }

  @Override
  public void close() {
    abort();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts what is read of the archive, and knows whether the reading itself failed. */
  private static final class Counting extends FilterInputStream {
    volatile long count;
    volatile boolean failed;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // Written by one thread, read by others.
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int n = in.read(bytes, offset, length);
        if (n > 0) {
          count += n;
        }
        return n;
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }
}
