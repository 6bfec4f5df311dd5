package org.vzj.layout.expanded;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file of an image.
 *
 * @param path its name, for messages
 * @param channel open for reading
 * @param size in bytes, when it was opened
 */
record ImageFile(Path path, FileChannel channel, long size) {
  /** No image is larger: the driver's disks end at 16 TB. */
  private static final long LARGEST = 64L << 40;

  static ImageFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.readAttributes(path, "size", LinkOption.NOFOLLOW_LINKS);
      throw new IOException(path + " is not a regular file");
    }
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    long size = channel.size();
    if (size > LARGEST) {
      channel.close();
      throw new IOException(path + " is larger than any image");
    }
    return new ImageFile(path, channel, size);
  }

  /** Returns so many bytes, little-endian. */
  ByteBuffer read(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    read(offset, bytes);
    return bytes.flip();
  }

  /** Fills a buffer. */
  void read(long offset, ByteBuffer into) throws IOException {
    long at = offset;
    while (into.hasRemaining()) {
      int n = channel.read(into, at);
      if (n < 0) {
        throw new EOFException(path + " ends at " + at);
      }
      at += n;
    }
  }

  IOException wrong(String what) {
    return new IOException(path + ": " + what);
  }
}
