package org.vzj.linux.launch;

import java.io.IOException;
import java.io.InputStream;

/** Reads a stream to its end beside the thread that waits for the process. */
final class StreamDrain extends Thread {
  private final InputStream stream;
  private volatile byte[] bytes = new byte[0];

  StreamDrain(InputStream stream) {
    super("vzlaunch output");
    this.stream = stream;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      bytes = stream.readAllBytes();
    } catch (IOException e) {
      // The process was destroyed and its pipe closed under us: what it wrote does not matter.
    }
  }

  byte[] bytes() throws InterruptedException {
    join();
    return bytes;
  }
}
