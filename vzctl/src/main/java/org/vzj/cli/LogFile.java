package org.vzj.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.vzj.container.CtId;

/** The log file of vz.conf: what was said, with the time and the container. */
final class LogFile {
  private final @Nullable Path file;
  private final int level;
  private long second;
  private String time = "";

  /**
   * @param file LOGFILE, or null for no log
   * @param level LOG_LEVEL: lines above it are left out
   */
  LogFile(@Nullable Path file, int level) {
    this.file = file;
    this.level = level;
  }

  /**
   * Appends one line; a log that cannot be written never fails a command.
   *
   * @param id the container, left out for the host (0)
   */
  void write(int lineLevel, CtId id, String text) {
    if (file == null || lineLevel > level) {
      return;
    }
    String subject = id.value() == 0 ? "" : "CT " + id + " : ";
    String line = time() + " vzctl : " + subject + oneLine(text) + "\n";
    try {
      Files.write(
          file,
          line.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      // Nowhere to say it.
    }
  }

  /** The time, worked out once a second. */
  private synchronized String time() {
    long now = System.currentTimeMillis() / 1000;
    if (now != second) {
      second = now;
      time = timestamp();
    }
    return time;
  }

  /** The time as strftime's {@code %Y-%m-%dT%T%z}. */
  static String timestamp() {
    OffsetDateTime now =
        OffsetDateTime.ofInstant(
            Instant.ofEpochSecond(System.currentTimeMillis() / 1000), ZoneId.systemDefault());
    int offset = now.getOffset().getTotalSeconds() / 60;
    StringBuilder text = new StringBuilder(24);
    pad(text, now.getYear(), 4).append('-');
    pad(text, now.getMonthValue(), 2).append('-');
    pad(text, now.getDayOfMonth(), 2).append('T');
    pad(text, now.getHour(), 2).append(':');
    pad(text, now.getMinute(), 2).append(':');
    pad(text, now.getSecond(), 2).append(offset < 0 ? '-' : '+');
    pad(text, Math.abs(offset) / 60, 2);
    return pad(text, Math.abs(offset) % 60, 2).toString();
  }

  private static StringBuilder pad(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    return text.append(digits);
  }

  /** A line of the log is one line, whatever a guest or a script wrote. */
  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(c < ' ' || c == 0x7f ? ' ' : c);
    }
    return line.toString();
  }
}
