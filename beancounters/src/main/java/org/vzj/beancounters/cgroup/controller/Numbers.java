package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads numbers from control files. */
public final class Numbers {
  private Numbers() {}

  /**
   * Reads a file that holds one number or {@code max}.
   *
   * @return the number, {@link Long#MAX_VALUE} for {@code max} or more than that, {@code otherwise}
   *     if there is no such file
   * @throws IOException if it cannot be read or understood
   */
  public static long read(CgroupFiles files, Path file, long otherwise) throws IOException {
    String text;
    try {
      text = files.read(file);
    } catch (NoSuchFileException e) {
      return otherwise;
    }
    return parse(file, text, 0, text.length());
  }

  /**
   * Finds a number in a file of lines {@code NAME NUMBER}.
   *
   * @return the number, or {@code otherwise} if there is no such file or no such line
   * @throws IOException if it cannot be read or understood
   */
  public static long find(CgroupFiles files, Path file, String name, long otherwise)
      throws IOException {
    String text;
    try {
      text = files.read(file);
    } catch (NoSuchFileException e) {
      return otherwise;
    }
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        end = text.length();
      }
      int value = at + name.length() + 1;
      if (value < end && text.startsWith(name, at) && text.charAt(value - 1) == ' ') {
        return parse(file, text, value, end);
      }
      at = end + 1;
    }
    return otherwise;
  }

  private static long parse(Path file, String text, int from, int to) throws IOException {
    if (text.startsWith("max", from)) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(text, from, to, 10);
    } catch (NumberFormatException e) {
      throw new IOException(file + ": not a number: " + text.substring(from, to), e);
    }
  }
}
