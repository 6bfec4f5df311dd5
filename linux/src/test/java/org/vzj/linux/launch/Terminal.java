package org.vzj.linux.launch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A user at a terminal, played by the C program ptydriver. */
final class Terminal {
  private final Process driver;
  private final StringBuilder shown = new StringBuilder();

  private Terminal(Process driver) {
    this.driver = driver;
  }

  /** Compiles the driver into a directory. */
  static Path compile(Path directory) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "needs gcc");
    Path binary = directory.resolve("ptydriver");
    Process gcc =
        new ProcessBuilder("gcc", "-O1", "-Wall", "-o", binary.toString(), "src/test/c/ptydriver.c")
            .inheritIO()
            .start();
    if (gcc.waitFor() != 0) {
      throw new IOException("the driver does not compile");
    }
    return binary;
  }

  /** Runs a command at a new terminal. */
  static Terminal run(Path driver, String... command) throws IOException {
    List<String> words = new ArrayList<>(List.of(driver.toString()));
    words.addAll(List.of(command));
    return new Terminal(new ProcessBuilder(words).redirectErrorStream(true).start());
  }

  /** Types; \u0003 is ^C. */
  void type(String text) throws IOException {
    driver.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    driver.getOutputStream().flush();
  }

  /** Waits until the terminal has shown a text, and forgets all up to its end. */
  String expect(String text) throws IOException, InterruptedException {
    InputStream out = driver.getInputStream();
    byte[] bytes = new byte[4096];
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (true) {
      int at = shown.indexOf(text);
      if (at >= 0) {
        String before = shown.substring(0, at);
        shown.delete(0, at + text.length());
        return before;
      }
      if (out.available() > 0 || !driver.isAlive()) {
        int got = out.read(bytes);
        if (got < 0) {
          throw new IOException("ended without showing " + text + ": " + shown);
        }
        shown.append(new String(bytes, 0, got, StandardCharsets.UTF_8));
      } else if (System.nanoTime() > end) {
        throw new IOException("never showed " + text + ", but: " + shown);
      } else {
        Thread.sleep(5);
      }
    }
  }

  /** Makes the terminal 50 rows and 132 columns large. */
  void resize() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-USR1", Long.toString(driver.pid())).start().waitFor();
  }

  /** The process of the command. */
  ProcessHandle command() {
    return driver.children().findAny().orElseThrow();
  }

  /** No more typing. */
  void endOfInput() throws IOException {
    driver.getOutputStream().close();
  }

  /** Waits for the end: the exit status of the command. */
  int end() throws InterruptedException, IOException {
    if (!driver.waitFor(10, TimeUnit.SECONDS)) {
      driver.children().forEach(ProcessHandle::destroyForcibly);
      driver.destroyForcibly();
      throw new IOException("does not end: " + shown);
    }
    return driver.exitValue();
  }
}
