package org.vzj.template.unpack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.tukaani.xz.SeekableFileInputStream;
import org.tukaani.xz.SeekableXZInputStream;
import org.tukaani.xz.XZIOException;

/**
 * How much an archive will need, before it is unpacked: OpenVZ's rules. It is an estimate (gzip
 * tells its size modulo 4 GiB, and anybody can write anything there); {@link SpaceGuard} watches
 * the truth.
 */
final class SpaceEstimate {
  private static final long BZIP2_FACTOR = 3;
  private static final double XZ_FACTOR = 4.7;
  private static final long ZSTD_FACTOR = 4;

  private SpaceEstimate() {}

  /** Bytes that the archive's contents will need, about. */
  static long of(Path archive, Compression compression) throws IOException {
    try (FileChannel file = FileChannel.open(archive)) {
      long size = file.size();
      return switch (compression) {
        case NONE -> size;
        case GZIP -> Math.max(size, Integer.toUnsignedLong(word(file, size - 4)));
        case BZIP2 -> size * BZIP2_FACTOR;
        case XZ -> xz(archive, size);
        case ZSTD -> Math.max(size, zstd(file, size));
      };
    }
  }

  private static int word(FileChannel file, long position) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    if (position < 0 || file.read(bytes, position) < 4) {
      return 0;
    }
    return bytes.getInt(0);
  }

  private static long xz(Path archive, long size) throws IOException {
    // The index at the end of the file has the size; it may want 16 MiB to be read.
    try (SeekableXZInputStream in =
        new SeekableXZInputStream(new SeekableFileInputStream(archive.toFile()), 16 << 10)) {
      return in.length();
    } catch (XZIOException | java.io.EOFException e) {
      return (long) (size * XZ_FACTOR); // Unpacking will tell what is wrong with it.
    }
  }

  /** The content size of a first frame's header, RFC 8878 section 3.1.1.1; or a guess. */
  private static long zstd(FileChannel file, long size) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
    if (file.read(header, 0) < 18) {
      return size * ZSTD_FACTOR;
    }
    int descriptor = header.get(4);
    boolean single = (descriptor & 0x20) != 0;
    int dictionary = new int[] {0, 1, 2, 4}[descriptor & 3];
    int at = 5 + (single ? 0 : 1) + dictionary;
    long length =
        switch ((descriptor >>> 6) & 3) {
          case 0 -> single ? header.get(at) & 0xff : -1;
          case 1 -> Short.toUnsignedInt(header.getShort(at)) + 256L;
          case 2 -> Integer.toUnsignedLong(header.getInt(at));
          default -> header.getLong(at);
        };
    return length < 0 ? size * ZSTD_FACTOR : length;
  }
}
