package org.vzj.service;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.vzj.container.CtId;

/** Does the same to many containers: begun in their order, as many at once as an admission lets. */
public final class Procession {
  /** How often is asked whether the next may begin. */
  private static final int PAUSE_MILLIS = 10;

  /** What is done to one. Failures are its own business. */
  @FunctionalInterface
  public interface Job {
    /** Does it. */
    void run(CtId id);
  }

  private Procession() {}

  /**
   * Begins all, and waits for the end of all.
   *
   * @param admission told how many are at work, says whether one more may begin now
   * @throws InterruptedException if this thread is to end; those that have begun are interrupted
   *     too
   */
  public static void run(List<CtId> ids, IntPredicate admission, Job job)
      throws InterruptedException {
    AtomicInteger underWay = new AtomicInteger();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (CtId id : ids) {
        while (!admission.test(underWay.get())) {
          Thread.sleep(PAUSE_MILLIS);
        }
        underWay.incrementAndGet();
        threads.execute(
            () -> {
              try {
                job.run(id);
              } finally {
                underWay.decrementAndGet();
              }
            });
      }
      while (underWay.get() > 0) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
