package org.vzj.template.unpack;

import java.util.concurrent.atomic.AtomicInteger;
import org.vzj.linux.file.FileCalls;

/** A directory's descriptor, shared by what is under way in it; the last to let go closes it. */
final class OpenDirectory {
  final int fd;
  private final AtomicInteger holders = new AtomicInteger(1);

  OpenDirectory(int fd) {
    this.fd = fd;
  }

  OpenDirectory hold() {
    holders.incrementAndGet();
    return this;
  }

  void release(FileCalls calls) {
    if (holders.decrementAndGet() == 0) {
      calls.close(fd);
    }
  }
}
