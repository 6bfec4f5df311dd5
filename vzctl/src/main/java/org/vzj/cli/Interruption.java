package org.vzj.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vzj.container.ContainerLock;

/**
 * What SIGINT and SIGTERM do while containers are locked: the work is interrupted, takes back what
 * it has done so far, and the locks are let go before the process ends.
 */
final class Interruption {
  private static final long PATIENCE_MILLIS = 10_000;

  private final Session session;
  private final Map<Thread, ContainerLock> working = new LinkedHashMap<>();
  private boolean installed;

  Interruption(Session session) {
    this.session = session;
  }

  /** Remembers that a thread works under a lock. */
  synchronized void guard(Thread worker, ContainerLock lock) {
    working.put(worker, lock);
    if (!installed) {
      installed = true;
      Runtime.getRuntime().addShutdownHook(new Thread(this::cancel, "cancel"));
    }
  }

  /** Forgets a thread whose work is done. */
  synchronized void release(Thread worker) {
    working.remove(worker);
    notifyAll();
  }

  /** Runs when the JVM ends; if no work is left it was an ordinary end. */
  private synchronized void cancel() {
    if (working.isEmpty()) {
      return;
    }
    session.err().println("\nCancelling...");
    session.err().flush();
    for (Thread worker : working.keySet()) {
      worker.interrupt();
    }
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    try {
      while (!working.isEmpty() && System.nanoTime() < end) {
        wait(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
