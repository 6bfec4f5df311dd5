package org.vzj.linux.unit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A number of memory pages of this host.
 *
 * @param count 0 or more
 */
public record Pages(long count) {

  private static final long AT_PAGESZ = 6;

  /** Checks the range. */
  public Pages {
    if (count < 0) {
      throw new IllegalArgumentException("negative number of pages: " + count);
    }
  }

  /** Read once, when first needed: 4096 on x86, up to 65536 elsewhere. */
  private static final class Host {
    static final long PAGE_SIZE = read();

    /** The kernel tells every process in its auxiliary vector (getauxval(3)). */
    private static long read() {
      try {
        ByteBuffer words =
            ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
                .order(ByteOrder.nativeOrder());
        while (words.remaining() >= 2 * Long.BYTES) {
          long tag = words.getLong();
          long value = words.getLong();
          if (tag == AT_PAGESZ && value > 0) {
            return value;
          }
        }
      } catch (IOException e) {
        // Without /proc nothing works; the usual size is as good as an error here.
      }
      return 4096;
    }
  }

  /** The size of a page in bytes. */
  public static long hostPageSize() {
    return Host.PAGE_SIZE;
  }

  /**
   * Reads a number of pages, or one of bytes with a suffix, which is divided by the page size; null
   * if it is neither.
   */
  public static @Nullable Pages parse(String text) {
    Amount amount = Amount.parse(text, hostPageSize());
    return amount == null || amount.truncated() ? null : new Pages(amount.value());
  }

  /** As many pages as hold {@code bytes}: a part of one counts as one. */
  public static Pages holding(long bytes) {
    long size = hostPageSize();
    return new Pages(bytes / size + (bytes % size == 0 ? 0 : 1));
  }

  /** The bytes in them, at most {@link Long#MAX_VALUE}. */
  public long bytes() {
    return count > Long.MAX_VALUE / hostPageSize() ? Long.MAX_VALUE : count * hostPageSize();
  }

  /** The bare number, which {@link #parse} reads. */
  @Override
  public String toString() {
    return Long.toString(count);
  }
}
