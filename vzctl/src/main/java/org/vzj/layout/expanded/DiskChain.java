package org.vzj.layout.expanded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk as its images, one over the other, make it. */
public final class DiskChain implements Closeable {
  /** A multiple of every block of a file system; what is all zero in it becomes a hole. */
  private static final int BLOCK = 4096;

  private static final int BUFFER = 1 << 20;

  private final List<Delta> deltas;

  private DiskChain(List<Delta> deltas) {
    this.deltas = deltas;
  }

  /**
   * Opens a disk.
   *
   * @param files from the top to the base
   * @throws IOException if one cannot be read, or is not what it should be
   */
  public static DiskChain open(List<Path> files) throws IOException {
    List<Delta> deltas = new ArrayList<>();
    DiskChain chain = new DiskChain(deltas);
    try {
      for (int i = 0; i < files.size(); i++) {
        Path file = files.get(i);
        boolean base = i == files.size() - 1;
        deltas.add(
            base && !ExpandedImage.isOne(file) ? RawImage.open(file) : ExpandedImage.open(file));
      }
      if (deltas.isEmpty()) {
        throw new IOException("The disk has no image");
      }
      return chain;
    } catch (IOException e) {
      chain.close();
      throw e;
    }
  }

  /** Returns the size of the disk, which the topmost image knows. */
  public long bytes() {
    return deltas.getFirst().diskBytes();
  }

  /** Tells whether the topmost image was in use when it was copied. */
  public boolean inUse() {
    return deltas.getFirst().inUse();
  }

  /** Returns what the disk has at a position, little-endian. */
  ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    read(position, bytes);
    return bytes.flip();
  }

  /** Fills a buffer from the disk. */
  private void read(long position, ByteBuffer into) throws IOException {
    if (position < 0 || position > bytes() - into.remaining()) {
      throw new IOException("The disk of " + bytes() + " bytes has nothing at " + position);
    }
    long at = position;
    int limit = into.limit();
    while (into.position() < limit) {
      int length = stretch(at, limit - into.position(), into);
      at += length;
      into.limit(limit);
    }
  }

  /** Reads as much as one image answers for. */
  private int stretch(long at, int most, ByteBuffer into) throws IOException {
    long length = most;
    for (Delta delta : deltas) {
      if (at >= delta.diskBytes()) {
        continue; // it was made before the disk grew
      }
      Delta.Stretch found = delta.find(at);
      length = Math.min(length, found.length());
      if (found.isHere()) {
        into.limit(into.position() + (int) length);
        delta.read(found.offset(), into);
        return (int) length;
      }
    }
    for (Delta delta : deltas) {
      if (delta.diskBytes() > at) {
        length = Math.min(length, delta.diskBytes() - at);
      }
    }
    for (long i = 0; i < length; i++) {
      into.put((byte) 0);
    }
    return (int) length;
  }

  /**
   * Copies a part of the disk to the beginning of a file; what is zero becomes a hole.
   *
   * @param out an empty file
   * @param part which bytes of the disk
   */
  public void copyTo(FileChannel out, DiskPart part) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    for (long at = 0; at < part.length(); at += BUFFER) {
      buffer.clear().limit((int) Math.min(BUFFER, part.length() - at));
      read(part.first() + at, buffer);
      buffer.flip();
      writeBlocks(out, at, buffer);
    }
    if (out.size() < part.length()) {
      // The last block is a hole.
      out.write(ByteBuffer.allocate(1), part.length() - 1);
    }
  }

  private static void writeBlocks(FileChannel out, long at, ByteBuffer buffer) throws IOException {
    int end = buffer.limit();
    int from = -1;
    for (int block = 0; block < end; block += BLOCK) {
      if (isZero(buffer, block, Math.min(end, block + BLOCK))) {
        write(out, at, buffer, from, block);
        from = -1;
      } else if (from < 0) {
        from = block;
      }
    }
    write(out, at, buffer, from, end);
  }

  private static void write(FileChannel out, long at, ByteBuffer buffer, int from, int to)
      throws IOException {
    if (from < 0) {
      return;
    }
    ByteBuffer part = buffer.duplicate().limit(to).position(from);
    long position = at + from;
    while (part.hasRemaining()) {
      position += out.write(part, position);
    }
  }

  private static boolean isZero(ByteBuffer buffer, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      if (buffer.getLong(i) != 0) {
        return false;
      }
    }
    for (; i < to; i++) {
      if (buffer.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    for (Delta delta : deltas) {
      delta.close();
    }
  }
}
