package org.vzj.template.unpack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.file.FileCalls;
import org.vzj.template.TemplateException;

/**
 * Threads that do jobs, in batches because waking a thread costs as much as a small file. Jobs of
 * one pool run in any order: who needs an order settles in between.
 */
final class WorkerPool implements AutoCloseable {
  private static final int BATCH_JOBS = 16;
  private static final int BATCH_BYTES = 256 << 10;
  private static final int QUEUED_BATCHES = 8;

  private final ArrayDeque<List<Job>> queue = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private List<Job> batch = new ArrayList<>(BATCH_JOBS);
  private int batchBytes;
  private int running;
  private boolean ending;
  private volatile @Nullable Throwable failure;
  private long unsupportedAttributes;

  WorkerPool(int count) {
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().daemon().name("vzj-unpack-" + i).start(this::work));
    }
  }

  /** Hands over a job; may wait. Throws what a worker failed with. */
  void submit(Job job) throws TemplateException, InterruptedException {
    batch.add(job);
    batchBytes += job.weight();
    if (batch.size() >= BATCH_JOBS || batchBytes >= BATCH_BYTES) {
      flush();
    }
  }

  /** Waits until all jobs are done. Throws what a worker failed with. */
  void settle() throws TemplateException, InterruptedException {
    flush();
    synchronized (this) {
      while ((!queue.isEmpty() || running > 0) && failure == null) {
        wait();
      }
    }
    check();
  }

  /** Attributes that the file system would not take; after {@link #close}. */
  synchronized long unsupportedAttributes() {
    return unsupportedAttributes;
  }

  private void flush() throws TemplateException, InterruptedException {
    check();
    if (batch.isEmpty()) {
      return;
    }
    synchronized (this) {
      while (queue.size() >= QUEUED_BATCHES && failure == null) {
        wait();
      }
      queue.addLast(batch);
      notifyAll();
    }
    batch = new ArrayList<>(BATCH_JOBS);
    batchBytes = 0;
  }

  private void check() throws TemplateException {
    Throwable cause = failure;
    if (cause instanceof TemplateException e) {
      throw e;
    }
    if (cause != null) {
      throw new IllegalStateException("a worker failed", cause);
    }
  }

  private void work() {
    try (FileCalls calls = new FileCalls()) {
      Job.Tools tools = new Job.Tools(calls, calls.clearUmaskOfThread());
      for (List<Job> jobs = take(); jobs != null; jobs = take()) {
        for (Job job : jobs) {
          if (failure != null) {
            job.discard(calls);
          } else {
            run(job, tools);
          }
        }
        done();
      }
      add(tools.unsupportedAttributes);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void run(Job job, Job.Tools tools) {
    try {
      job.run(tools);
    } catch (TemplateException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private synchronized @Nullable List<Job> take() {
    while (queue.isEmpty() && !ending) {
      try {
        wait();
      } catch (InterruptedException e) {
        fail(e); // Nobody has a reason to interrupt a worker.
      }
    }
    List<Job> jobs = queue.pollFirst();
    if (jobs != null) {
      running++;
      notifyAll();
    }
    return jobs;
  }

  private synchronized void done() {
    running--;
    notifyAll();
  }

  private synchronized void add(long count) {
    unsupportedAttributes += count;
  }

  private synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    notifyAll();
  }

  /** Ends the threads. What has been handed over and not settled is let go undone. */
  @Override
  public void close() {
    synchronized (this) {
      if (!batch.isEmpty() || !queue.isEmpty() || running > 0) {
        if (failure == null) {
          failure = new IllegalStateException("abandoned");
        }
        queue.addLast(batch);
        batch = new ArrayList<>();
      }
      ending = true;
      notifyAll();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
