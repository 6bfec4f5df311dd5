package org.vzj.linux.launch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One running {@code vzlaunch --serve}, which executes plans of all threads side by side: starting
 * a process for each would cost more than most plans do. It ends with the JVM, whose pipe to it
 * closes then, and takes back what it has not finished. serve.c has the other half of the talk.
 */
final class LaunchServer extends Thread {
  private static final int LONGEST_HEAD = 64;

  private final OutputStream requests;
  private final InputStream answers;
  private @Nullable Pending first;
  private int next;
  private @Nullable IOException failure;

  /** What a thread waits for. */
  private static final class Pending {
    private final int id;
    private @Nullable LaunchReport report;
    private @Nullable Pending after;

    Pending(int id) {
      this.id = id;
    }
  }

  /**
   * @param process a server, just started, with pipes as its standard input and output
   */
  LaunchServer(Process process) {
    super("vzlaunch answers");
    this.requests = process.getOutputStream();
    this.answers = new BufferedInputStream(process.getInputStream(), 4096);
    setDaemon(true);
  }

  /**
   * Executes a plan.
   *
   * @return how it ended
   * @throws IOException if the server has gone
   * @throws InterruptedIOException if the thread is interrupted; the plan has been given up, which
   *     leaves no process of it
   */
  LaunchReport execute(LaunchPlan plan) throws IOException {
    byte[] text = plan.text().getBytes(StandardCharsets.UTF_8);
    Pending pending = add();
    try {
      send(pending.id, text);
      boolean interrupted = false;
      while (true) {
        try {
          LaunchReport report = await(pending);
          if (interrupted) {
            Thread.currentThread().interrupt();
            if (!(report instanceof LaunchReport.Done)
                && !(report instanceof LaunchReport.Started)) {
              throw new InterruptedIOException("interrupted while the launcher was working");
            }
          }
          return report;
        } catch (InterruptedException e) {
          interrupted = true;
          send(pending.id, new byte[0]);
        }
      }
    } finally {
      remove(pending);
    }
  }

  private synchronized Pending add() {
    Pending pending = new Pending(++next);
    pending.after = first;
    first = pending;
    return pending;
  }

  private synchronized void remove(Pending pending) {
    if (first == pending) {
      first = pending.after;
      return;
    }
    for (Pending at = first; at != null; at = at.after) {
      if (at.after == pending) {
        at.after = pending.after;
        return;
      }
    }
  }

  private void send(int id, byte[] text) throws IOException {
    byte[] head = (id + " " + text.length + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[head.length + text.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(text, 0, all, head.length, text.length);
    synchronized (requests) {
      requests.write(all);
      requests.flush();
    }
  }

  private synchronized LaunchReport await(Pending pending)
      throws IOException, InterruptedException {
    while (pending.report == null) {
      if (failure != null) {
        throw new IOException("the launcher has ended: " + failure.getMessage(), failure);
      }
      wait();
    }
    return pending.report;
  }

  /** Hands answers to those who wait, until the server ends. */
  @Override
  public void run() {
    try {
      while (true) {
        readOne();
      }
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(new IOException("it answered nonsense", e));
    }
  }

  private synchronized void fail(IOException reason) {
    failure = reason;
    notifyAll();
  }

  private void readOne() throws IOException {
    String[] head = head().split(" ");
    int id = Integer.parseInt(head[0]);
    byte[] text = answers.readNBytes(Integer.parseInt(head[2]));
    LaunchReport report =
        LaunchReport.parse(new String(text, StandardCharsets.UTF_8), Integer.parseInt(head[1]));
    synchronized (this) {
      for (Pending at = first; at != null; at = at.after) {
        if (at.id == id) {
          at.report = report;
        }
      }
      notifyAll();
    }
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (true) {
      int c = answers.read();
      if (c == '\n') {
        return head.toString();
      }
      if (c < 0 || head.length() == LONGEST_HEAD) {
        throw new EOFException("no answer");
      }
      head.append((char) c);
    }
  }
}
