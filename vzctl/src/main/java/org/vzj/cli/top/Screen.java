package org.vzj.cli.top;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;

/**
 * The terminal while a view is drawn on it: keys come at once and are not echoed, the view is on
 * the terminal's second screen, and all is as before when this is closed or the process is
 * interrupted.
 */
final class Screen implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int DEFAULT_LINES = 24;
  private static final int DEFAULT_COLUMNS = 80;

  private final InputStream in;
  private final PrintStream out;
  private final Commands commands;
  private final String settings;
  private final Thread hook = new Thread(this::restore, "terminal");

  private Screen(InputStream in, PrintStream out, Commands commands, String settings) {
    this.in = in;
    this.out = out;
    this.commands = commands;
    this.settings = settings;
  }

  /**
   * Takes the terminal over.
   *
   * @return null if there is none, or stty(1) cannot set it up
   */
  static @Nullable Screen open(InputStream in, PrintStream out, Commands commands) {
    String settings = stty(commands, "-g");
    if (settings == null || stty(commands, "-icanon", "-echo", "min", "0", "time", "0") == null) {
      return null;
    }
    Screen screen = new Screen(in, out, commands, settings.strip());
    Runtime.getRuntime().addShutdownHook(screen.hook);
    out.print("\033[?1049h\033[?25l");
    return screen;
  }

  private static @Nullable String stty(Commands commands, String... words) {
    List<String> argv = new ArrayList<>(List.of("stty", "-F", "/dev/tty"));
    argv.addAll(List.of(words));
    try {
      CommandResult result = commands.run(Command.of(argv).timeout(PATIENCE));
      return result.ok() ? result.out() : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Draws lines over what is there, cut to the terminal's size. */
  void draw(List<String> lines) {
    int rows = DEFAULT_LINES;
    int columns = DEFAULT_COLUMNS;
    String size = stty(commands, "size");
    int blank = size == null ? -1 : size.indexOf(' ');
    if (size != null && blank > 0) {
      rows = positive(size.substring(0, blank), rows);
      columns = positive(size.substring(blank + 1).strip(), columns);
    }
    StringBuilder text = new StringBuilder("\033[H");
    for (int i = 0; i < Math.min(lines.size(), rows); i++) {
      String line = lines.get(i);
      text.append(i == 0 ? "" : "\r\n");
      text.append(line.length() <= columns ? line : line.substring(0, columns)).append("\033[K");
    }
    out.print(text.append("\033[J"));
    out.flush();
  }

  private static int positive(String text, int otherwise) {
    try {
      int number = Integer.parseInt(text);
      return number > 0 ? number : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /**
   * Waits for a key.
   *
   * @param millis how long
   * @return the key, or -1 if none came
   */
  int key(long millis) throws IOException, InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (in.available() == 0) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return -1;
      }
      Thread.sleep(Math.min(left, 50));
    }
    return in.read();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The process is ending, and the hook does it.
    }
    restore();
  }

  private void restore() {
    out.print("\033[?25h\033[?1049l");
    out.flush();
    stty(commands, settings);
  }
}
