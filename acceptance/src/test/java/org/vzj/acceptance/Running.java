package org.vzj.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command under way, with its standard streams on pipes. Closing it kills it. */
final class Running implements AutoCloseable {
  private final List<String> command;
  private final Process process;
  private final Collector out;
  private final Collector err;

  private Running(List<String> command, Process process) {
    this.command = command;
    this.process = process;
    this.out = new Collector(process.getInputStream());
    this.err = new Collector(process.getErrorStream());
  }

  /** Starts a program; its standard input stays open until {@link #input()} is closed. */
  static Running start(ProcessBuilder builder) {
    try {
      return new Running(List.copyOf(builder.command()), builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns where its standard input is written to. */
  OutputStream input() {
    return process.getOutputStream();
  }

  /** Returns the process itself. */
  Process process() {
    return process;
  }

  /** Returns what it printed so far. */
  String outSoFar() {
    return out.text();
  }

  /**
   * Waits for its end and for the end of its output.
   *
   * @throws AssertionError if it takes longer than the limit; it is killed then
   */
  Result await(Duration usual) {
    Duration limit = Host.patience(usual);
    try {
      long end = System.nanoTime() + limit.toNanos();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      // What it started may hold its output open.
      if (!ended || !out.ended(end) || !err.ended(end)) {
        process.destroyForcibly();
        throw new AssertionError(
            (ended ? "Output still open " : "Still running ")
                + limit.toSeconds()
                + " s after the start: "
                + new Result(command, -1, out.text(), err.text()));
      }
      return new Result(command, process.exitValue(), out.text(), err.text());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Reads a stream to its end beside whoever waits for it. */
  private static final class Collector {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread thread;

    Collector(InputStream in) {
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      in.transferTo(bytes);
                    } catch (IOException e) {
                      // the process was killed: what was read is what there is
                    }
                  });
    }

    boolean ended(long nanoTime) throws InterruptedException {
      return thread.join(
          Duration.ofNanos(Math.max(TimeUnit.SECONDS.toNanos(1), nanoTime - System.nanoTime())));
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
