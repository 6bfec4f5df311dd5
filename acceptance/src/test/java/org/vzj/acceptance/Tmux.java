package org.vzj.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real terminal with a shell of the host in it, whose keys are pressed and whose screen read. */
final class Tmux implements AutoCloseable {
  static final String PROMPT = "outer> ";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Sandbox sandbox;
  private final Path socket;

  private Tmux(Sandbox sandbox, Path socket) {
    this.sandbox = sandbox;
    this.socket = socket;
  }

  /** Opens a terminal of 100 columns and 30 lines; vzctl is in its shell's search path. */
  static Tmux open(Sandbox sandbox) {
    Path base = sandbox.base();
    Path profile = base.resolve("profile");
    Installation.write(
        profile,
        "PS1='" + PROMPT + "' PATH=" + base + "/lib/bin:$PATH\nunset PROMPT_COMMAND\n",
        "rw-r--r--");
    Tmux tmux = new Tmux(sandbox, base.resolve("tmux" + System.nanoTime()));
    tmux.run(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-x",
        "100",
        "-y",
        "30",
        "exec bash --noprofile --rcfile " + profile + " -i");
    tmux.await(PROMPT.strip());
    return tmux;
  }

  private Result run(String... words) {
    List<String> all = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
    all.addAll(List.of(words));
    // The server, and the shell in it, get the environment of whoever makes it.
    ProcessBuilder builder = sandbox.command("vzctl").command(all);
    builder.environment().remove("TMUX");
    try (Running running = Running.start(builder)) {
      Result result = running.await(LIMIT);
      return result.expect(0);
    }
  }

  /** Types a line and the Enter key. */
  Tmux line(String text) {
    run("send-keys", "-l", text);
    return key("Enter");
  }

  /** Presses a key by tmux's name of it, such as C-c or Escape. */
  Tmux key(String name) {
    run("send-keys", name);
    return this;
  }

  /** Types characters as they are. */
  Tmux type(String text) {
    run("send-keys", "-l", text);
    return this;
  }

  /** Changes the terminal's size. */
  Tmux resize(int columns, int lines) {
    run("resize-window", "-x", "" + columns, "-y", "" + lines);
    return this;
  }

  /** Clears the screen of the shell that is in front, so that the next text is a new one. */
  Tmux clear() {
    key("C-l");
    Host.holdsWithin(Duration.ofSeconds(5), () -> screen().strip().lines().count() <= 1);
    run("clear-history");
    return this;
  }

  /** Returns the text on the screen and what scrolled out of it, long lines joined. */
  String screen() {
    return run("capture-pane", "-p", "-J", "-S", "-200").out();
  }

  /** Waits until a text, which may not be part of what was typed, is on the screen. */
  Tmux await(String text) {
    if (!Host.holdsWithin(LIMIT, () -> screen().contains(text))) {
      throw new AssertionError("not on the screen: " + text + "\n" + screen());
    }
    return this;
  }

  /** Waits until a line of the screen matches. */
  Tmux awaitLine(String pattern) {
    if (!Host.holdsWithin(
        LIMIT, () -> screen().lines().anyMatch(line -> line.stripTrailing().matches(pattern)))) {
      throw new AssertionError("no line of the screen matches: " + pattern + "\n" + screen());
    }
    return this;
  }

  /** Takes the terminal away, as closing its window does. */
  @Override
  public void close() {
    Host.run("tmux", "-S", socket.toString(), "kill-server");
  }
}
