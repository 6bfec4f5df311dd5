package org.vzj.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** A process in a container that takes much of one resource and keeps it until it is closed. */
final class Hog implements AutoCloseable {
  private static final Path SOURCE = Path.of("src/test/perl/hog.pl");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Running running;
  private final int taken;
  private final String error;

  private Hog(Running running, int taken, String error) {
    this.running = running;
    this.taken = taken;
    this.error = error;
  }

  /** Puts the program into a container's files; it has to have perl. */
  static void install(Path area) throws IOException {
    Files.copy(SOURCE, area.resolve("hog.pl"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Starts it in the background and waits until it has what it gets. */
  static Hog take(Sandbox sandbox, int id, String what, int number) {
    Running running = sandbox.background("exec", "" + id, "perl", "/hog.pl", what, "" + number);
    boolean done =
        Host.holdsWithin(
            LIMIT, () -> running.outSoFar().endsWith("\n") || !running.process().isAlive());
    String said = running.outSoFar();
    if (!done || !said.startsWith("took ")) {
      running.process().destroyForcibly();
      throw new AssertionError("hog " + what + " " + number + ": " + running.await(LIMIT));
    }
    String[] words = said.strip().split(" ");
    return new Hog(running, Integer.parseInt(words[1]), words[2]);
  }

  /** Returns how many it got. */
  int taken() {
    return taken;
  }

  /** Returns the name of the error at which it stopped, {@code -} if it got all. */
  String error() {
    return error;
  }

  /** Has it give everything back, and waits for that. */
  @Override
  public void close() {
    try {
      running.input().close();
    } catch (IOException e) {
      // it was killed
    }
    running.await(LIMIT);
  }
}
