package org.vzj.layout.expanded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** An image that is the disk byte by byte. It can only be the lowest. */
record RawImage(ImageFile file) implements Delta {
  static RawImage open(Path path) throws IOException {
    return new RawImage(ImageFile.open(path));
  }

  @Override
  public long diskBytes() {
    return file.size();
  }

  @Override
  public Stretch find(long position) {
    return new Stretch(position, file.size() - position);
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    file.read(offset, into);
  }

  @Override
  public boolean inUse() {
    return false;
  }

  @Override
  public void close() throws IOException {
    file.channel().close();
  }
}
