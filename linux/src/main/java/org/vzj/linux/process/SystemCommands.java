package org.vzj.linux.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** {@link Commands} by {@link ProcessBuilder}. */
final class SystemCommands implements Commands {
  // A program that has ended may have left a child that keeps its pipes open; such output is not
  // waited for.
  private static final long GRACE_MILLIS = 2000;

  private static final File NO_INPUT = new File("/dev/null");

  @Override
  public CommandResult run(Command command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.argv());
    if (command.emptyEnvironment()) {
      builder.environment().clear();
    }
    if (!command.environment().isEmpty()) {
      builder.environment().putAll(command.environment());
    }
    if (command.directory() != null) {
      builder.directory(command.directory().toFile());
    }
    if (command.inherited()) {
      builder.inheritIO();
    } else if (command.input().isEmpty()) {
      builder.redirectInput(NO_INPUT);
    }
    Process process = builder.start();
    try {
      Output out = new Output(process.getInputStream());
      Output err = new Output(process.getErrorStream());
      if (!command.inherited()) {
        out.start();
        err.start();
        new Input(process.getOutputStream(), command.input().getBytes(StandardCharsets.UTF_8))
            .give();
      }
      await(process, command);
      return new CommandResult(process.exitValue(), out.text(), err.text());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while running " + command);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void await(Process process, Command command)
      throws CommandTimeoutException, InterruptedException {
    Duration timeout = command.timeout();
    if (timeout == null) {
      process.waitFor();
    } else if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new CommandTimeoutException(
          command + " took longer than " + timeout.toMillis() / 1000.0 + " s and was killed");
    }
  }

  /** Collects what a stream gives. */
  private static final class Output extends Thread {
    private final InputStream stream;
    private final StringBytes bytes = new StringBytes();

    Output(InputStream stream) {
      super("command output");
      this.stream = stream;
      setDaemon(true);
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8192];
      try {
        int count = stream.read(buffer);
        while (count >= 0) {
          bytes.add(buffer, count);
          count = stream.read(buffer);
        }
      } catch (IOException e) {
        // Closed when the process was destroyed.
      }
    }

    String text() throws InterruptedException {
      // A thread never started, with inherited streams, is not alive: join returns at once.
      join(GRACE_MILLIS);
      return bytes.text();
    }
  }

  /** Bytes that one thread adds while another may look. */
  private static final class StringBytes {
    private byte[] bytes = new byte[0];
    private int length;

    synchronized void add(byte[] more, int count) {
      if (length + count > bytes.length) {
        byte[] larger = new byte[Math.max(2 * bytes.length, length + count)];
        System.arraycopy(bytes, 0, larger, 0, length);
        bytes = larger;
      }
      System.arraycopy(more, 0, bytes, length, count);
      length += count;
    }

    synchronized String text() {
      return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
  }

  /** Writes a program's input, beside the waiting thread if it does not fit into the pipe. */
  private static final class Input extends Thread {
    private static final int PIPE = 4096;
    private final OutputStream stream;
    private final byte[] bytes;

    Input(OutputStream stream, byte[] bytes) {
      super("command input");
      this.stream = stream;
      this.bytes = bytes;
      setDaemon(true);
    }

    void give() {
      if (bytes.length <= PIPE) {
        write();
      } else {
        start();
      }
    }

    @Override
    public void run() {
      write();
    }

    private void write() {
      try (stream) {
        stream.write(bytes);
      } catch (IOException e) {
        // EPIPE: the program does not read its input.
      }
    }
  }
}
