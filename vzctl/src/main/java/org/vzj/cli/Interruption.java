package org.vzj.cli;

import java.util.LinkedHashSet;
import java.util.Set;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;

/**
 * What SIGINT and SIGTERM do while containers are locked: the work is interrupted, takes back what
 * it has done so far, and the locks are let go before the process ends.
 */
final class Interruption {
  private static final long PATIENCE_MILLIS = 10_000;

  private final Session session;
  private final Set<Thread> working = new LinkedHashSet<>();
  private boolean installed;
  private boolean cancelled;

  Interruption(Session session) {
    this.session = session;
  }

  /**
   * Remembers that a thread works under a lock.
   *
   * @throws VzException SYSTEM if the process is about to end: then nothing more may be begun
   */
  synchronized void guard(Thread worker) throws VzException {
    if (cancelled) {
      throw new VzException(ExitCode.SYSTEM, "Cancelled");
    }
    if (!installed) {
      try {
        Runtime.getRuntime().addShutdownHook(new Thread(this::cancel, "cancel"));
      } catch (IllegalStateException e) {
        throw new VzException(ExitCode.SYSTEM, "Cancelled", e);
      }
      installed = true;
    }
    working.add(worker);
  }

  /** Forgets a thread whose work is done. */
  synchronized void release(Thread worker) {
    working.remove(worker);
    notifyAll();
  }

  /** Runs when the JVM ends; if no work is left it was an ordinary end. */
  synchronized void cancel() {
    cancelled = true;
    if (working.isEmpty()) {
      return;
    }
    session.err().println("\nCancelling...");
    session.err().flush();
    for (Thread worker : working) {
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
