package org.vzj.linux.launch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a stream to its end beside the thread that waits for the process. What exceeds the limit is
 * read and forgotten, for a program inside a container may write for ever.
 */
final class StreamDrain extends Thread {
  private final InputStream stream;
  private final int most;
  private volatile byte[] bytes = new byte[0];

  StreamDrain(InputStream stream, int most) {
    super("vzlaunch output");
    this.stream = stream;
    this.most = most;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      bytes = stream.readNBytes(most);
      stream.skipNBytes(Long.MAX_VALUE);
    } catch (EOFException e) {
      // All is read.
    } catch (IOException e) {
      // The process was destroyed and its pipe closed under us: what it wrote does not matter.
    }
  }

  byte[] bytes() throws InterruptedException {
    join();
    return bytes;
  }
}
